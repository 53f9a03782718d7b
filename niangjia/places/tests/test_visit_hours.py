"""When people come: counted by the hour, told in tens, of whole months."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.core import clock
from niangjia.core.periods import PeriodKind, period_of
from niangjia.core.tests.costs import costs
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.services import verify_figures
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import VisitDay
from niangjia.places.rules import visit_hours as rules
from niangjia.places.rules.voices import Speaker
from niangjia.places.selectors import own_figures
from niangjia.places.selectors.visit_hours import when_at_place, when_within
from niangjia.places.services import visits
from niangjia.places.tests.factories import make_place

#: A Tuesday at noon in China, in a month that is over.
NOON = dt.datetime(2026, 10, 20, 4, 30, tzinfo=dt.UTC)
TODAY = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
OCTOBER = period_of(PeriodKind.MONTH, dt.date(2026, 10, 1))
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def station(db):
    """A station with 23 visits on Tuesday at noon, 12 at nine in the evening and 4 at midnight."""
    with clock.stopped_at(TODAY):
        place = make_place(make_union(), now=NOON - DAY)
        for at, number in ((NOON, 23), (NOON + 9 * HOUR, 12), (NOON + 12 * HOUR, 4)):
            for _one in range(number):
                visits.count(place, at)
        yield place


def test_the_hours_add_up_to_the_day_and_up_the_tree(station):
    tuesday, wednesday = VisitDay.objects.order_by("date")
    assert (tuesday.visits, sum(tuesday.hours), tuesday.hours[12], tuesday.hours[21]) == (
        35,
        35,
        23,
        12,
    )
    assert (wednesday.hours[0], len(wednesday.hours)) == (4, 24)
    connection.send_waiting()
    assert not verify_figures(own_figures.own_figures, metrics=own_figures.METRICS)
    VisitDay.objects.filter(pk=tuesday.pk).update(hours=wednesday.hours)
    assert verify_figures(own_figures.own_figures, metrics=own_figures.METRICS)


def test_a_day_begun_before_hours_were_counted_stays_without_them(station):
    VisitDay.objects.update(hours=None)
    visits.count(station, NOON)
    assert VisitDay.objects.get(date=dt.date(2026, 10, 20)).hours is None
    assert when_at_place(station, OCTOBER).total == 0


def test_small_numbers_are_not_told_of_a_place_nor_of_its_union(station):
    connection.send_waiting()
    for found in (when_at_place(station, OCTOBER), when_within(station.union.parent, OCTOBER)):
        assert (found.total, found.by_hour[12], found.by_hour[21], found.by_hour[0]) == (
            30,
            20,
            10,
            0,
        )
        assert found.cells is None or found.cells[1][12] == 20
        assert found.busiest == 12
    assert when_within(make_union(), OCTOBER).total == 0


@settings(max_examples=40)
@given(st.lists(st.integers(0, 25), min_size=168, max_size=168))
def test_no_cell_can_be_told_closer_than_its_ten(numbers):
    cells = [numbers[day * 24 : day * 24 + 24] for day in range(7)]
    found = rules.told(cells)
    told = [*found.by_hour, found.total, *(each for row in found.cells or [] for each in row)]
    assert all(number % 10 == 0 for number in told)
    if found.cells is not None:
        for hour, published in enumerate(found.by_hour):
            column = [row[hour] for row in found.cells]
            # Each cell may still be all of its ten values, whatever the others are.
            assert published <= sum(column) + 9 * (len(column) - 1)


def test_only_months_that_change_no_more_are_told():
    today = dt.date(2026, 11, 7)
    assert rules.chosen({}, PeriodKind.MONTH, today).since == dt.date(2026, 9, 1)
    assert rules.chosen({}, PeriodKind.MONTH, today + DAY) == OCTOBER
    for wrong in ("", "gestern", "2026-11-01", "9999-12-31"):
        given = {"period": "month", "day": wrong}
        assert rules.chosen(given, PeriodKind.YEAR, today + DAY) == OCTOBER
    day_of = {"period": "day", "day": "2026-10-20"}
    assert rules.chosen(day_of, PeriodKind.QUARTER, today).kind == PeriodKind.QUARTER


def test_the_pages_and_operations(station):
    officer = make_post(union=station.union)
    desk, month = officer_client(officer), "?period=month&day=2026-10-05"
    page = desk.get(f"/desk/places/{station.code}/visits/{month}").content.decode()
    assert "12:00 到 13:00 来的人最多" in page
    assert desk.get(f"/desk/places/{station.code}/visits/").status_code == 200
    own = desk.get(f"/api/v1/desk/places/{station.code}/visit-hours{month}").json()
    whole = desk.get(f"/api/v1/desk/place-visits{month}").json()
    assert (own["total"], own["by_hour"][12], own["since"]) == (30, 20, "2026-10-01")
    assert own == whole
    pages = {
        f"/desk/places/{station.code}/visits/{month}": 5,
        f"/desk/places/visits/{month}": 6,
    }
    assert costs(desk, pages) == pages


def test_a_visit_is_counted_in_its_hour(station):
    plate = services.issue_plate(by=make_post(union=station.union), place=station, now=TODAY)
    visitor = Speaker(account="one", device="one", address="10.0.0.1")
    services.arrive(plate=plate, visitor=visitor, now=TODAY)
    assert VisitDay.objects.get(date=dt.date(2026, 11, 24)).hours[14] == 1
