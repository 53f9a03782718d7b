"""Opening what was said about a work order: recorded, as every opening is."""

from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.cases.services.reading import HANDLING
from niangjia.core import audit, protection, transactions
from niangjia.hotline.models import OrderEntry, Page, WorkOrder
from niangjia.hotline.selectors import access_order
from niangjia.hotline.selectors.aftercare import list_order_entries
from niangjia.hotline.selectors.units import Turn, whereabouts
from niangjia.hotline.services import history
from niangjia.members.models import Account, Post


@dataclass(frozen=True)
class OrderReading:
    """An order with where it was, what happened to it with the words that were said, and whom it
    fetched."""

    order: WorkOrder
    turns: Sequence[Turn]
    entries: Sequence[tuple[OrderEntry, str]]
    pages: Sequence[Page]


@transactions.atomic
def read_order(*, by: Account, posts: Sequence[Post], number: str) -> OrderReading:
    """Open an order for an officer who works on it. What callers said in the first place lies in
    the case, and is opened there; here lies what they said when they were called back. Raises
    `NotFound` out of reach."""
    with protection.viewing(account=by.pk):
        order = access_order(posts, number, account=by)
        entries = list(list_order_entries(order))
        turns = whereabouts(order)
        pages = list(order.pages.select_related("account__person").order_by("asked_at"))
        said = [(entry, history.words_of(order, entry)) for entry in entries]
        if any(words for _entry, words in said):
            audit.record(
                action="hotline.order_read",
                by=by.pk,
                subject=f"work-order:{order.pk}",
                union_id=order.line.union_id,
                purpose=HANDLING,
            )
    return OrderReading(order, turns, said, pages)
