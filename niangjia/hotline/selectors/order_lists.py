"""The work orders of a line, by what has to be done with them."""

import uuid
from collections.abc import Collection, Mapping, Sequence

from django.db.models import F, Q, QuerySet

from niangjia.hotline.models import State, WorkOrder
from niangjia.hotline.selectors.aftercare import with_hand, worked_on
from niangjia.hotline.selectors.calls import allowed
from niangjia.hotline.selectors.lines import lines_of
from niangjia.members.models import Account, Post
from niangjia.members.selectors.ties import tied_employers

#: What each list narrows to; `account` is left out of what is not for them to do.
TO_GIVE = Q(case__handler=F("line__union")) | Q(returned_at__isnull=False)
AT_THE_LINE = Q(TO_GIVE, state=State.OPEN)
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


def lists_of_orders(
    posts: Sequence[Post], *, account: Account
) -> Mapping[str, QuerySet[WorkOrder]]:
    """Every list as `list_orders` gives it. To whom `account` is tied is asked once for all."""
    tied = tied_employers(account.pk)
    return {key: list_orders(posts, account=account, chosen=key, tied=tied) for key in LISTS}


def list_orders(
    posts: Sequence[Post],
    *,
    account: Account,
    chosen: str = "",
    tied: Collection[uuid.UUID] | None = None,
) -> QuerySet[WorkOrder]:
    """The orders of the lines that `posts` answer, in the list `chosen`. What somebody else has to
    do, because `account` had a hand in it or called back, is not theirs to be shown as work; nor,
    in the list of what is put right, what was said of their own. Order by `-id`. `tied` are the
    employers `account` is tied to, where they are known already. In the scope of `account`."""
    mine = allowed(account, tied)
    found = WorkOrder.objects.filter(mine, LISTS[chosen], line__in=lines_of(posts))
    if chosen in ("call", "check", "rectify"):
        found = found.exclude(worked_on(account))
    if chosen == "check":
        found = found.filter(Q(called_back_by=None) | ~Q(called_back_by=account))
    found = with_hand(found, account)
    return found.select_related("line__union", "topic", "case__handler").order_by("-id")
