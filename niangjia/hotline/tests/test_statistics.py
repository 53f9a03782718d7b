"""The five standard statistics, up the tree: what they count, whom they tell how much."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse

from niangjia.core import clock, protection
from niangjia.core.models import AuditEntry
from niangjia.core.periods import PeriodKind, period_of
from niangjia.hotline.models import DayTally, MonthTally, WorkOrder
from niangjia.hotline.rules.tallies import Tally, may_be_shown
from niangjia.hotline.selectors.statistics import read_statistics
from niangjia.hotline.selectors.tallies import wrong_tallies
from niangjia.hotline.services import months
from niangjia.hotline.tests.aftercare import (
    call_back,
    dispatch,
    make_world,
    settle,
    settled,
    take_in,
)
from niangjia.hotline.tests.factories import make_agent, tie_to
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.organisations.services import move_union
from tests.database import own_name, owners_connection

pytestmark = pytest.mark.django_db
PAGE, SHEET = "hotline:statistics", "hotline:statistics_table"


@pytest.fixture
def world():
    return make_world()


def statistics(union, account, *, is_exact=True, kind=PeriodKind.MONTH, day=None):
    period = period_of(kind, day or clock.today())
    return read_statistics(union, period, account=account, is_exact=is_exact)


def wrong():
    with protection.working("test"):
        return list(wrong_tallies())


def lay_by(union, order, **counts):
    """As many orders as that, counted for `union` today, about what `order` is about."""
    DayTally.objects.update_or_create(
        union=union,
        day=clock.today(),
        topic_id=order.topic_id,
        channel="paper",
        defaults=counts,
    )


def test_the_five_of_what_was_taken_in_are_counted_up_the_tree_as_they_go_on(world):
    good, bad = settled(world), settled(world)
    call_back(world, good, level=3)
    call_back(world, bad, level=1)
    settle(world, dispatch(world, take_in(world)))
    take_in(world)
    account = world.caller.account
    found = statistics(world.city, account)
    whole = found.total
    assert (whole.taken, whole.settled, whole.on_time) == (4, 3, 3)
    assert (whole.handed, whole.called, whole.rated, whole.satisfied) == (3, 2, 2, 1)
    assert (whole.settled_rate, whole.on_time_rate) == (75.0, 100.0)
    assert (whole.call_back_rate, whole.satisfied_rate) == (66.7, 50.0)
    assert found.classes == {("complaint", "phone"): 4}
    assert [(unit, tally.taken) for unit, tally in found.units] == [
        (world.city, 1),
        (world.county, 3),
    ]
    assert sum(count for _day, count in found.trend) == 4
    above = statistics(world.chain[0], account)
    assert [(unit, tally.taken) for unit, tally in above.units] == [(world.city, 4)]
    assert above.total == whole
    assert statistics(world.county, account).total.taken == 3
    assert wrong() == []
    with protection.working("test"):
        WorkOrder.objects.update(opened_at=clock.now() - dt.timedelta(days=400))
    assert statistics(world.city, account).total == Tally()
    a_year_before = clock.today() - dt.timedelta(days=400)
    for kind in PeriodKind:
        assert statistics(world.city, account, kind=kind, day=a_year_before).total == whole
    assert wrong() == []
    assert Tally().settled_rate is None


@pytest.mark.django_db(transaction=True)
def test_without_the_trigger_the_tallies_would_be_wrong():
    """The control: the same change, the guard taken out."""
    world = make_world()
    order = take_in(world)
    with owners_connection(own_name()) as owner:
        owner.execute("ALTER TABLE hotline_workorder DISABLE TRIGGER hotline_order_recounted")
    try:
        with protection.working("test"):
            WorkOrder.objects.filter(pk=order.pk).update(unit=world.county)
        assert len(wrong()) == 2
    finally:
        with owners_connection(own_name()) as owner:
            owner.execute("ALTER TABLE hotline_workorder ENABLE TRIGGER hotline_order_recounted")


def test_a_union_that_moves_takes_its_figures_along(world, django_assert_num_queries):
    dispatch(world, take_in(world))
    account = world.caller.account
    move_union(union_id=world.county.pk, parent_id=world.chain[0].pk, by=None, now=clock.now())
    world.county.refresh_from_db()
    assert statistics(world.city, account).total.taken == 0
    connection.send_waiting()
    with django_assert_num_queries(8):
        above = statistics(world.chain[0], account)
    assert [unit for unit, _tally in above.units] == [world.county]


def test_whoever_is_tied_finds_the_figures_as_if_nobody_had_called(world):
    order = take_in(world)
    lay_by(world.county, order, taken=9)
    tied = make_agent(world.city)
    tie_to(tied.account, world.employer)
    for kind in (PeriodKind.WEEK, PeriodKind.YEAR):
        assert statistics(world.city, world.caller.account, kind=kind).total.taken == 10
        told = statistics(world.city, tied.account, kind=kind)
        assert (told.total.taken, sum(n for _day, n in told.trend)) == (9, 9)
        assert [unit for unit, _tally in told.units] == [world.county]
        assert told.classes == {("complaint", "paper"): 9}
        assert [topic.count for topic in told.topics] == [9]


def a_month_later(monkeypatch):
    """It is the first of the month after next, when what is taken in now is told."""
    day = clock.today().replace(day=1)
    for _month in range(2):
        day = (day + dt.timedelta(days=32)).replace(day=1)
    moment = dt.datetime.combine(day, dt.time(4), clock.CHINA)
    monkeypatch.setattr(clock, "now", lambda: moment)


def lay_months_by(union, order, day, **counts):
    MonthTally.objects.update_or_create(
        union=union, day=day, topic_id=order.topic_id, channel="paper", defaults=counts
    )


def test_who_sees_no_order_is_told_in_tens(world, monkeypatch):
    order, month = take_in(world), clock.today().replace(day=1)
    a_month_later(monkeypatch)
    months.tell_months(now=clock.now())
    lay_months_by(world.county, order, month, taken=25, settled=19, on_time=9, handed=19)
    analyst = officer_client(make_post(union=world.chain[0], role=Role.ANALYST))
    address = f"/api/v1/desk/hotline/statistics/{world.city.number}"
    told = analyst.get(address).json()
    assert (told["since"], told["is_rounded"], told["is_waited_for"]) == (str(month), True, False)
    assert (told["total"]["taken"], told["total"]["settled_rate"]) == (20, 50.0)
    assert (told["total"]["on_time"], told["total"]["on_time_rate"]) == (0, 0.0)
    assert [each["union"]["name"] for each in told["units"]] == [world.county.name]
    assert told["classes"] == [{"category": "complaint", "channel": "paper", "count": 20}]
    assert [topic["count"] for topic in told["topics"]] == [20]
    page = analyst.get(reverse(PAGE)).content.decode()
    assert "十位取整" in page
    assert world.employer.name not in page
    assert "还没有公布" in analyst.get(reverse(PAGE), {"period": "week"}).content.decode()
    exact = signed_in(world.caller.account).get(address, {"day": str(month)}).json()
    assert (exact["is_rounded"], exact["total"]["taken"]) == (False, 1)
    assert (
        signed_in(world.caller.account)
        .get(address.replace(world.city.number, world.chain[0].number))
        .status_code
        == 404
    )
    for wrong_ in ("period=fortnight", "day=soon", "day=1999-12-31"):
        assert analyst.get(f"{address}?{wrong_}").status_code == 422


def test_no_single_vote_lies_between_two_things_that_are_told(world, monkeypatch):
    """Nine have rated, and the tenth does: whoever looks before and after sees the same, during the
    month, when it is told, and after. The control is what a live figure would have said."""
    account, month = world.caller.account, clock.today().replace(day=1)
    lay_by(world.county, order := settled(world), taken=19, settled=19, handed=19, rated=9)

    def told():
        return statistics(world.city, account, is_exact=False, day=month)

    live = statistics(world.city, account).total.in_tens()
    assert told().is_waited_for
    call_back(world, order, level=5)
    assert (live.rated, statistics(world.city, account).total.in_tens().rated) == (0, 10)
    assert told().is_waited_for
    late = settled(world)
    a_month_later(monkeypatch)
    assert [months.tell_months(now=clock.now()) for _twice in range(2)] == [1, 0]
    lay_months_by(world.county, order, month, taken=18, rated=8)
    before = told()
    assert (before.total.taken, before.total.rated, before.trend) == (20, 0, [])
    with protection.working("test"):
        WorkOrder.objects.filter(pk=late.pk).update(level=1, call_back="reached")
    assert told() == before
    with protection.working("test"):
        WorkOrder.objects.filter(pk=late.pk).update(told=None)
    months.tell_months(now=clock.now())
    assert told() == before


def test_whoever_is_tied_is_told_in_tens_as_if_nobody_had_called(world, monkeypatch):
    """Also of what became of the order after it was told of."""
    order, month = settled(world), clock.today().replace(day=1)
    tied, free = make_agent(world.city), make_agent(world.city)
    tie_to(tied.account, world.employer)
    a_month_later(monkeypatch)
    months.tell_months(now=clock.now())
    lay_months_by(world.county, order, month, taken=9, settled=9, rated=10)

    def told(account):
        found = statistics(world.city, account, is_exact=False, day=month).total
        return (found.taken, found.settled, found.rated)

    assert (told(free.account), told(tied.account)) == ((10, 10, 10), (0, 0, 10))
    with protection.working("test"):
        WorkOrder.objects.filter(pk=order.pk).update(unit=world.city, level=5)
    assert (told(free.account), told(tied.account)) == ((10, 10, 10), (0, 0, 10))


def test_a_sum_that_would_tell_its_parts_is_not_shown_beside_them():
    assert may_be_shown(Tally(taken=22), [Tally(taken=5), Tally(taken=5), Tally(taken=12)])
    assert not may_be_shown(Tally(taken=30), [Tally(taken=9), Tally(taken=9), Tally(taken=12)])


@pytest.mark.parametrize(
    ("kind", "day", "since", "until", "parts"),
    [
        ("day", "2026-11-22", "2026-11-22", "2026-11-22", 1),
        ("week", "2026-11-22", "2026-11-16", "2026-11-22", 7),
        ("month", "2028-02-29", "2028-02-01", "2028-02-29", 29),
        ("quarter", "2026-12-31", "2026-10-01", "2026-12-31", 3),
        ("year", "2026-01-01", "2026-01-01", "2026-12-31", 12),
    ],
)
def test_periods_are_those_of_the_calendar(kind, day, since, until, parts):
    period = period_of(kind, dt.date.fromisoformat(day))
    assert (str(period.since), str(period.last), len(period.parts())) == (since, until, parts)
    assert period.before.until == period.since
    assert period.after.since == period.until
    assert period.after.before == period


def test_the_statistics_as_a_page_and_as_sheets(world):
    settled(world)
    client = signed_in(world.caller.account)
    there = reverse(PAGE)
    page = client.get(there).content.decode()
    assert world.county.name in page
    below = client.get(there, {"union": world.county.number, "period": "year"})
    assert below.status_code == 200
    for wrong_ in ({"day": "soon"}, {"day": "1999-01-01"}, {"period": "x"}):
        assert client.get(there, wrong_).status_code == 422
    assert client.get(there, {"union": world.chain[0].number}).status_code == 404
    csv = client.get(reverse(SHEET), {"period": "quarter"}).content.decode("utf-8-sig")
    assert f"{world.county.name},1,1,100.0" in csv
    sheet = client.get(reverse(SHEET), {"format": "xlsx"})
    assert sheet.content[:2] == b"PK"
    assert client.get(reverse(SHEET), {"day": "soon"}).status_code == 404
    assert AuditEntry.objects.filter(action="hotline.statistics_exported").count() == 2
