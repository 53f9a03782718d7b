"""The day's board: what it counts, and what it does not give away."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.cases.services import plant_decoy
from niangjia.cases.tests.factories import COMPLAINT
from niangjia.core import clock, protection
from niangjia.hotline.models import DayTally, WorkOrder
from niangjia.hotline.selectors.board import read_board
from niangjia.hotline.tests.aftercare import (
    call_back,
    dispatch,
    make_chair,
    settled,
    take_in,
)
from niangjia.hotline.tests.factories import make_agent, make_call, tie_to
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db


def board(world, account):
    with protection.viewing(account=account.pk):
        return read_board([world.line], account=account, now=clock.now())


def many(world, order, count):
    """As many orders as `order` at its line: the same row, with other numbers."""
    with protection.working("test"):
        for number in range(count):
            WorkOrder.objects.create(
                number=f"8{number:011d}",
                unit_id=order.line.union_id,
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
    # Who took the calls is not told by a number what their lists leave out.
    assert board(world, world.taker.account).rectifying == 0


def test_what_one_had_a_hand_in_is_in_no_figure_of_aftercare(world):
    waiting, called = settled(world), call_back(world, settled(world))
    assert (waiting.state, called.state) == ("handled", "called_back")
    seen = [
        (found.to_call, found.to_check)
        for post in (world.checker, world.caller, world.taker)
        for found in [board(world, post.account)]
    ]
    assert seen == [(1, 1), (1, 0), (0, 0)]


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
    assert not DayTally.objects.exists()


def test_the_board_follows_by_itself_and_asks_so_many_questions(world, django_assert_num_queries):
    take_in(world)
    client = signed_in(world.caller.account)
    there = reverse("hotline:board")
    assert "hx-trigger" in client.get(there).content.decode()
    # Six of the door: the session, the account, its posts, the scope, and the lines within reach.
    with django_assert_num_queries(11):
        live = client.get(there, headers={"HX-Request": "true"})
    assert "<html" not in live.content.decode()
