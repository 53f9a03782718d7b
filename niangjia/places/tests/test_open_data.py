"""The feed for map vendors, GeoJSON, HSDS, and the officers' sheet."""

import csv
import datetime as dt
import json
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from jsonschema import Draft202012Validator

from niangjia.core import clock
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.places import services
from niangjia.places.rules import open_data
from niangjia.places.rules.open_data_words import FIELDS
from niangjia.places.selectors.open_data import licence, list_changed
from niangjia.places.tests import hsds
from niangjia.places.tests.factories import make_draft, make_place, make_problem

pytestmark = pytest.mark.django_db
FEED = "/api/v1/open-data/places"
NOW = dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def three():
    """Three places on the map, changed a day apart, and a draft that nobody sees."""
    first = make_place(now=NOW, name="甲驿站", hours="Mo-Fr 22:00-06:00; PH off", phone="12351")
    rest = [
        make_place(first.union, now=NOW + n * DAY, name=name)
        for n, name in ((1, "乙驿站"), (2, "丙驿站"))
    ]
    make_draft(first.union, name="还没开")
    return [first, *rest]


def test_a_copy_is_made_page_by_page_and_kept_by_what_changed(
    client, three, django_assert_num_queries
):
    with django_assert_num_queries(2):
        first = client.get(FEED, {"size": 2}).json()
    second = client.get(FEED, {"size": 2, "cursor": first["next"]}).json()
    names = [each["name"] for each in first["items"] + second["items"]]
    assert (names, second["next"]) == (["甲驿站", "乙驿站", "丙驿站"], None)
    services.close_place(by=None, place=three[0], reason="房屋拆迁", now=NOW + 5 * DAY)
    since = (NOW + 3 * DAY).isoformat()
    with clock.stopped_at(NOW + 6 * DAY):
        (news,) = client.get(FEED, {"changed_since": since}).json()["items"]
    assert (news["code"], news["state"], news["close_reason"]) == (
        *(three[0].code, "closed", "房屋拆迁"),
    )


def test_of_a_division_come_those_in_it_and_below_found_by_its_path(client):
    province = make_division(parent=make_root().division)
    near, far = make_division(parent=province), make_division(parent=province.parent)
    for division in (near, far):
        make_place(make_union(division=division), now=NOW, name=division.name)
    for code, names in (
        (province.parent_id, {near.name, far.name}),
        (province.code, {near.name}),
        (far.code, {far.name}),
    ):
        found = client.get(FEED, {"division": code}).json()["items"]
        assert {each["name"] for each in found} == names
    # A range of paths, which the index of paths serves; how few rows are read is for the planner.
    asked = str(list_changed(None, province).query)
    assert '"path" >= ' in asked
    assert "LIKE" not in asked


@pytest.mark.parametrize("way", ["", "/csv"])
@pytest.mark.parametrize(
    "asked",
    [
        {"changed_since": "2026-11-20T08:00:00"},
        {"changed_since": "gestern"},
        {"division": "000001"},
        {"cursor": "x"},
        {"size": "5000"},
    ],
)
def test_what_is_asked_wrongly_is_said(client, three, asked, way):
    assert client.get(f"{FEED}{way}", asked).status_code == 422


def test_features_have_the_longitude_first(client, three):
    found = client.get(f"{FEED}/geojson").json()
    feature = found["features"][0]
    assert (found["type"], feature["id"]) == ("FeatureCollection", three[0].code)
    assert feature["geometry"] == {
        "type": "Point",
        "coordinates": [three[0].longitude, three[0].latitude],
    }


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        ("", "application/json; charset=utf-8"),
        ("/geojson", "application/geo+json"),
        ("/csv", "text/csv; charset=utf-8"),
        ("/hsds", "application/json; charset=utf-8"),
    ],
)
def test_each_way_says_what_it_is_and_is_sent_once_to_whoever_has_it(client, three, way, kind):
    first = client.get(FEED + way)
    assert (first["Content-Type"], first["Access-Control-Allow-Origin"]) == (kind, "*")
    again = {"If-None-Match": first["ETag"]}
    same = client.get(FEED + way, headers=again)
    assert (same.status_code, same.content, same["Access-Control-Allow-Origin"]) == (304, b"", "*")
    services.close_place(by=None, place=three[0], reason="拆迁", now=NOW + 5 * DAY)
    with clock.stopped_at(NOW + 6 * DAY):
        changed = client.get(FEED + way, headers=again)
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)
    answers = client.get("/api/v1/openapi.json").json()["paths"][FEED + way]["get"]["responses"]
    assert list(answers["200"]["content"]) == [kind.partition(";")[0]]


def csv_rows(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_table_says_what_the_feed_says_page_by_page_and_computes_nothing(
    client, django_assert_num_queries
):
    first = make_place(
        now=NOW, name="=HYPERLINK(1)", phone="+86 12351", facilities=["water", "aed"]
    )
    make_place(first.union, now=NOW + DAY, name="乙驿站")
    later, day = NOW + 4 * DAY, (NOW + 9 * DAY).date()
    services.set_other_hours(
        by=None, place=first, hours="", reason="停电", first_date=day, last_date=day, now=later
    )
    with clock.stopped_at(later + DAY):
        with django_assert_num_queries(3):
            answer = client.get(f"{FEED}/csv", {"size": 1, "division": first.division_id})
            (plain,) = csv_rows(answer)
        address = answer["Link"].removeprefix("<").partition('>; rel="next"')[0]
        rest = client.get(address)
        feed = client.get(FEED).json()["items"]
        (changed,) = csv_rows(rest)
        again = csv_rows(client.get(f"{FEED}/csv", {"changed_since": changed["changed_at"]}))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'rel="next"' not in rest["Link"]
    assert [each["code"] for each in (plain, changed)] == [each["code"] for each in feed]
    assert list(plain) == list(open_data.COLUMNS)
    assert set(plain) == set(feed[0])
    assert (changed["name"], changed["phone"]) == ("'=HYPERLINK(1)", "'+86 12351")
    told = feed[1]
    assert changed["facilities"].split(";") == told["facilities"]
    assert json.loads(changed["other_hours"]) == told["other_hours"] != []
    for name in ("longitude", "latitude", "is_made_up", "area_m2", "closed_at"):
        assert json.loads(changed[name] or "null") == told[name]
    assert [each["code"] for each in again] == [first.code]


def test_services_are_what_hsds_asks_for(client, three):
    found = client.get(f"{FEED}/hsds").json()["items"]
    validator = Draft202012Validator(
        hsds.SERVICE, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for each in found for error in validator.iter_errors(each)] == []
    (schedule,) = found[0]["schedules"]
    assert (schedule["byday"], schedule["opens_at"], schedule["closes_at"]) == (
        *("MO,TU,WE,TH,FR", "22:00+08:00", "06:00+08:00"),
    )
    again = client.get(f"{FEED}/hsds").json()["items"]
    assert [each["id"] for each in again] == [each["id"] for each in found]


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("Mo-Su 08:00-20:00; Su off", [("MO,TU,WE,TH,FR,SA", "08:00", "20:00")]),
        (
            "Mo-Su 08:00-20:00; Sa 09:00-12:00",
            [("MO,TU,WE,TH,FR,SU", "08:00", "20:00"), ("SA", "09:00", "12:00")],
        ),
        ("24/7", [("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]),
        ("PH 10:00-16:00", [(None, None, None)]),
    ],
)
def test_the_last_rule_about_a_day_decides_in_hsds_too(hours, told):
    place = make_draft(hours=hours)
    found = open_data.weekly_schedules(place, NOW.date())
    named = [(each.get("byday"), each.get("opens_at"), each.get("closes_at")) for each in found]
    assert [(days, at and at[:5], to and to[:5]) for days, at, to in named] == told
    assert {each["description"] for each in found} == {hours}
    assert len({each["id"] for each in found}) == len(found)


def test_seasons_say_from_when_to_when():
    place = make_draft(hours="Jun-Sep Mo-Su 07:00-21:00; Oct-May Mo-Fr 08:00-18:00")
    found = open_data.weekly_schedules(place, dt.date(2027, 1, 15))
    assert [(each["valid_from"], each["valid_to"], each["opens_at"][:5]) for each in found] == [
        ("2026-10-01", "2027-05-31", "08:00"),
        ("2027-06-01", "2027-09-30", "07:00"),
    ]
    february = make_draft(place.union, hours="Feb off; Mar-Jan Mo-Su 08:00-18:00")
    (found,) = open_data.weekly_schedules(february, dt.date(2028, 2, 29))
    assert (found["valid_from"], found["valid_to"]) == ("2028-03-01", "2029-01-31")


def test_other_hours_and_danger_are_news_for_whoever_keeps_a_copy(client, three):
    shut, longer = three[:2]
    later = NOW + 4 * DAY
    days = {"first_date": later.date(), "last_date": later.date() + DAY, "now": later}
    services.set_other_hours(by=None, place=shut, hours="", reason="停电", **days)
    made = services.set_other_hours(
        by=None, place=longer, hours="Mo-Su 09:00-12:00", reason="春节", **days
    )
    with clock.stopped_at(later + DAY):
        asked = {"changed_since": (later - DAY).isoformat()}
        first, second = client.get(FEED, asked).json()["items"]
        told = client.get(f"{FEED}/hsds", asked).json()["items"]
        services.drop_other_hours(by=None, override=made, now=later + HOUR)
        dropped = client.get(FEED, {"changed_since": (later + HOUR).isoformat()}).json()["items"]
    assert [each["code"] for each in (first, second)] == [shut.code, longer.code]
    assert (first["other_hours"][0]["hours"], first["other_hours"][0]["reason"]) == ("", "停电")
    assert [each["status"] for each in told] == ["temporarily closed", "active"]
    (day,) = [each for each in told[1]["schedules"] if each["description"].endswith("春节")]
    assert (day["opens_at"], day["valid_to"]) == ("09:00+08:00", "2026-11-25")
    validator = Draft202012Validator(hsds.SERVICE)
    assert [error.message for each in told for error in validator.iter_errors(each)] == []
    assert [each["code"] for each in dropped] == [longer.code]
    burning = later + 2 * HOUR
    with clock.stopped_at(later + 2 * DAY):
        make_problem(shut, make_post(union=shut.union), item="fire", answer="danger", now=burning)
        asked = {"changed_since": burning.isoformat()}
        (danger,) = client.get(f"{FEED}/hsds", asked).json()["items"]
        (plain,) = client.get(FEED, asked).json()["items"]
    assert danger["status"] == "temporarily closed"
    assert plain["code"] == shut.code
    assert dt.datetime.fromisoformat(plain["unsafe_since"]) == burning


def test_what_has_just_changed_is_left_for_a_minute(client, three):
    """A longer transaction may still be writing what changed before it."""
    with clock.stopped_at(NOW + 2 * DAY + 59 * dt.timedelta(seconds=1)):
        assert len(client.get(FEED).json()["items"]) == 2
    with clock.stopped_at(NOW + 2 * DAY + 60 * dt.timedelta(seconds=1)):
        assert len(client.get(FEED).json()["items"]) == 3


def test_the_schema_refuses_what_hsds_does_not_know(client, three):
    """The control: else the test above could not fail."""
    (found, *_rest) = client.get(f"{FEED}/hsds").json()["items"]
    validator = Draft202012Validator(hsds.SERVICE)
    for wrong in ({"status": "open"}, {"nickname": "甲"}, {"name": None}):
        assert not validator.is_valid(found | wrong)


def test_an_officer_takes_all_within_reach_as_a_sheet(three):
    client = officer_client(make_post(union=three[0].union))
    make_place(name="别家驿站")
    text = b"".join(client.get("/desk/places/sheet/").streaming_content).decode()
    assert "甲驿站" in text
    assert "别家驿站" not in text
    assert text.count("\n") == 5


def test_a_plate_that_was_carried_off_is_dead_and_says_so(client, three):
    place = three[0]
    officer = make_post(union=place.union)
    desk = officer_client(officer)
    printed = desk.post(f"/desk/places/{place.code}/plate/")
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"/FontFile" in printed.content
    old = place.plates.get()
    assert desk.post(f"/desk/places/{place.code}/plate/").status_code == 200
    assert place.plates.get() == old
    scanned = client.get(f"/p/{place.code}/{old.key}/")
    assert "我在这里" in scanned.content.decode()
    assert desk.post(f"/desk/places/{place.code}/plate/renewal/").status_code == 422
    desk.post(f"/desk/places/{place.code}/plate/renewal/", {"reason": "被人拿走"})
    dead = client.get(f"/p/{place.code}/{old.key}/")
    assert (dead.status_code, "这块门牌已经作废" in dead.content.decode()) == (410, True)
    new = place.plates.get(withdrawn_at=None)
    assert client.get(f"/p/{place.code}/{new.key}/").status_code == 200
    assert client.get(f"/p/{place.code}/0000000000/").status_code == 410
    assert client.get(f"/p/9999999999999/{new.key}/").status_code == 404


def test_nothing_is_printed_for_what_is_closed(three):
    place = three[0]
    services.close_place(by=None, place=place, reason="拆迁", now=clock.now())
    desk = officer_client(make_post(union=place.union))
    assert desk.post(f"/desk/places/{place.code}/plate/").status_code == 302
    assert not place.plates.exists()


def test_a_page_says_what_there_is_on_which_terms_and_what_each_field_means(
    client, three, settings
):
    page = client.get("/open-data/").content.decode()
    for said in (f'href="{FEED}/csv"', "creativecommons.org/licenses/by/4.0", "丙驿站", "每分钟"):
        assert said in page
    assert set(FIELDS) == set(open_data.COLUMNS)
    assert (
        "What each field means"
        in client.get("/open-data/", headers={"Accept-Language": "en"}).content.decode()
    )
    settings.OPEN_DATA_LICENCE = "CC0-1.0"
    assert "publicdomain/zero" in client.get("/open-data/").content.decode()
    for way in ("", "/geojson", "/csv", "/hsds"):
        answer = client.get(FEED + way, {"size": 1})
        assert (
            '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"' in answer["Link"]
        )
    settings.OPEN_DATA_LICENCE = "mine"
    with pytest.raises(ImproperlyConfigured):
        licence()


def test_the_page_is_found_from_the_stations_and_from_every_foot(client, three):
    for page in ("/places/", "/"):
        assert 'href="/open-data/"' in client.get(page).content.decode()
