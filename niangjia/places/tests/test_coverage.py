"""Whom a station reaches: compared with looking at every station for every cell and hour."""

import datetime as dt

import pytest
from django.db import IntegrityError
from procrastinate.contrib.django import app

from niangjia.core import clock
from niangjia.core.clock import CHINA
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.places import services, tasks
from niangjia.places.models import Coverage, DemandCell, Measurement, People
from niangjia.places.rules import coverage, opening
from niangjia.places.selectors import coverage as selectors
from niangjia.places.services import measuring
from niangjia.places.tests.demand import MONDAY, cell_at, make_county, make_zone, measure, union_at
from niangjia.places.tests.factories import make_place
from niangjia.regions.models import Level
from tests.database import kept_for_the_module

pytestmark = pytest.mark.django_db

FIRST = dt.datetime(2026, 11, 24, tzinfo=CHINA)
#: Where a station is, in cells, and its hours: over midnight, on weekdays only, never long.
STATIONS = (
    (0, 0, "24/7"),
    (4, 1, "Mo-Su 17:00-03:00"),
    (4, 3, "Mo-Fr 08:30-17:30"),
    (9, 9, "Sa 23:00-24:00"),
    (1, 4, "Mo-Su 06:10-06:20"),
)
ZONES = {(col, line): 10 * (1 + col + line) for col in range(0, 12, 2) for line in range(0, 12, 3)}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        county = make_county()
        union = make_union(division=county)
        for col, line, hours in STATIONS:
            make_place(union, now=MONDAY, hours=hours, name=f"{col}-{line}", **cell_at(col, line))
        # A nursing room is for something else.
        make_place(union, now=MONDAY, kind="nursing_room", **cell_at(6, 6))
        for (col, line), count in ZONES.items():
            make_zone(county, col, line, count)
        measure()
        yield county


def brute(col, line, hour):
    """Whether one of the stations is near enough and open at the half of this hour."""
    here = Position(**cell_at(col, line))
    at = FIRST + dt.timedelta(hours=hour, minutes=30)
    return any(
        great_circle_metres(here, Position(**cell_at(east, north))) <= coverage.REACH_METRES
        and any(
            begin <= at < end
            for begin, end in opening.stretches(hours, first=FIRST.date(), exceptions={})
        )
        for east, north, hours in STATIONS
    )


def test_each_cell_and_hour_is_as_looking_at_every_station_says(world):
    expected = {
        zone: "".join("1" if brute(*zone, hour) else "0" for hour in range(168)) for zone in ZONES
    }
    measured = {
        (
            round((cell.longitude - 120) / 0.005 - 0.5),
            round((cell.latitude - 29.25) / 0.0045 - 0.5),
        ): (
            cell.count,
            cell.covered,
        )
        for cell in DemandCell.objects.filter(people=People.COURIERS)
    }
    assert measured == {zone: (ZONES[zone], bits) for zone, bits in expected.items()}
    kinds = {len(set(bits)) for bits in expected.values()}
    assert kinds == {1, 2}  # never and always, and now and then

    for code in ("330782", "330700", "330000", "100000"):
        found = Coverage.objects.get(division=code, people=People.COURIERS)
        assert found.total == sum(ZONES.values())
        assert found.hours == [
            sum(count for zone, count in ZONES.items() if expected[zone][hour] == "1")
            for hour in range(168)
        ]


def test_hours_over_midnight_belong_to_both_days(world):
    week = coverage.Week(10, tuple(10 * brute(4, 0, hour) for hour in range(168)))
    tuesday, saturday = 0, 4
    assert [week.share_at(hour, tuesday) for hour in (2, 3, 16, 17, 23)] == [100, 0, 0, 100, 100]
    assert week.share_at(12, saturday) == 0
    assert week.share_in("night") == 100 * 7 * 5 // (7 * 8)


class TestFew:
    """Promise 36: nobody's workplace can be read off."""

    @pytest.fixture
    def county(self):
        return make_county("441901")

    def zones(self, county, *counts):
        for n, count in enumerate(counts):
            make_zone(county, n % 4, n // 4, count)
        measure()
        found = DemandCell.objects.filter(division=county).order_by("count", "side_m")
        return [(cell.count, cell.side_m) for cell in found]

    @pytest.mark.parametrize(
        ("counts", "told"),
        [
            ((8,), [(10, 500)]),
            ((7,), []),
            ((7, 7), [(10, 2000)]),
            ((7, 1, 34), [(10, 2000), (30, 500)]),
            ((3, 4, 15), [(20, 500)]),
        ],
    )
    def test_few_are_counted_with_the_few_around_them_or_not_at_all(self, county, counts, told):
        assert self.zones(county, *counts) == told

    def test_the_control_without_the_rule_shows_a_single_person(self, county, monkeypatch):
        monkeypatch.setattr(coverage, "SMALLEST_TOLD", 1)
        monkeypatch.setattr(coverage, "STEP", 1)
        with pytest.raises(IntegrityError, match="demand_cell_hides_few"):
            self.zones(county, 1)

    def test_few_of_two_counties_are_not_put_together(self, county):
        make_zone(make_county("441902"), 0, 0, 5)
        assert self.zones(county, 5) == []


def test_members_are_where_their_union_is_and_drivers_are_not():
    county = make_county("520102")
    township = make_division(parent=county, code="520102001", level=Level.TOWNSHIP)
    works = union_at(make_union(division=township), 2, 2)
    drivers = union_at(make_union(division=county, admits_directly=["driver"]), 2, 2)
    for union, count in ((works, 9), (drivers, 11)):
        for _ in range(count):
            make_membership(union=union)
    measure()
    [cell] = DemandCell.objects.filter(people=People.MEMBERS)
    assert (cell.division_id, cell.count) == ("520102001", 10)
    assert Coverage.objects.get(division=county, people=People.MEMBERS).unplaced == 10


def test_from_day_to_day_nobody_shows_who_joins():
    """Promise 36: everybody may ask every day, and nine more a tenth would be one person."""
    county = make_county("520103")
    drivers = union_at(make_union(division=county, admits_directly=["driver"]), 2, 2)
    works = union_at(make_union(division=county), 2, 2)
    for union in (works, drivers):
        for _ in range(9):
            make_membership(union=union)

    def unplaced():
        newest = Coverage.objects.filter(division=county, people=People.MEMBERS)
        return newest.latest("first_date").unplaced

    measure()
    assert unplaced() == 0
    make_membership(union=drivers)
    measure(MONDAY + coverage.ONE_DAY, recounts=False)
    assert unplaced() == 0
    measure(MONDAY + 2 * coverage.ONE_DAY)
    assert unplaced() == 10
    measure(MONDAY + 3 * coverage.ONE_DAY, recounts=False)
    assert unplaced() == 10


def test_it_goes_on_where_it_was_interrupted_and_once_a_day_is_enough(world, monkeypatch):
    make_zone(make_county("110101"), 0, 0, 50)
    asked = services.ask_measurement(recounts=True, now=MONDAY)
    assert services.ask_measurement(recounts=True, now=MONDAY) == asked
    done = []
    whole = measuring.measure_province
    monkeypatch.setattr(
        measuring,
        "measure_province",
        lambda code, values, *, recounts: (
            done.append(code),
            whole(code, values, recounts=recounts),
        ),
    )
    assert services.measure_next(measurement_id=asked.pk, now=MONDAY)
    assert Measurement.objects.get(pk=asked.pk).done == ["110000"]
    while services.measure_next(measurement_id=asked.pk, now=MONDAY):
        pass
    assert done == ["110000", "330000"]
    assert not services.measure_next(measurement_id=asked.pk, now=MONDAY)
    assert Coverage.objects.get(division="100000", people=People.COURIERS).total == 50 + sum(
        ZONES.values()
    )


def test_just_after_midnight_the_last_of_the_seven_days_is_computed_before_it_is_measured():
    county = make_county("330784")
    make_place(make_union(division=county), now=MONDAY, **cell_at(0, 0))
    make_zone(county, 0, 0, 50)
    midnight = dt.datetime(2026, 11, 24, 0, 1, tzinfo=CHINA)
    asked = services.ask_measurement(recounts=True, now=midnight)
    with clock.stopped_at(midnight):
        tasks.measure_coverage(str(asked.pk))
    assert DemandCell.objects.get(division=county).covered == "1" * 168


@pytest.mark.parametrize(
    "name", ["refresh_openings", "let_stars_count", "measure_nightly", "put_items_into_force"]
)
def test_what_another_day_changes_is_done_within_the_hour_after_midnight_in_china(name):
    """The queue's moments are UTC."""
    [job] = [
        each
        for (known, _id), each in app.periodic_registry.periodic_tasks.items()
        if known.endswith(f".tasks.{name}")
    ]
    noon = dt.datetime(2026, 11, 24, 12, tzinfo=CHINA)
    begins = dt.datetime.fromtimestamp(job.croniter.get_next(start_time=noon.timestamp()), CHINA)
    assert (begins.date(), begins.hour) == (dt.date(2026, 11, 25), 0)


class TestPage:
    """An officer looks at what was measured of their unit."""

    def test_it_says_whom_and_when_and_asks_so_often(self, world, django_assert_num_queries):
        county = make_union("义乌市总工会", kind="federation", division=world)
        client = officer_client(make_post(union=county))
        client.get("/desk/places/coverage/")
        with django_assert_num_queries(13):
            page = client.get("/desk/places/coverage/?window=night")
        text = page.content.decode()
        assert "十五分钟服务圈" in text
        measured = selectors.find_measured(world, "workers")
        assert f"<strong>{measured.week.share_in('night')}%</strong>" in text
        assert text.count("data-marker") == 10

    def test_of_nobody_it_says_so(self):
        page = officer_client(make_post(union=make_union(division=make_county("620102"))))
        assert "这里还没有人数" in page.get("/desk/places/coverage/").content.decode()
        asked = page.post("/desk/places/coverage/measurement/", follow=True)
        assert "正在测算" in asked.content.decode()

    def test_of_another_unit_it_knows_nothing(self, world):
        other = make_union(division=make_county("620103"))
        client = officer_client(make_post(union=make_union(division=world)))
        assert client.get(f"/desk/places/coverage/?union={other.number}").status_code == 404
