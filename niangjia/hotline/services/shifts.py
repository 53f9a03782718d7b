"""Shifts: beginning, handing over, acknowledging."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.hotline.models import Call, CallState, HandOver, HandOverKind, Line, Shift
from niangjia.hotline.selectors import visible_calls
from niangjia.hotline.services import sealing
from niangjia.members.models import Post

LONGEST_NOTE = 2000
LONGEST_WORDS = 300


@transactions.atomic
def begin_shift(*, by: Post, line: Line, now: dt.datetime) -> Shift:
    """Come on duty. What the shift before handed over is acknowledged first (`acknowledge_shift`);
    until then one can take calls, and is reminded. Twice is once.

    Raises `Conflict` while one is on duty at another line.
    """
    running = Shift.objects.select_for_update().filter(account=by.account, ended_at=None).first()
    if running is not None:
        if running.line_id != line.pk:
            raise Conflict(_("End your shift at the other line first."), code="on-duty-elsewhere")
        return running
    shift = Shift.objects.create(line=line, account=by.account, began_at=now)
    record(shift, by, "shift_began")
    return shift


@transactions.atomic
def end_shift(
    *,
    by: Post,
    shift_id: uuid.UUID,
    note: str = "",
    words: Mapping[uuid.UUID, str] | None = None,
    now: dt.datetime,
) -> Shift:
    """Go off duty and hand over: a general note, and every call that is not finished or must be
    called back, each with a word of its own (`words`, by call). Calls one still has in hand are put
    back among those that wait. Twice is once.

    The general note is read by everybody of the line, so nothing about a caller belongs there; what
    stands with a call is shown only to those who may see the call. Raises `Invalid` on `note`.
    """
    if len(note) > LONGEST_NOTE:
        problem = _("At most 2,000 characters.")
        raise Invalid(problem, code="note-too-long", fields={"note": problem})
    shift = own_shift(by, shift_id)
    if shift.ended_at is not None:
        return shift
    with protection.viewing(account=by.account_id):
        for call in left_over(by, shift.line):
            said = (words or {}).get(call.pk, "").strip()[:LONGEST_WORDS]
            hand_over(shift, call, said)
    shift.ended_at, shift.note = now, note.strip() or None
    shift.save()
    record(shift, by, "shift_ended")
    return shift


@transactions.atomic
def acknowledge_shift(*, by: Post, shift_id: uuid.UUID, now: dt.datetime) -> Shift:
    """Say that one has read what a colleague handed over. The first who says so has it; nobody
    acknowledges their own. Raises `Conflict`."""
    shift = Shift.objects.select_for_update(of=("self",)).select_related("line").get(pk=shift_id)
    if shift.ended_at is None or shift.account_id == by.account_id:
        raise Conflict(_("A colleague has to take this over."), code="not-yours-to-acknowledge")
    if shift.acknowledged_at is None:
        shift.acknowledged_by, shift.acknowledged_at = by.account, now
        shift.save()
        record(shift, by, "shift_acknowledged")
    return shift


def own_shift(by: Post, shift_id: uuid.UUID) -> Shift:
    """One's own shift, locked. Raises `Conflict`."""
    found = Shift.objects.select_for_update(of=("self",)).select_related("line__union")
    shift = found.filter(pk=shift_id, account=by.account).first()
    if shift is None:
        raise Conflict(_("This is not your shift."), code="not-your-shift")
    return shift


def left_over(by: Post, line: Line) -> list[Call]:
    """What the next shift has to know of: calls that wait or are in one's hands, and those to be
    called back. In the scope of `by`."""
    found = visible_calls([by], account=by.account).filter(line=line).order_by("rang_at", "id")
    return [
        call
        for call in found.exclude(state=CallState.ENDED, call_back_by=None)[:200]
        if call.agent_id in (None, by.account_id) or call.call_back_by is not None
    ]


def hand_over(shift: Shift, call: Call, words: str) -> HandOver:
    """One call of those, back among the waiting, with its word sealed under its own key."""
    kind = HandOverKind.CALL_BACK if call.call_back_by else HandOverKind.OPEN
    if call.state == CallState.TAKEN and call.agent_id == shift.account_id:
        call.state, call.agent, call.taken_at = CallState.WAITING, None, None
        call.save()
    sealed = sealing.key_of(call).seal(words, part="hand-over") if words else None
    return HandOver.objects.create(shift=shift, call=call, kind=kind, words=sealed)


def words_of(hand_over: HandOver) -> str:
    """What was said of a call. Its reader is shown the call."""
    if hand_over.words is None or not hand_over.call.sealed_key:
        return ""
    return sealing.key_of(hand_over.call).unseal(hand_over.words, part="hand-over")


def record(shift: Shift, by: Post, what: str) -> None:
    """An entry of the audit chain about a shift."""
    audit.record(
        action=f"hotline.{what}",
        by=by.account_id,
        subject=f"hotline-shift:{shift.pk}",
        union_id=shift.line.union_id,
    )
