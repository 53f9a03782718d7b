"""Rectification orders as officers see them: never those about their own work."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import protection, scope
from niangjia.core.errors import NotFound
from niangjia.feedback.models import OrderStep, RectificationOrder, Stage
from niangjia.feedback.rules import orders as rules
from niangjia.feedback.selectors.officers import is_highest_able
from niangjia.feedback.selectors.protection import open_to
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.rules.urgency import Urgency
from niangjia.members.selectors import inbox, reaches

#: The order of the queue, for `core.pagination.page_of`.
ORDER = ("due_at", "id")
#: The orders whose clock runs.
RUNNING = ~Q(stage__in=(Stage.CLOSED, Stage.RATE_AGAIN))


@dataclass(frozen=True)
class OrderCounts:
    """How many orders run, are late, wait for a review, and wait for the person."""

    running: int
    late: int
    to_review: int
    rate_again: int


def visible_orders(account: Account, posts: Sequence[Post]) -> QuerySet[RectificationOrder]:
    """Every order these posts of `account` may open: those of unions within reach, those they are
    to review, and none about their own work or about an employer they are tied to."""
    where = reaches(posts, Action.RECTIFY)
    mine = (
        scope.within(where, field="handled_by__path")
        | scope.within(where, field="union__path")
        | (Q(stage=Stage.REVIEW) & scope.within(where, field="handled_by__parent__path"))
    )
    return RectificationOrder.objects.filter(mine, open_to(account), not_own(account))


def not_own(account: Account) -> Q:
    """The rows that are not about this account's own work."""
    return Q(rated__isnull=True) | ~Q(rated=account)


def list_orders(
    account: Account, posts: Sequence[Post], *, stage: str = "", late_at: dt.datetime | None = None
) -> QuerySet[RectificationOrder]:
    """The queue: open orders, those that wait for a union first asked by `ORDER`. `stage` narrows
    to one stage; `late_at` to those late at that moment."""
    found = visible_orders(account, posts).select_related(
        "union", "handled_by", "rating__invitation"
    )
    found = found.filter(stage=stage) if stage else found.filter(RUNNING)
    return found.filter(RUNNING, due_at__lt=late_at) if late_at else found


def count_orders(account: Account, posts: Sequence[Post], now: dt.datetime) -> OrderCounts:
    """The queue in numbers. One query."""
    open_ones = visible_orders(account, posts).exclude(stage=Stage.CLOSED)
    with protection.viewing(account=account.pk):
        row = open_ones.aggregate(
            running=Count("pk", filter=RUNNING),
            late=Count("pk", filter=RUNNING & Q(due_at__lt=now)),
            to_review=Count("pk", filter=Q(stage=Stage.REVIEW)),
            rate_again=Count("pk", filter=Q(stage=Stage.RATE_AGAIN)),
        )
    return OrderCounts(**row)


def access_order(account: Account, posts: Sequence[Post], number: str) -> RectificationOrder:
    """The order with this number. Raises `NotFound`: out of reach, about one's own work and missing
    answer alike."""
    wanted = (
        visible_orders(account, posts)
        .filter(number=number.replace(" ", ""))
        .select_related(
            "union",
            "handled_by__parent",
            "rating__invitation__person",
            "rating__invitation__account",
        )
    )
    with protection.viewing(account=account.pk):
        found = wanted.first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def find_order(subject_kind: str, subject_id: uuid.UUID) -> RectificationOrder | None:
    """The order on a service, for the room it lies in and for the person who rated."""
    return (
        RectificationOrder.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
        .select_related("handled_by", "union", "rating")
        .first()
    )


def list_steps(order: RectificationOrder) -> QuerySet[OrderStep]:
    """What happened to an order, in turn."""
    return order.steps.select_related("union").order_by("id")


def urgencies(orders: Sequence[RectificationOrder], now: dt.datetime) -> list[Urgency | None]:
    """How urgent each is, in its order, by the calendar of the province that handles it; None where
    it waits for the person or is closed. One query."""
    due = [(order.due_at, order.handled_by.division_id) for order in orders]
    found = inbox.urgencies(due, now)
    return [each if order.runs else None for order, each in zip(orders, found, strict=True)]


def find_step_post(posts: Sequence[Post], order: RectificationOrder, step: str) -> Post | None:
    """The one of `posts` that entitles to `step` of this order: the nearest, or None."""
    is_highest = is_highest_able(order)
    fit = [post for post in posts if rules.may_take(post, order, step, is_highest=is_highest)]
    return max(fit, key=lambda post: post.union.depth, default=None)


def access_step_post(posts: Sequence[Post], order: RectificationOrder, step: str) -> Post:
    """`find_step_post`, or `NotFound`."""
    if post := find_step_post(posts, order, step):
        return post
    raise NotFound(_("There is no such page"))
