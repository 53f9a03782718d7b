"""What the telephone system reports leads to one call, whatever order it comes in."""

import datetime as dt
import itertools

import pytest

from niangjia.core import clock, protection
from niangjia.hotline import services
from niangjia.hotline.models import Call, CallState, Ending, TelephonyEvent
from niangjia.hotline.rules.telephony import Kind
from niangjia.hotline.selectors import number_digest
from niangjia.hotline.services import Caller, sealing
from niangjia.hotline.tests.factories import (
    PHONE,
    event,
    fresh,
    make_agent,
    make_call,
    open_order,
    publish_items,
    refused,
    take,
)
from niangjia.members.tests.factories.joining import MONDAY, make_chain
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(scope="module")
def made_chain(kept):
    return make_chain()


def story():
    """A call that rings, is answered, ends, and is recorded."""
    return [
        event(Kind.RINGING, "one", at=MONDAY),
        event(Kind.ANSWERED, "one", at=MONDAY + 9 * SECOND),
        event(Kind.ENDED, "one", at=MONDAY + 99 * SECOND),
        event(Kind.RECORDING, "one", at=MONDAY + 120 * SECOND, recording="rec/1"),
    ]


def moments(call):
    number = sealing.opened(call, "number")
    return call.rang_at, call.answered_at, call.hung_up_at, call.recording, call.state, number


def test_every_order_of_reports_leads_to_the_same_call(line):
    expected = (
        MONDAY,
        MONDAY + 9 * SECOND,
        MONDAY + 99 * SECOND,
        "rec/1",
        CallState.WAITING,
        f"+86{PHONE}",
    )
    for n, order in enumerate(itertools.permutations(range(4))):
        reports = [
            event(each.kind, f"call-{n}", at=each.at, caller=each.caller, recording=each.recording)
            for each in story()
        ]
        for index in order:
            call = services.note_event(event=reports[index], now=MONDAY)
        assert moments(fresh(call)) == expected, order
    with protection.working("test"):
        assert Call.objects.count() == 24


def test_the_same_report_twice_is_taken_once(line):
    rings = event(Kind.RINGING)
    first = services.note_event(event=rings, now=MONDAY)
    assert services.note_event(event=rings, now=MONDAY) == first
    with protection.working("test"):
        assert (Call.objects.count(), TelephonyEvent.objects.count()) == (1, 1)


def test_a_name_that_stood_for_something_else_is_refused(line):
    rings = event(Kind.RINGING, event="same")
    services.note_event(event=rings, now=MONDAY)
    with refused("event-reused"):
        services.note_event(event=event(Kind.ENDED, rings.call, event="same"), now=MONDAY)


def test_an_unknown_or_closed_line_has_no_calls(line):
    with refused("not-found"):
        services.note_event(event=event(Kind.RINGING, line="010-99999"), now=MONDAY)
    rings = event(Kind.RINGING)
    call = services.note_event(event=rings, now=MONDAY)
    line.is_open = False
    line.save()
    with refused("not-found"):
        services.note_event(event=event(Kind.RINGING), now=MONDAY)
    services.note_event(event=event(Kind.ABANDONED, rings.call), now=MONDAY)
    assert fresh(call).state == CallState.ENDED, "a call that had begun goes on to its end"


def test_whoever_hangs_up_while_waiting_is_called_back_unless_they_get_through(line, chain):
    rings = event(Kind.RINGING, at=MONDAY)
    services.note_event(event=rings, now=MONDAY)
    gone = services.note_event(
        event=event(Kind.ABANDONED, rings.call, at=MONDAY + SECOND), now=MONDAY
    )
    assert (fresh(gone).state, fresh(gone).ending) == (CallState.ENDED, Ending.ABANDONED)
    assert fresh(gone).call_back_by == MONDAY + dt.timedelta(hours=2)
    make_call(line, now=MONDAY + 60 * SECOND)
    assert fresh(gone).call_back_by is None


def test_a_call_taken_in_the_moment_of_hanging_up_stays_with_its_agent(line, chain):
    agent = make_agent(chain[1])
    call = take(agent, make_call(line))
    services.note_event(event=event(Kind.ABANDONED, call.external_id), now=clock.now())
    assert fresh(call).state == CallState.TAKEN
    assert fresh(call).hung_up_at is not None


def test_a_late_report_does_not_bring_an_unknown_caller_back(line, chain):
    publish_items()
    agent = make_agent(chain[1])
    call = take(agent, make_call(line))
    accused = Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)
    open_order(
        agent, call, chain[2], topic="wages", accused=accused, caller=Caller(is_anonymous=True)
    )
    late = event(Kind.RECORDING, call.external_id, recording="rec/7", caller=PHONE)
    services.note_event(event=late, now=clock.now())
    found = fresh(call)
    assert (found.number, found.number_digest, found.recording) == (None, None, "")
    with protection.working("test"):
        assert not Call.objects.filter(number_digest=number_digest(PHONE)).exists()
