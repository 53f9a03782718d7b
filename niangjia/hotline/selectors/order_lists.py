"""The work orders of a line, by what has to be done with them."""

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from niangjia.hotline.models import State, WorkOrder
from niangjia.hotline.selectors.calls import allowed
from niangjia.hotline.selectors.lines import lines_of
from niangjia.members.models import Account, Post

#: What each list narrows to; `account` is left out of what is not for them to do.
AT_THE_LINE = Q(state=State.OPEN, case__handler=F("line__union"))
LISTS: dict[str, Q] = {
    "": ~Q(state=State.CLOSED),
    "urgent": Q(page_at__isnull=False),
    "dispatch": AT_THE_LINE,
    "unions": Q(state=State.OPEN) & ~AT_THE_LINE,
    "call": Q(state=State.HANDLED),
    "rectify": Q(state=State.RECTIFYING),
    "check": Q(state=State.CALLED_BACK),
    "closed": Q(state=State.CLOSED),
}
COUNT_LIMIT = 999


def list_orders(
    posts: Sequence[Post], *, account: Account, chosen: str = ""
) -> QuerySet[WorkOrder]:
    """The orders of the lines that `posts` answer, in the list `chosen`. What somebody else has to
    do, because `account` took the call or called back, is not theirs to be shown as work. Order by
    `-id`. In the scope of `account`."""
    found = WorkOrder.objects.filter(allowed(account), LISTS[chosen], line__in=lines_of(posts))
    if chosen in ("call", "check"):
        found = found.exclude(agent=account)
    if chosen == "check":
        found = found.filter(Q(called_back_by=None) | ~Q(called_back_by=account))
    return found.select_related("line__union", "topic", "case__handler").order_by("-id")


def count_orders(orders: QuerySet[WorkOrder]) -> int:
    """How many, looking at no more than `COUNT_LIMIT` + 1."""
    return orders.select_related(None).order_by()[: COUNT_LIMIT + 1].count()
