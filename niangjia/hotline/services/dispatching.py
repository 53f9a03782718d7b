"""Giving work orders down the tree to who does them (省 → 市 → 县), and how long they may take."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases import services as cases
from niangjia.cases.rules.content import Term
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.hotline.models import Grade, OrderEntryKind, State, WorkOrder
from niangjia.hotline.rules import aftercare
from niangjia.hotline.services import history
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union


@transactions.atomic
def dispatch_order(
    *, by: Post, order_id: uuid.UUID, to: Union, reason: str, now: dt.datetime
) -> WorkOrder:
    """The line gives an order to the union that should do it, one or several levels down. That is a
    transfer of its case, no more: the union may object within five working days and then the line
    has it again, and who had it when stands on the case's timeline.

    Raises `NotFound` out of reach, `Conflict` "other-state" once it is settled, "no-case", and
    what `cases.services.transfer_case` does: `Invalid` on `to` and `reason`.
    """
    with protection.viewing(account=by.account_id):
        order, post = history.lock_order(by, order_id)
        case_id = case_of(order)
        cases.transfer_case(
            by=post, case_id=case_id, to=to, reason=reason, action=Action.ANSWER_HOTLINE, now=now
        )
    return order


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
    if order.case_id is None:
        raise Conflict(
            _("This was answered on the spot; there is nothing to give on."), code="no-case"
        )
    aftercare.check_state(order, State.OPEN)
    return order.case_id
