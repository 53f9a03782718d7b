"""Work orders. Every read happens inside a viewer's scope: see `core.protection`."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.selectors import visible_cases
from niangjia.core.errors import NotFound
from niangjia.core.prepared import first
from niangjia.hotline.models import Call, Channel, WorkOrder
from niangjia.hotline.selectors.aftercare import with_hand
from niangjia.hotline.selectors.calls import allowed
from niangjia.hotline.selectors.lines import lines_of
from niangjia.members.models import Account, Post

#: The order of a list, for `core.pagination.page_of`.
NEWEST = ("-id",)


def visible_orders(posts: Sequence[Post], *, account: Account) -> QuerySet[WorkOrder]:
    """The orders that `posts` of `account` may see: of lines they answer, and those whose case they
    may see."""
    of_line = Q(line__in=lines_of(posts)) & allowed(account)
    of_case = Q(case__in=visible_cases(posts, account=account))
    return WorkOrder.objects.filter(of_line | of_case).select_related(
        "line__union", "topic", "case__handler", "case__item"
    )


def access_order(posts: Sequence[Post], number: str, *, account: Account) -> WorkOrder:
    """One of them, by its number. Raises `NotFound`."""
    orders = visible_orders(posts, account=account).select_related("case__division")
    found = first(with_hand(orders, account).filter(number=number))
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def was_written(order: WorkOrder) -> bool:
    """Whether the order came by message and not by voice or on paper. In a viewer's scope."""
    return Call.objects.filter(pk=order.call_id, channel=Channel.PORTAL).exists()
