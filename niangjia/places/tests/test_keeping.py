"""Keepers: the tick of the morning, who is asked without one, and what stands in the cupboard."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, TooLate
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.organisations.rules.positions import Position
from niangjia.places import services
from niangjia.places.models import Ending, OpeningDay, PlaceSearch, Sort, Supply
from niangjia.places.rules import facilities, supplies, weeks
from niangjia.places.rules.finding import Criteria
from niangjia.places.selectors import nearest
from niangjia.places.tests.factories import make_keeper, make_place

pytestmark = pytest.mark.django_db
#: A Tuesday, half past ten in China.
NOW = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def keeping():
    """A place that opens at ten on weekdays, its keeper, and an officer of its union."""
    place = make_place(hours="Mo-Fr 10:00-18:00", facilities=("water", "aed", "rest"), now=NOW)
    keeper = make_keeper(place, make_account(), now=NOW)
    return place, keeper.account, make_post(union=place.union)


def kinds(account):
    return list(Notice.objects.filter(account=account).values_list("kind", flat=True))


def test_who_does_not_tick_is_asked_then_the_union_is_told_each_once(keeping):
    place, keeper, officer = keeping
    services.ask_who_did_not_tick(now=NOW - dt.timedelta(minutes=10))
    assert kinds(keeper) == []
    for minutes in (0, 15, 90, 105, 120):
        services.ask_who_did_not_tick(now=NOW + dt.timedelta(minutes=minutes))
    assert kinds(keeper) == ["place.tick"]
    assert kinds(officer.account) == ["place.unticked"]
    day = services.tick_opening(by=keeper, place=place, now=NOW + dt.timedelta(hours=3))
    assert (day.is_late, day.told_at is not None) == (True, True)


def test_a_tick_in_time_asks_nobody_and_is_the_last_word(keeping):
    place, keeper, officer = keeping
    services.tick_opening(by=keeper, place=place, lacking=["water"], now=NOW)
    for hours in (1, 3):
        services.ask_who_did_not_tick(now=NOW + dt.timedelta(hours=hours))
    assert kinds(keeper) + kinds(officer.account) == []
    again = services.tick_opening(by=keeper, place=place, now=NOW + dt.timedelta(hours=1))
    assert (again.ticked_at, again.lacking, OpeningDay.objects.count()) == (NOW, [], 1)
    with pytest.raises(Invalid):
        services.tick_opening(by=keeper, place=place, lacking=["shower"], now=NOW)


def test_a_link_makes_one_keeper(keeping):
    place, _keeper, officer = keeping
    token = services.invite_keeper(by=officer, place=place, known_as="李姐", now=NOW)
    with pytest.raises(TooLate):
        services.accept_keeping(by=make_account(), token=token, now=NOW + 8 * DAY)
    first = make_account()
    kept = services.accept_keeping(by=first, token=token, now=NOW)
    assert services.accept_keeping(by=first, token=token, now=NOW) == kept
    with pytest.raises(Conflict):
        services.accept_keeping(by=make_account(), token=token, now=NOW)
    too_late = signed_in(make_account()).post(reverse("places:keeper_invitation", args=[token]))
    assert (too_late.status_code, "链接已被使用" in too_late.text) == (409, True)
    client = signed_in(first)
    assert client.get(f"/keeping/{place.code}/").status_code == 200
    services.end_keeping(by=officer, keeper=kept, now=NOW)
    assert client.get(f"/keeping/{place.code}/").status_code == 404


def found_with_aed(place, now):
    here = Position(place.longitude, place.latitude)
    wanted = facilities.wanted(["aed"])
    found = nearest.find_nearest(Criteria(near=here, wanted=wanted, only_open=False), now=now)
    return bool(found.items)


def test_what_has_expired_is_missing_until_something_new_comes(keeping, client):
    place, keeper, _officer = keeping
    today = NOW.date()
    pads = services.add_supply(
        by=keeper,
        place=place,
        sort=Sort.EQUIPMENT,
        name="AED 电极片",
        facility="aed",
        expires_date=today + 10 * DAY,
        now=NOW,
    )
    assert found_with_aed(place, NOW)
    assert services.remind_of_supplies(now=NOW) == 1
    assert services.remind_of_supplies(now=NOW + DAY) == 0
    assert kinds(keeper) == ["place.supply"]
    later = NOW + 11 * DAY
    services.refresh_openings(now=later)
    assert not found_with_aed(place, later)
    services.refresh_openings(now=later + 9 * DAY)
    assert not found_with_aed(place, later + 9 * DAY)
    with clock.stopped_at(later):
        page = client.get(f"/places/{place.code}/")
        told = client.get(f"/api/v1/places/{place.code}").json()
        listed = client.get(f"/api/v1/places?q={place.name}&open=all").json()["items"]
    assert page.context["page"].lacking == {"aed": "已用完或过期"}
    assert "已用完或过期" in page.content.decode()
    assert (told["missing"], listed[0]["missing"]) == (["aed"], ["aed"])
    services.end_supply(by=keeper, supply=pads, ending=Ending.EXPIRED, now=later)
    services.add_supply(
        by=keeper,
        place=place,
        sort=Sort.EQUIPMENT,
        name="AED 电极片",
        facility="aed",
        expires_date=later.date() + 700 * DAY,
        now=later,
    )
    assert found_with_aed(place, later)
    assert PlaceSearch.objects.get(place=place).missing == 0


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([], []),
        ([{"expires_date": dt.date(2026, 11, 24)}], []),
        ([{"expires_date": dt.date(2026, 11, 23)}], ["aed"]),
        ([{"check_date": dt.date(2026, 11, 23)}], ["aed"]),
        ([{"expires_date": dt.date(2026, 11, 23)}, {}], []),
        ([{"ended_at": NOW, "ending": Ending.USED_UP}], ["aed"]),
        ([{"ended_at": NOW, "ending": Ending.MISTAKE}], []),
    ],
)
def test_what_is_missing_by_what_is_there(rows, missing):
    there = [Supply(facility="aed", name="电极片", **row) for row in rows]
    assert supplies.lacking(there, dt.date(2026, 11, 24)) == missing


def test_the_keepers_phone(keeping, django_assert_num_queries, monkeypatch):
    place, keeper, _officer = keeping
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client = signed_in(keeper)
    page = f"/keeping/{place.code}/"
    assert client.get("/keeping/")["Location"] == page
    with django_assert_num_queries(11):
        assert "开门了" in client.get(page).content.decode()
    client.post(f"{page}tick/", {"lacking": ["water"]})
    assert "10:30 报了开门" in client.get(page).content.decode()
    today = NOW.date().isoformat()
    shut = {"first_date": today, "last_date": today, "reason": "今天不开门"}
    client.post(f"{page}closures/", shut)
    assert not place.hours_overrides.get().hours
    client.post(f"/keeping/hours/{place.hours_overrides.get().pk}/removal/")
    assert not place.hours_overrides.exists()
    wrong = client.post(f"{page}supplies/", {"name": "药", "sort": "supply", "amount": "0"})
    assert wrong.status_code == 422
    bag = {"name": "创可贴", "sort": "supply", "amount": "20", "check_date": "2026-12-01"}
    client.post(f"{page}supplies/", bag)
    supply = place.supplies.get()
    for day in ("", "2027-13-40", "2020-01-01"):
        wrong = client.post(f"/keeping/supplies/{supply.pk}/", {"checked": "1", "next_date": day})
        assert wrong.status_code == 422
        assert list(wrong.context["wrong"].errors) == ["next_date"]
        assert f'value="{day}"' in wrong.content.decode() or not day
    supply.refresh_from_db()
    assert supply.check_date == dt.date(2026, 12, 1)
    client.post(f"/keeping/supplies/{supply.pk}/", {"checked": "1", "next_date": "2027-01-01"})
    client.post(f"/keeping/supplies/{supply.pk}/", {"ending": "used_up"})
    supply.refresh_from_db()
    assert (supply.check_date, supply.ending) == (dt.date(2027, 1, 1), "used_up")


@pytest.mark.parametrize(
    "text",
    [
        "24/7",
        "Mo-Fr 08:30-17:30; PH off",
        "Mo-Fr 08:30-12:00,13:30-17:30; Sa 09:00-12:00",
        "Mo-Su 22:00-06:00",
        "Mo-Fr 09:00-17:00; Jun-Aug Mo-Su 07:00-22:00; PH 10:00-16:00",
    ],
)
def test_hours_survive_the_form(text):
    assert weeks.written(weeks.week_of(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Mo 08:00-09:00,10:00-11:00,12:00-13:00",
        "Jun 3-Aug Mo 08:00-09:00",
        "Mo 08:00-09:00; Tu 09:00-10:00; We 10:00-11:00; Th 11:00-12:00; Fr 12:00-13:00",
        "Mo-Fr 08:00-17:00; PH 08:00-11:00,14:00-17:00",
    ],
)
def test_what_the_form_cannot_show_it_says(text):
    assert weeks.week_of(text) is None


def test_an_officer_fills_the_hours_in_and_looks_before_saving(keeping):
    place, _keeper, officer = keeping
    client = officer_client(officer)
    page = f"/desk/places/{place.code}/hours/"
    assert client.get(page).status_code == 200
    hours = {
        "days_0": ["0", "1", "2", "3", "4"],
        "from_0": "08:30",
        "pause_0": "12:00",
        "again_0": "13:30",
        "to_0": "17:30",
        "days_1": ["5"],
        "from_1": "22:00",
        "to_1": "06:00",
        "holidays": "off",
    }
    written = "Mo-Fr 08:30-12:00,13:30-17:30; Sa 22:00-06:00; PH off"
    assert written in client.post(page, hours | {"look": "1"}).content.decode()
    place.refresh_from_db()
    assert place.hours == "Mo-Fr 10:00-18:00"
    client.post(page, hours)
    place.refresh_from_db()
    assert place.hours == written
    twice = client.post(page, hours | {"days_1": ["4"]})
    assert (twice.status_code, "已经写过" in twice.content.decode()) == (422, True)
    for missing, half in (("again_0", "pause_0"), ("pause_0", "again_0")):
        sent = client.post(page, {name: hours[name] for name in hours if name != missing})
        assert sent.status_code == 422
        assert list(sent.context["form"].errors) == [missing]
        assert f'value="{hours[half]}"' in sent.content.decode()
    place.refresh_from_db()
    assert place.hours == written
    assert client.post(page, {"days_0": ["0"]}).status_code == 422
    assert client.post(page, {"holidays": ""}).status_code == 422
