"""Taking calls, and ending those that become no work order."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, outbox, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.hotline.events import CallEnded
from niangjia.hotline.models import Call, CallState, Ending
from niangjia.hotline.rules import repeats
from niangjia.hotline.services import figures
from niangjia.hotline.services.locking import lock_call, lock_own_call
from niangjia.members.models import Post

#: What an agent may end a call as without a work order.
WITHOUT_ORDER = frozenset({Ending.SILENT, Ending.ABUSIVE, Ending.WRONG_NUMBER})


@transactions.atomic
def take_call(*, by: Post, call_id: uuid.UUID, now: dt.datetime) -> Call:
    """Take a call that waits, or call back somebody who is owed it. The same agent again changes
    nothing. Raises `NotFound` out of reach, `Conflict` when a colleague was faster or it has ended.
    """
    with protection.viewing(account=by.account_id):
        call = lock_call(by, call_id)
        if call.state == CallState.TAKEN:
            if call.agent_id == by.account_id:
                return call
            raise Conflict(_("A colleague has this call."), code="not-your-call")
        if call.state == CallState.ENDED and call.call_back_by is None:
            raise Conflict(_("This call has ended already."), code="call-ended")
        call.state, call.ending, call.ended_at = CallState.TAKEN, "", None
        call.agent, call.taken_at, call.call_back_by = by.account, now, None
        call.save()
        figures.count(call.line, figures.ANSWERED)
        record(call, by, "call_taken")
    return call


@transactions.atomic
def hand_back_call(*, by: Post, call_id: uuid.UUID) -> Call:
    """Let a colleague have a call that one has taken: what was typed goes along."""
    with protection.viewing(account=by.account_id):
        call = lock_own_call(by, call_id)
        call.state, call.agent, call.taken_at = CallState.WAITING, None, None
        call.save()
        record(call, by, "call_handed_back")
    return call


@transactions.atomic
def end_call(*, by: Post, call_id: uuid.UUID, ending: str, now: dt.datetime) -> Call:
    """End a call that becomes no order: silent, abusive, a wrong number. Twice is once. A number
    that was silent three times in a day is called back (`rules.repeats`).

    Raises `Invalid` for another ending, `Conflict` when a colleague has it.
    """
    if ending not in WITHOUT_ORDER:
        problem = _("Say how the call ended.")
        raise Invalid(problem, code="unknown-ending", fields={"ending": problem})
    with protection.viewing(account=by.account_id):
        call = lock_call(by, call_id)
        if call.state == CallState.ENDED and call.ending == ending:
            return call
        if call.orders.exists():
            raise Conflict(_("This call has become a work order already."), code="has-order")
        call = lock_own_call(by, call_id)
        call.draft = None
        finish(call, Ending(ending), now)
        if ending == Ending.SILENT and repeats.calls_for_help(silent_lately(call, now)):
            call.call_back_by = now + repeats.CALL_BACK_WITHIN
            call.save(update_fields=["call_back_by"])
        record(call, by, f"call_{ending}")
    return call


def silent_lately(call: Call, now: dt.datetime) -> int:
    """How often this number was silent within the span; hidden numbers are not counted together."""
    if call.number_digest is None:
        return 0
    return Call.objects.filter(
        number_digest=call.number_digest,
        ending=Ending.SILENT,
        rang_at__gt=now - repeats.SILENT_SPAN,
    ).count()


def finish(call: Call, ending: Ending, now: dt.datetime) -> None:
    """Write down that a locked call is over, and tell."""
    call.state, call.ending, call.ended_at, call.call_back_by = CallState.ENDED, ending, now, None
    call.save()
    outbox.publish(CallEnded(call_id=call.pk, line_id=call.line_id, ending=ending))


def record(call: Call, by: Post, what: str) -> None:
    """An entry of the audit chain: about a call, and about nobody."""
    audit.record(
        action=f"hotline.{what}",
        by=by.account_id,
        subject=f"hotline-call:{call.pk}",
        union_id=call.line.union_id,
    )
