"""The work order beside a case, and of a bad rating, on the pages of the rooms below."""

import uuid
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.cases.models import Case
from niangjia.cases.rules.beside import Beside
from niangjia.core.prepared import Asked, asked
from niangjia.feedback.rules.subjects import Subject
from niangjia.hotline.models import WorkOrder
from niangjia.hotline.selectors.orders import visible_orders
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding


def order_of(case: Case, posts: Sequence[Post], account: Account) -> Asked[list[Beside]]:
    """The question for the order a case began with, for those who may open it: the same rule as its
    own page. In the scope of `account`; nothing for whoever answers no hotline."""
    answers = holding(posts, Action.ANSWER_HOTLINE)
    orders = visible_orders(posts, account=account) if answers else WorkOrder.objects.none()
    return asked(orders.filter(case=case).values_list("number", flat=True), shown)


def shown(numbers: Iterable[str]) -> list[Beside]:
    """Each order with its page."""
    return [
        Beside(_("12351 work order %(number)s") % {"number": n}, reverse("hotline:order", args=[n]))
        for n in numbers
    ]


def subject_of(order_id: uuid.UUID, posts: Sequence[Post], account: Account) -> Subject | None:
    """The answer on the spot that was rated badly, for those who may open it. In the scope of
    `account`. One query, none for whoever answers no hotline."""
    if not holding(posts, Action.ANSWER_HOTLINE):
        return None
    orders = visible_orders(posts, account=account).filter(pk=order_id)
    number = orders.values_list("number", flat=True).first()
    if number is None:
        return None
    label = _("12351 work order %(number)s") % {"number": number}
    return Subject(number, label, reverse("hotline:order", args=[number]))
