"""Giving work orders down the tree to who does them (省 → 市 → 县), and how long they may take."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases import services as cases
from niangjia.cases.models import Case
from niangjia.cases.rules.content import Term
from niangjia.cases.rules.routing import HIGHEST_DEPTH
from niangjia.cases.services import telling
from niangjia.cases.services.pausing import check_reason
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.hotline.models import Grade, OrderEntryKind, State, WorkOrder
from niangjia.hotline.rules import aftercare
from niangjia.hotline.selectors.units import may_keep
from niangjia.hotline.services import following, history
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union

REASON_MIN_LENGTH, REASON_MAX_LENGTH = 10, 500


@transactions.atomic
def dispatch_order(
    *, by: Post, order_id: uuid.UUID, to: Union, reason: str, now: dt.datetime
) -> WorkOrder:
    """The line gives an order to the union that should do it, anywhere below it, wherever it is
    now. That is a transfer of its case, no more: the union may object within five working days and
    then the line hears of it and gives it on again; who had it when stands on the case's timeline.
    What was returned and is that union's all the same stays there: nothing is transferred, the
    reason stands in the order's history, and the union is told.

    Raises `NotFound` out of reach, `Conflict` "other-state" once it is settled, "no-case", and
    what `cases.services.transfer_case` does: `Invalid` on `to` and `reason`."""
    with protection.viewing(account=by.account_id):
        order, post = history.lock_order(by, order_id)
        case = case_given(order)
        if may_keep(order) and to.pk == case.handler_id:
            return leave(order, by=post.account_id, reason=check_reason(reason), now=now)
        cases.transfer_case(
            by=post,
            case_id=case.pk,
            to=to,
            reason=reason,
            action=Action.ANSWER_HOTLINE,
            within=order.line.union,
            now=now,
        )
    return order


def leave(order: WorkOrder, *, by: uuid.UUID, reason: str, now: dt.datetime) -> WorkOrder:
    """A locked order that was returned stays with the union that has it."""
    case = case_given(order)
    with protection.working("hotline.kept"):
        order.returned_at = None
        order.save(update_fields=["returned_at"])
        facts = {"union": str(case.handler_id)}
        history.write(order, OrderEntryKind.KEPT, now=now, by=by, words=reason, facts=facts)
        telling.tell_officers(
            case, case.handler, "desk.order_kept", now=now, facts={"order": order.number}
        )
    return order


@transactions.atomic
def return_order(*, by: Post, order_id: uuid.UUID, reason: str, now: dt.datetime) -> WorkOrder:
    """The union that has an order says that it is not theirs to do, also of one that was opened
    there at once: the line has it again. The line of the whole country, whose union handles no case
    itself, gives it on from where it is, and its clock runs on there until then. Twice is once.

    Raises `NotFound` for whoever does not decide cases where it is, `Conflict` "other-state",
    "no-case", "at-the-line"; `Invalid` on `reason`.
    """
    reason = reason.strip()
    if not REASON_MIN_LENGTH <= len(reason) <= REASON_MAX_LENGTH:
        problem = _("Say why it is not yours to do, in 10 to 500 characters.")
        raise Invalid(problem, code="reason-needed", fields={"reason": problem})
    with protection.viewing(account=by.account_id):
        order, post = history.access_seen(by, order_id, Action.DECIDE_CASES)
        case, line = case_given(order), order.line.union
        if not post.scope.covers(case.handler_path):
            raise history.not_found()
        if case.handler_id == line.pk:
            raise Conflict(_("The line has it already."), code="at-the-line")
        if line.depth >= HIGHEST_DEPTH:
            try:
                cases.transfer_case(by=post, case_id=case.pk, to=line, reason=reason, now=now)
            except Invalid as refusal:
                raise Invalid(
                    refusal.message, code=refusal.code, fields={"reason": refusal.message}
                ) from refusal
            return order
    with protection.working("hotline.returned"):
        waiting = history.lock_at_work(pk=order_id, state=State.OPEN, returned_at=None)
        if waiting is not None:
            following.come_back(waiting, case.handler_id, by=by.account_id, words=reason, now=now)
    return waiting or order


@transactions.atomic
def grade_order(
    *, by: Post, order_id: uuid.UUID, grade: str, reason: str, now: dt.datetime
) -> WorkOrder:
    """Another grade (一般、难点、特别复杂), for a reason that the caller reads, before the term has
    run out: the case has the line's days for it from the day it began. The same grade again changes
    nothing. Raises `TooLate` once the term is over, `Invalid` on `grade` and `reason`."""
    if grade not in Grade.values:
        problem = _("Choose how hard it is.")
        raise Invalid(problem, code="unknown-grade", fields={"grade": problem})
    with protection.viewing(account=by.account_id):
        order, post = history.lock_order(by, order_id)
        case_id = case_of(order)
        if order.grade == grade:
            return order
        try:
            cases.promise_term(
                by=post,
                case_id=case_id,
                term=Term(days=order.line.days_for(grade)),
                reason=reason,
                action=Action.ANSWER_HOTLINE,
                now=now,
            )
        except Invalid as refusal:
            if "term" in refusal.fields:
                raise Invalid(
                    refusal.message, code=refusal.code, fields={"grade": refusal.fields["term"]}
                ) from refusal
            raise
        facts = {"from": order.grade, "to": grade}
        order.grade = grade
        order.save(update_fields=["grade"])
        history.write(
            order, OrderEntryKind.GRADED, now=now, by=by.account_id, words=reason, facts=facts
        )
    return order


def case_of(order: WorkOrder) -> uuid.UUID:
    """The case of an order that is being handled. Raises `Conflict`."""
    return case_given(order).pk


def case_given(order: WorkOrder) -> Case:
    """The same as it was read with the order."""
    if order.case is None:
        raise Conflict(
            _("This was answered on the spot; there is nothing to give on."), code="no-case"
        )
    aftercare.check_state(order, State.OPEN)
    case: Case = order.case
    return case
