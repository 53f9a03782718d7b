"""Where the telephone system reports: only whoever signs, only now, only once."""

import dataclasses
import json

import pytest
from django.test import Client

from niangjia.core import clock, protection
from niangjia.hotline.models import Call, TelephonyEvent
from niangjia.hotline.rules import telephony
from niangjia.hotline.tests.factories import NUMBER, PHONE, make_line
from niangjia.members.tests.factories.joining import MONDAY, make_chain

pytestmark = pytest.mark.django_db

SECRET = "what both sides know"
ADDRESS = "/hotline/telephony/"


@pytest.fixture(autouse=True)
def line(settings):
    settings.TELEPHONY_SECRET = SECRET
    return make_line(make_chain()[1])


def report(**changes):
    told = {
        "line": NUMBER,
        "event": "e-1",
        "call": "c-1",
        "kind": "ringing",
        "at": MONDAY.isoformat(),
        "caller": PHONE,
    }
    return json.dumps(told | changes).encode()


def send(body, *, secret=SECRET, signed_at=MONDAY, now=MONDAY, **headers):
    """What is answered, and how many calls there are then."""
    second = int(signed_at.timestamp())
    headers = {
        "X-Niangjia-Timestamp": str(second),
        "X-Niangjia-Signature": telephony.sign(secret, second, body),
        **headers,
    }
    with clock.stopped_at(now):
        got = Client().post(ADDRESS, body, content_type="application/json", headers=headers)
    with protection.working("test"):
        return got.status_code, Call.objects.count()


def test_a_signed_report_is_taken_and_the_same_again_changes_nothing():
    assert send(report()) == (200, 1)
    assert send(report(), now=MONDAY) == (200, 1)
    assert TelephonyEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("why", "options"),
    [
        ("another secret", {"secret": "guessed"}),
        ("no signature", {"X-Niangjia-Signature": ""}),
        ("no second", {"X-Niangjia-Timestamp": "now"}),
        ("a second that was not signed", {"X-Niangjia-Timestamp": "1"}),
        ("signed too long ago", {"signed_at": MONDAY - telephony.TOLERANCE * 2}),
        ("signed for later", {"signed_at": MONDAY + telephony.TOLERANCE * 2}),
    ],
)
def test_whoever_does_not_sign_here_and_now_finds_nothing(why, options):
    assert send(report(), **options) == (404, 0), why


def test_without_a_secret_nobody_is_believed(settings):
    settings.TELEPHONY_SECRET = ""
    assert send(report(), secret="") == (404, 0)


def test_what_was_overheard_is_worth_nothing_later_and_nothing_changed():
    """Sent again within the tolerance it is the same report; changed it is not signed."""
    assert send(report()) == (200, 1)
    assert send(report(), now=MONDAY + telephony.TOLERANCE * 2) == (404, 1)
    second = int(MONDAY.timestamp())
    stolen = telephony.sign(SECRET, second, report())
    assert send(report(call="c-2"), **{"X-Niangjia-Signature": stolen}) == (404, 1)


def test_a_name_used_for_something_else_is_a_conflict():
    assert send(report()) == (200, 1)
    assert send(report(kind="ended")) == (409, 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        report(kind="sneezed"),
        report(event=""),
        report(call="x" * 81),
        report(at="yesterday"),
        report(at="2026-11-23T02:00:00"),
        report(at="2026-12-23T02:00:00Z"),
        report(caller="\0"),
        report(recording="x" * 201),
        report(kind="rated"),
        report(kind="rated", pressed="6"),
        report(pressed="1"),
        b"\xff\xfe",
    ],
)
def test_what_is_no_report_is_refused_and_breaks_nothing(body):
    status, calls = send(body)
    assert (status, calls) in {(422, 0), (200, 1)}
    assert (status == 200) is (body == report(caller="\0"))


def test_a_key_is_reported_like_the_rest_and_older_reports_stay_the_same():
    assert send(report(kind="rated", pressed="1", caller="")) == (200, 1)
    with protection.working("test"):
        assert Call.objects.get().pressed == 5
    event = telephony.Event(NUMBER, "e-1", "c-1", telephony.Kind.RINGING, MONDAY)
    assert "pressed" not in event.canonical()
    assert '"pressed": "3"' in dataclasses.replace(event, pressed="3").canonical()


def test_a_report_longer_than_any_is_not_read():
    assert send(report(caller="1" * 20_000)) == (404, 0)


def test_an_unknown_line_is_not_there():
    assert send(report(line="010-99999")) == (404, 0)
