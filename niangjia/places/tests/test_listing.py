"""Listing a place: what is refused and why; other hours; the days ahead."""

import datetime as dt

import pytest

from niangjia.core import clock, working_calendar
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.models import CalendarYear, WorkingDay
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.places import handlers, services
from niangjia.places.models import Kind, PlaceSearch, State
from niangjia.places.rules.finding import Criteria
from niangjia.places.rules.points import System, as_wgs84, mistaken_system
from niangjia.places.selectors.nearest import find_nearest
from niangjia.places.tests.factories import at, make_listing, make_place
from niangjia.regions.rules import coordinates

pytestmark = pytest.mark.django_db

#: Monday, ten in the morning in China.
NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def union():
    with clock.stopped_at(NOW):
        yield make_union(division=make_division())


def draft(union, **fields):
    return services.draft_place(
        by=None, union=union, listing=make_listing(union, **fields), now=NOW
    )


def is_open(place, now=NOW):
    near = Position(place.longitude, place.latitude)
    return place.pk in {each.place_id for each in find_nearest(Criteria(near), now=now).items}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": "x"}, "name"),
        ({"address": ""}, "address"),
        ({"phone": "打电话"}, "phone"),
        ({"hours": "早八晚六"}, "hours"),
        ({"hours": "Mo-Su off"}, "hours"),
        ({"area_m2": 0}, "area_m2"),
        ({"kind": "pub"}, "kind"),
        ({"kind": Kind.DRIVERS_HOME}, "parking_bays"),
        ({"facilities": ("pool",)}, "facilities"),
        ({"welcome": ("nobody",)}, "welcome"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(union, fields, wrong):
    with pytest.raises(Invalid) as refused:
        draft(union, **fields)
    assert set(refused.value.fields) == {wrong}


@pytest.mark.parametrize(
    ("longitude", "latitude", "words"),
    [
        (29.3060, 120.0750, "写反了"),
        (139.7, 35.6, "不在中国境内"),
        (124.5, 27.0, "505 公里"),
        (0.0, 0.0, "不在中国境内"),
    ],
)
def test_a_point_that_cannot_be_is_refused(union, longitude, latitude, words):
    """Swapped, abroad, in the sea."""
    with pytest.raises(Invalid) as refused:
        draft(union, longitude=longitude, latitude=latitude)
    assert words in str(refused.value.fields["point"])


@pytest.mark.parametrize(
    ("system", "shift"),
    [
        (System.GCJ02, coordinates.wgs84_to_gcj02),
        (System.BD09, coordinates.wgs84_to_bd09),
    ],
)
def test_a_point_of_another_system_is_known_by_its_address(union, system, shift):
    true = Position(120.0750, 29.3060)
    address = "稠城街道县前街 21 号"
    make_place(union, now=NOW, address=address, **at(true))
    shifted = Position(*shift(true.longitude, true.latitude))
    with pytest.raises(Invalid) as refused:
        draft(union, address=address, name="同一栋楼", kind=Kind.NURSING_ROOM, **at(shifted))
    assert set(refused.value.fields) == {"point"}
    back = as_wgs84(shifted.longitude, shifted.latitude, system)
    assert (back.longitude, back.latitude) == pytest.approx((120.0750, 29.3060), abs=1e-6)
    assert mistaken_system(shifted, [true]) == system
    assert mistaken_system(back, [true]) is None
    assert mistaken_system(Position(120.0790, 29.3100), [true]) is None


def test_two_stations_at_one_door_are_asked_about(union):
    make_place(union, now=NOW)
    with pytest.raises(Conflict) as refused:
        draft(union, name="又一个驿站")
    assert refused.value.code == "same-door"
    assert draft(union, name="母婴室", kind=Kind.NURSING_ROOM).state == State.DRAFT


def test_only_what_is_published_is_found_and_what_is_closed_no_longer(union):
    place = draft(union)
    assert not is_open(place)
    for _again in range(2):
        place = services.publish_place(by=None, place=place, now=NOW)
    assert is_open(place)
    for _again in range(2):
        services.close_place(by=None, place=place, reason="拆迁", now=NOW)
    assert not PlaceSearch.objects.exists()
    with pytest.raises(Conflict):
        services.publish_place(by=None, place=place, now=NOW)


def test_a_change_is_found_at_once(union):
    place = make_place(union, now=NOW)
    night = make_listing(union, hours="Mo-Su 20:00-06:00")
    services.change_place(by=None, place=place, listing=night, now=NOW)
    assert not is_open(place)
    assert is_open(place, NOW + dt.timedelta(hours=12))
    assert is_open(place, NOW + dt.timedelta(hours=19, minutes=59))
    assert not is_open(place, NOW + dt.timedelta(hours=20))


def test_other_hours_count_on_their_days_and_can_be_dropped(union):
    place = make_place(union, now=NOW)
    shut = services.set_other_hours(
        by=None, place=place, first_date=TODAY, last_date=TODAY, hours="", reason="检修", now=NOW
    )
    assert not is_open(place)
    assert is_open(place, NOW + DAY)
    services.refresh_openings(now=NOW)
    assert not is_open(place)
    services.drop_other_hours(by=None, override=shut, now=NOW)
    assert is_open(place)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"last_date": TODAY - DAY}, "last_date"),
        ({"first_date": TODAY - 9 * DAY, "last_date": TODAY - DAY}, "last_date"),
        ({"last_date": TODAY + 999 * DAY}, "last_date"),
        ({"hours": "off"}, "hours"),
        ({"reason": " "}, "reason"),
        ({"hours": "Tu 09:00-12:00"}, "hours"),
    ],
)
def test_other_hours_that_cannot_be(union, fields, wrong):
    values = {"first_date": TODAY, "last_date": TODAY, "hours": "", "reason": "检修"}
    with pytest.raises(Invalid) as refused:
        services.set_other_hours(
            by=None, place=make_place(union, now=NOW), now=NOW, **{**values, **fields}
        )
    assert set(refused.value.fields) == {wrong}


def test_every_night_the_days_ahead_move_on(union):
    place = make_place(union, now=NOW, hours="Mo-Su 08:00-20:00")
    later = NOW + 20 * DAY
    assert not is_open(place, later)
    assert services.refresh_openings(now=later) == 1
    assert is_open(place, later)
    assert services.refresh_openings(now=later) == 0


def test_a_day_that_becomes_a_holiday_shuts_who_says_so(union):
    WorkingDay.objects.filter(date=TODAY + DAY).delete()
    CalendarYear.objects.get_or_create(year=2026)
    place = make_place(union, now=NOW, hours="Mo-Su 08:00-20:00; PH off")
    assert is_open(place, NOW + DAY)
    working_calendar.set_working_day(
        date=TODAY + DAY,
        province="",
        is_working=False,
        name="临时放假",
        source="国办发明电",
        by=None,
        now=NOW,
    )
    event = working_calendar.WorkingDayChanged(date=TODAY + DAY, province="")
    for _twice in range(2):
        handlers.compute_again(event)
    assert not is_open(place, NOW + DAY)
    assert is_open(place)
