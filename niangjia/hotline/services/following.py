"""What a work order does when its case, or the rating of it, has gone on."""

import datetime as dt
import secrets
import uuid

from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.cases.models import State as CaseState
from niangjia.cases.rules.chain import legs_of
from niangjia.cases.rules.linking import MERGED
from niangjia.cases.rules.story import MOVES
from niangjia.cases.selectors.rectification import SUBJECT as CASE
from niangjia.cases.services import telling
from niangjia.core import protection, transactions
from niangjia.feedback.models import Outcome
from niangjia.feedback.selectors import find_latest_invitation, find_rating
from niangjia.hotline.models import CallBackResult, OrderEntryKind, State, WorkOrder
from niangjia.hotline.rules import aftercare
from niangjia.hotline.services import asking, contacts, history, quality
from niangjia.organisations.models import Union


@transactions.atomic
def note_settled(*, case_id: uuid.UUID, now: dt.datetime) -> None:
    """The case of an order has ended: the result goes up, level by level, to everybody who gave it
    on, and the line calls back. Who cannot be called is not: the check looks at those. One that was
    closed in favour of another waits for that one."""
    with protection.working("hotline.settled"):
        order = history.lock_at_work(case_id=case_id, state=State.OPEN)
        case = order.case if order else None
        if order is None or case is None or case.is_open or case.result == MERGED:
            return
        order.handled_at = case.closed_at or now
        order.handled_by = order.unit = case.handler
        order.is_on_time = case.due_breached_at is None and order.handled_at <= case.due_at
        order.page_at = order.returned_at = None
        history.move(order, State.HANDLED, now=now)
        history.write(
            order,
            OrderEntryKind.HANDLED,
            now=now,
            facts={"result": case.result or case.state, "union": str(case.handler_id)},
        )
        legs = legs_of(CaseEntry.objects.filter(case=case).order_by("number"))
        above = {leg.union_id for leg in legs} | {order.line.union_id}
        for union in Union.objects.filter(pk__in=above - {case.handler_id}):
            telling.tell_officers(
                case, union, "desk.order_settled", now=now, facts={"order": order.number}
            )
        if case.state == CaseState.WITHDRAWN or not contacts.can_be_called(order):
            leave_uncalled(order, CallBackResult.NOBODY, now=now)


@transactions.atomic
def note_answered(*, order_id: uuid.UUID, now: dt.datetime) -> None:
    """Something was answered on the spot: everybody is asked how it was (`asking`). Who has said by
    key already that it was bad is waited for, until it is put right. Of those who left a number and
    have not said it yet the line calls back a sample besides, by chance."""
    with protection.working("hotline.answered"):
        order = history.lock_at_work(pk=order_id, state=State.HANDLED, handled_at=None)
        if order is None:
            return
        order.handled_at, order.handled_by, order.is_on_time = (
            order.opened_at,
            order.line.union,
            True,
        )
        order.save(update_fields=["handled_at", "handled_by", "is_on_time"])
        asking.ask(order, now=now)
        level = asking.rate_by_key(order, now=now)
        if aftercare.is_bad(level):
            return
        if not contacts.can_be_called(order):
            leave_uncalled(order, CallBackResult.NOBODY, now=now)
        elif level is not None or secrets.randbelow(100) >= order.line.answered_call_back_percent:
            leave_uncalled(order, CallBackResult.NOT_CHOSEN, now=now)


@transactions.atomic
def note_rated(*, subject_kind: str, subject_id: uuid.UUID, level: int, times: int) -> None:
    """Somebody has rated, for the first, second… time, whichever way: the order says so, for the
    board and the statistics. What is told late, when they are asked again already, says nothing."""
    with protection.working("hotline.rated"):
        order = lock_subject(subject_kind, subject_id)
        if order is None:
            return
        newest = find_latest_invitation(subject_kind, subject_id)
        if newest is not None and newest.round == times and order.level != level:
            order.level = level
            order.save(update_fields=["level"])


def leave_uncalled(order: WorkOrder, why: CallBackResult, *, now: dt.datetime) -> None:
    """Nobody is called about a locked order, for a reason that is kept. As background work."""
    order.call_back, order.called_back_at = why, now
    quality.begin(order, now=now)


@transactions.atomic
def note_moved(
    *, case_id: uuid.UUID, from_union_id: uuid.UUID, to_union_id: uuid.UUID, now: dt.datetime
) -> None:
    """Another union has an order now, and it is counted there. Where the one it was given to sent
    it back, wherever that leads, or passed it up to the line, the line gives it on again. What is
    told late, when it has moved on already, says nothing: the newest move speaks for itself."""
    with protection.working("hotline.returned"):
        order = history.lock_at_work(case_id=case_id, state=State.OPEN)
        if order is None or order.case is None:
            return
        order.unit_id = order.case.handler_id
        order.save(update_fields=["unit"])
        last = last_move(case_id)
        returns = order.entries.filter(kind=OrderEntryKind.RETURNED)
        is_known = last is not None and returns.filter(facts__move=last.number).exists()
        if to_union_id != order.case.handler_id or is_known:
            return
        order.returned_at = None
        order.save(update_fields=["returned_at"])
        is_objected = last is not None and last.kind == EntryKind.OBJECTED
        if is_objected or to_union_id == order.line.union_id:
            come_back(order, from_union_id, now=now)


def last_move(case_id: uuid.UUID) -> CaseEntry | None:
    """What gave a case to the union that has it; None where it was opened there."""
    moves = CaseEntry.objects.filter(case=case_id, kind__in=MOVES, facts__has_key="to")
    return moves.order_by("-number").first()


def come_back(
    order: WorkOrder,
    from_union_id: uuid.UUID,
    *,
    by: uuid.UUID | None = None,
    words: str = "",
    now: dt.datetime,
) -> None:
    """A locked order with a case waits for its line again, whose officers are told. Its history
    says after which move, so that news of that one, late or twice, changes nothing more. As
    background work."""
    assert order.case is not None  # noqa: S101 - what was answered on the spot goes nowhere
    order.returned_at = now
    order.save(update_fields=["returned_at"])
    last = last_move(order.case.pk)
    facts = {"from": str(from_union_id), "move": last.number if last else None}
    history.write(order, OrderEntryKind.RETURNED, now=now, by=by, words=words, facts=facts)
    telling.tell_officers(
        order.case,
        order.line.union,
        "desk.order_returned",
        now=now,
        facts={"order": order.number},
    )


@transactions.atomic
def note_rectification(*, subject_kind: str, subject_id: uuid.UUID, now: dt.datetime) -> None:
    """A bad rating has opened a rectification order: the work order waits for it. One that was
    closed stays closed, and says so."""
    with protection.working("hotline.rectification"):
        order = lock_subject(subject_kind, subject_id)
        if order is None or order.state in (State.OPEN, State.RECTIFYING):
            return
        if order.state != State.CLOSED:
            history.move(order, State.RECTIFYING, now=now)
        history.write(order, OrderEntryKind.RECTIFYING, now=now)


@transactions.atomic
def note_asked_again(*, subject_kind: str, subject_id: uuid.UUID, now: dt.datetime) -> None:
    """It is said to be put right: the person is called once more, and rates again. Whom nobody can
    call may still do so by themselves, and is waited for (`note_rectified`)."""
    with protection.working("hotline.rectification"):
        order = lock_subject(subject_kind, subject_id)
        waits = order is not None and order.state == State.RECTIFYING
        if order is not None and waits and contacts.can_be_called(order):
            quality.call_again(order, now=now)


@transactions.atomic
def note_rectified(
    *, subject_kind: str, subject_id: uuid.UUID, outcome: str, now: dt.datetime
) -> None:
    """The rectification has ended while nobody was calling: the person rated again by their link,
    or did not in time."""
    with protection.working("hotline.rectification"):
        order = lock_subject(subject_kind, subject_id)
        if order is None or order.state != State.RECTIFYING:
            return
        rating = find_rating(subject_kind, subject_id)
        is_satisfied = outcome == Outcome.SATISFIED and rating is not None
        order.level = rating.level if rating else None
        leave_uncalled(
            order,
            CallBackResult.REACHED if is_satisfied else CallBackResult.NOT_REACHED,
            now=now,
        )


def lock_subject(kind: str, subject_id: uuid.UUID) -> WorkOrder | None:
    """The order that a rating is about, locked. As background work."""
    if kind == CASE:
        return history.lock_at_work(case_id=subject_id)
    return history.lock_at_work(pk=subject_id) if kind == contacts.SUBJECT else None
