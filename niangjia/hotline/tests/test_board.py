"""The day's board and the five statistics: what they count, and what they do not give away."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.cases.services import plant_decoy
from niangjia.cases.tests.factories import COMPLAINT
from niangjia.core import clock, protection
from niangjia.core.models import AuditEntry
from niangjia.hotline.models import WorkOrder
from niangjia.hotline.selectors.board import read_board
from niangjia.hotline.selectors.statistics import Tally, read_statistics
from niangjia.hotline.tests.aftercare import (
    call_back,
    dispatch,
    make_chair,
    make_world,
    settle,
    settled,
    take_in,
)
from niangjia.hotline.tests.factories import make_agent, make_call, make_line, tie_to
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def board(world, account):
    with protection.viewing(account=account.pk):
        return read_board([world.line], account=account, now=clock.now())


def statistics(world, account, *, back=1):
    now = clock.now()
    since = now - dt.timedelta(days=back)
    with protection.viewing(account=account.pk):
        return read_statistics([world.line], account=account, since=since, until=now)


def many(world, order, count):
    """As many orders as `order` at its line: the same row, with other numbers."""
    with protection.working("test"):
        for number in range(count):
            WorkOrder.objects.create(
                number=f"8{number:011d}",
                way="answered",
                state="handled",
                **{
                    name: getattr(order, name)
                    for name in (
                        *("line_id", "call_id", "topic_id", "grade", "agent_id", "opened_at"),
                        *("sealed_key", "words", "accused_ids"),
                    )
                },
            )


def test_the_board_counts_the_day(world):
    make_call(world.line)
    call_back(world, settled(world), level=2)
    late = dispatch(world, take_in(world))
    with protection.working("test"):
        late.case.next_due_at = clock.now() - dt.timedelta(minutes=1)
        late.case.save(update_fields=["next_due_at"])
    take_in(world, urgent="danger")
    found = board(world, world.caller.account)
    assert (found.calls_waiting, found.open, found.to_dispatch, found.late) == (1, 2, 1, 1)
    assert (found.rectifying, found.fetching, found.taken_today) == (1, 1, 3)
    assert found.classes == [("complaint", 3)]


def test_few_are_not_told_and_the_tied_find_nothing_in_any_number(world):
    order = take_in(world)
    few = board(world, world.caller.account)
    assert (few.topics, few.employers, few.satisfied) == ([], [], None)
    many(world, order, 7)
    enough = board(world, world.caller.account)
    assert [(hot.name, hot.count) for hot in enough.employers] == [(world.employer.name, 8)]
    assert enough.topics[0].count == 8
    tied = make_agent(world.city)
    tie_to(tied.account, world.employer)
    nothing = board(world, tied.account)
    assert (nothing.open, nothing.taken_today) == (0, 0)
    assert (nothing.topics, nothing.employers) == ([], [])
    assert statistics(world, tied.account).total == Tally()
    page = signed_in(tied.account).get(reverse("hotline:board")).content.decode()
    assert world.employer.name not in page


def test_decoys_are_in_no_figure_of_the_hotline(world):
    before = board(world, world.caller.account)
    plant_decoy(
        by=make_chair(world.city),
        union=world.county,
        item_key=COMPLAINT["key"],
        answers={"matter": "三个月没有发工资了"},
        now=clock.now(),
    )
    assert board(world, world.caller.account) == before
    assert statistics(world, world.caller.account).total == Tally()


def test_the_five_statistics_are_of_what_was_taken_in_within_the_period(world):
    good, bad = settled(world), settled(world)
    call_back(world, good, level=3)
    call_back(world, bad, level=1)
    settle(world, dispatch(world, take_in(world)))
    take_in(world)
    found = statistics(world, world.caller.account)
    whole = found.total
    assert (whole.taken, whole.settled, whole.on_time, whole.handed, whole.called) == (
        4,
        3,
        3,
        3,
        2,
    )
    assert (whole.settled_rate, whole.on_time_rate) == (75.0, 100.0)
    assert (whole.call_back_rate, whole.satisfied_rate) == (66.7, 50.0)
    assert found.classes == {("complaint", "phone"): 4}
    assert [(name, tally.taken) for name, tally in found.units] == [
        (world.city.name, 1),
        (world.county.name, 3),
    ]
    above = make_line(world.chain[0], "0571-12351")
    now = clock.now()
    with protection.viewing(account=make_chair(world.chain[0]).account_id):
        both = read_statistics(
            [above, world.line],
            account=world.caller.account,
            since=now - dt.timedelta(days=1),
            until=now,
        )
    assert [(name, tally.taken) for name, tally in both.units] == [(world.city.name, 4)]
    with protection.working("test"):
        WorkOrder.objects.update(opened_at=clock.now() - dt.timedelta(days=3))
    assert statistics(world, world.caller.account).total == Tally()
    assert Tally().settled_rate is None


def test_the_statistics_as_a_page_and_as_sheets(world):
    settled(world)
    client = signed_in(world.caller.account)
    there = reverse("hotline:statistics")
    assert world.county.name in client.get(there).content.decode()
    wrong = client.get(there, {"since": "2026-05-01", "until": "2026-04-01"})
    assert wrong.status_code == 422
    assert client.get(there, {"since": "soon"}).status_code == 422
    table = reverse("hotline:statistics_table")
    csv = client.get(table).content.decode("utf-8-sig")
    assert f"{world.county.name},1,1,100.0" in csv
    sheet = client.get(table, {"format": "xlsx"})
    assert sheet.content[:2] == b"PK"
    assert client.get(table, {"since": "soon"}).status_code == 404
    assert AuditEntry.objects.filter(action="hotline.statistics_exported").count() == 2


def test_the_board_follows_by_itself_and_asks_so_many_questions(world, django_assert_num_queries):
    take_in(world)
    client = signed_in(world.caller.account)
    there = reverse("hotline:board")
    assert "hx-trigger" in client.get(there).content.decode()
    # Six of the door: the session, the account, its posts, the scope, and the lines within reach.
    with django_assert_num_queries(12):
        live = client.get(there, headers={"HX-Request": "true"})
    assert "<html" not in live.content.decode()
