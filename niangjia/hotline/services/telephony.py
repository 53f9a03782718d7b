"""Taking in what the telephone system reports."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, protection, transactions
from niangjia.core.crypto import digests_of
from niangjia.core.errors import Conflict, NotFound
from niangjia.hotline.events import CallEnded, CallRated
from niangjia.hotline.models import Call, CallState, Channel, Ending, Line, TelephonyEvent
from niangjia.hotline.rules import repeats
from niangjia.hotline.rules.telephony import LEVELS, Event, Kind
from niangjia.hotline.services import beginning


@transactions.atomic
def note_event(*, event: Event, now: dt.datetime) -> Call:
    """Take in one report. The same again changes nothing; reports may come in any order, and lead
    to the same call. A caller who wants to stay unknown is not made known by a late one.

    Raises `NotFound` for a number that is no line of this node, or for a new call to a closed one:
    the calls that it has go on to their end; `Conflict` "event-reused" for an event's name that
    stood for something else.
    """
    # Whoever reports on a line waits for the report before: calls are made once.
    line = Line.objects.select_for_update(no_key=True).filter(number=event.line).first()
    if line is None:
        raise NotFound(_("There is no such page"))
    told = digests_of("hotline-event", event.canonical())
    with protection.working("hotline.telephony"):
        known = TelephonyEvent.objects.filter(line=line, event_id=event.event).first()
        if known is not None:
            if bytes(known.digest) not in told:
                raise Conflict(_("This event was reported differently."), code="event-reused")
            return known.call
        call = find_call(line, event) or begin(line, event)
        apply(call, event)
        call.save()
        TelephonyEvent.objects.create(
            line=line,
            event_id=event.event,
            kind=event.kind,
            at=event.at,
            received_at=now,
            digest=told[0],
            call=call,
        )
        if event.kind == Kind.ABANDONED:
            end_abandoned(call, now)
        elif event.kind == Kind.RINGING:
            forget_call_backs(call)
        elif event.kind == Kind.RATED:
            outbox.publish(CallRated(call_id=call.pk))
    return call


def begin(line: Line, event: Event) -> Call:
    """A call that nothing was known of. Raises `NotFound` at a closed line."""
    if not line.is_open:
        raise NotFound(_("There is no such page"))
    return beginning.begin_call(
        line=line, channel=Channel.PHONE, rang_at=event.at, external_id=event.call
    )


def find_call(line: Line, event: Event) -> Call | None:
    """The call that is reported on, locked."""
    found = Call.objects.select_for_update(of=("self",)).filter(line=line, external_id=event.call)
    return found.select_related("line").first()


def apply(call: Call, event: Event) -> None:
    """Write down what one report says. Each kind has columns of its own, so order is no matter."""
    beginning.set_number(call, event.caller)
    call.rang_at = min(call.rang_at, event.at)
    if event.kind == Kind.ANSWERED:
        call.answered_at = event.at
    elif event.kind in (Kind.ENDED, Kind.ABANDONED):
        call.hung_up_at = event.at
    elif event.kind == Kind.RECORDING and not call.is_forgotten:
        call.recording = event.recording
    elif event.kind == Kind.RATED:
        call.pressed = LEVELS[event.pressed]


def end_abandoned(call: Call, now: dt.datetime) -> None:
    """The caller hung up before anybody took the call: they are called back, unless they have got
    through since. A call that an agent took in the same moment stays theirs."""
    if call.state != CallState.WAITING or call.answered_at is not None:
        return
    call.state, call.ending, call.ended_at = CallState.ENDED, Ending.ABANDONED, now
    again = Call.objects.filter(number_digest=call.number_digest, rang_at__gt=call.rang_at)
    if call.number_digest is not None and not again.exists():
        call.call_back_by = now + repeats.CALL_BACK_WITHIN
    call.save()
    outbox.publish(CallEnded(call_id=call.pk, line_id=call.line_id, ending=call.ending))


def forget_call_backs(call: Call) -> None:
    """Whoever rings again need not be called back for having hung up before."""
    if call.number_digest is not None:
        Call.objects.filter(
            line=call.line,
            number_digest=call.number_digest,
            ending=Ending.ABANDONED,
            rang_at__lt=call.rang_at,
        ).update(call_back_by=None)
