"""Whom to call about an order, and the invitation that is answered on the phone."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.selectors.rectification import SUBJECT as CASE
from niangjia.cases.services import calling_back as cases
from niangjia.core.errors import Conflict
from niangjia.feedback import services as feedback
from niangjia.feedback.models import Invitation
from niangjia.feedback.selectors import find_latest_invitation
from niangjia.feedback.services.inviting import Invited
from niangjia.hotline.models import WorkOrder
from niangjia.hotline.services import sealing
from niangjia.members.models import Account

#: What ratings of answers on the spot are filed under.
SUBJECT = "work-order"
ITEM = "hotline-answer"
ITEM_NAME = {"zh": "12351 热线解答", "en": "Answer on the 12351 hotline"}


def can_be_called(order: WorkOrder) -> bool:
    """Whether there is a number. As background work: what is opened goes no further than this."""
    if order.case is None:
        return bool(sealing.opened_json(order, "words").get("phone"))
    return cases.can_be_called(order.case)


def leads_to_a_call(order_id: uuid.UUID) -> bool:
    """Whether whoever was answered on the spot left a number. As background work."""
    order = WorkOrder.objects.filter(pk=order_id, case__isnull=True).first()
    return order is not None and can_be_called(order)


def invitation_of(order: WorkOrder, *, now: dt.datetime) -> Invitation:
    """The newest invitation to rate what an order asked for: its case's, or one that is made here
    for an answer on the spot. As background work. Raises `Conflict` when there is none."""
    kind, subject = (CASE, order.case_id) if order.case_id else (SUBJECT, order.pk)
    found = find_latest_invitation(kind, subject)
    if found is None and order.case_id is None:
        found = invite(order, account=None, now=now).invitation
    if found is None:
        raise Conflict(_("There is nothing to rate about this case."), code="no-invitation")
    return found


def invite(order: WorkOrder, *, account: Account | None, now: dt.datetime) -> Invited:
    """Ask for a rating of an answer on the spot: `account` in its inbox, whoever else by the link
    or on the phone. As background work."""
    return feedback.invite_rating(
        subject_kind=SUBJECT,
        subject_id=order.pk,
        item_key=ITEM,
        item_name=ITEM_NAME,
        union=order.line.union,
        rated=order.agent,
        person=account.person if account else None,
        account=account,
        finished_at=order.opened_at,
        now=now,
    )
