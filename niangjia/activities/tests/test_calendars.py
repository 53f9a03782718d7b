"""Calendars of other programs: read by the text of RFC 5545, and by nobody without the address."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.activities import services
from niangjia.activities.models import CalendarAddress
from niangjia.activities.tests import rfc5545
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_meeting,
    make_worker,
    session_of,
)
from niangjia.activities.tests.test_pages import text
from niangjia.core import clock
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
NASTY = "读书；会, \\ 夜;场" + "很长的名字" * 8


def feed(client, name, *keys):
    answer = client.get(reverse(f"activities:{name}", args=keys))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return rfc5545.read(answer.content)


def address_of(client):
    """A new address of one's own calendar, as the page shows it."""
    page = text(client.post(reverse("activities:calendar_address")))
    return re.search(r'value="[^"]*/calendars/([^"/]+)\.ics"', page)[1]


def test_one_session_is_a_file_with_its_zone_whatever_its_name_is():
    at = dt.datetime(2030, 3, 1, 1, 30, tzinfo=dt.UTC)
    meeting = make_meeting(starts_at=at, ends_at=at + dt.timedelta(hours=2))
    activity = make_activity(name=NASTY, summary="带水杯,\\n 和伞；", meeting=meeting)
    session = session_of(activity)
    [event] = feed(Client(), "session_calendar", session.pk)
    assert (event["UID"], event["DTSTART-TZID"]) == (str(session.pk), "Asia/Shanghai")
    assert (event["DTSTART"], event["DTEND"]) == ("20300301T093000", "20300301T113000")
    assert rfc5545.plain(event["SUMMARY"]) == NASTY
    assert rfc5545.plain(event["DESCRIPTION"]) == "带水杯,\\n 和伞；"
    assert event["GEO"] == "29.31;120.08"
    assert event["URL"].endswith(f"/activities/{activity.number}/")


def test_moved_and_called_off_the_same_event_says_so_with_a_higher_sequence():
    activity = make_activity()
    session = session_of(activity)
    moved = make_meeting(starts_at=clock.now() + 5 * DAY, ends_at=clock.now() + 6 * DAY)
    seen = []
    for act in (
        lambda: None,
        lambda: services.move_session(by=None, session=session, meeting=moved, now=clock.now()),
        lambda: services.cancel_activity(
            by=None, activity=activity, reason="大雨", now=clock.now()
        ),
    ):
        act()
        [event] = feed(Client(), "union_calendar", activity.union.number)
        seen.append((event["UID"], event["SEQUENCE"], event["STATUS"]))
    uid = str(session.pk)
    assert seen == [
        (uid, "0", "CONFIRMED"),
        (uid, "1", "CONFIRMED"),
        (uid, "2", "CANCELLED"),
    ]


def test_ones_own_calendar_has_what_one_has_a_seat_for_and_nothing_else(
    django_assert_num_queries,
):
    account = make_worker()
    client = signed_in(account)
    seat, full = make_activity(name="有名额"), make_activity(name="候补", seats=1)
    join(full)
    join(seat, account), join(full, account)
    gone = join(make_activity(name="退了"), account)
    services.return_seat(by=account, sign_up_id=str(gone.pk), now=clock.now())
    make_activity(name="没报名")
    online = make_meeting(place="", address="", link="https://meet.example.org/secret")
    join(make_activity(name="线上课", meeting=online), account)
    token = address_of(client)
    with django_assert_num_queries(3):
        events = feed(Client(), "own_calendar", token)
    assert {event["SUMMARY"] for event in events} == {"有名额", "线上课"}
    assert all("/mine/activities/" in event["URL"] for event in events)
    assert "secret" not in str(events)


def test_an_address_is_kept_as_a_digest_shown_once_replaced_and_ended():
    client = signed_in(make_worker())
    page = reverse("activities:calendar_address")
    first = address_of(client)
    assert first not in text(client.get(page))
    address = CalendarAddress.objects.get()
    assert first.encode() not in bytes(address.digest)
    second = address_of(client)
    there = reverse("activities:own_calendar", args=[second])
    assert Client().get(reverse("activities:own_calendar", args=[first])).status_code == 404
    assert Client().get(there).status_code == 200
    address.account.is_active = False
    address.account.save(update_fields=["is_active"])
    assert Client().get(there).status_code == 404
    address.account.is_active = True
    address.account.save(update_fields=["is_active"])
    for _twice in range(2):
        client.post(reverse("activities:calendar_address_end"))
    assert Client().get(there).status_code == 404


def test_a_union_and_a_programme_show_what_is_everybodys(django_assert_num_queries):
    _province, _city, county, union = make_chain()
    shown = make_activity(union, programme="rose-reading", name="读书会")
    make_activity(union, seen_by=county, programme="rose-reading", name="内部")
    make_draft(union, programme="rose-reading", name="草稿")
    make_activity(make_union(), name="别处")
    with django_assert_num_queries(2):
        events = feed(Client(), "union_calendar", county.number)
    assert [event["SUMMARY"] for event in events] == ["读书会"]
    [event] = feed(Client(), "programme_calendar", "rose-reading")
    assert event["UID"] == str(session_of(shown).pk)
    for name, key in (("union_calendar", "0" * 9), ("programme_calendar", "nonsense")):
        assert Client().get(reverse(f"activities:{name}", args=[key])).status_code == 404


def test_a_session_of_what_is_for_members_is_theirs():
    _province, _city, county, union = make_chain()
    hidden = session_of(make_activity(union, seen_by=county))
    there = reverse("activities:session_calendar", args=[hidden.pk])
    assert Client().get(there).status_code == 404
    member = signed_in(make_membership(union=union).person.account)
    assert len(rfc5545.read(member.get(there).content)) == 1
    drafted = session_of(make_draft(union))
    assert member.get(reverse("activities:session_calendar", args=[drafted.pk])).status_code == 404


def test_by_the_operations_an_address_is_made_and_ended():
    client = signed_in(make_worker())
    made = client.post("/api/v1/calendar-address")
    assert made.status_code == 201
    assert Client().get(made.json()["url"]).status_code == 200
    assert client.get("/api/v1/calendar-address").json()["made_at"]
    assert client.delete("/api/v1/calendar-address").status_code == 204
    assert Client().get(made.json()["url"]).status_code == 404
    assert client.get("/api/v1/calendar-address").json()["made_at"] is None


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"
        b"END:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:" + b"x" * 80 + b"\r\nEND:VCALENDAR\r\n",
    ],
)
def test_the_control_the_reading_refuses_what_the_rfc_refuses(broken):
    with pytest.raises(AssertionError):
        rfc5545.read(broken)
