"""Opening what was said about a work order: recorded, as every opening is."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from niangjia.cases.rules.chain import legs_of
from niangjia.cases.selectors.surroundings import officers_named
from niangjia.cases.services.reading import HANDLING
from niangjia.core import audit, protection, transactions
from niangjia.core.prepared import asked, together
from niangjia.hotline.models import OrderEntry, Page, WorkOrder
from niangjia.hotline.rules import aftercare, order_story
from niangjia.hotline.selectors import access_order
from niangjia.hotline.selectors.aftercare import (
    callers_in,
    list_moves,
    list_order_entries,
)
from niangjia.hotline.selectors.units import Turn
from niangjia.hotline.services import history
from niangjia.members.models import Account, Post
from niangjia.organisations.models import Union


@dataclass(frozen=True)
class OrderReading:
    """An order with where it was, what happened to it with the words that were said, whom it
    fetched, and who called back; and the names of whom all that speaks of."""

    order: WorkOrder
    turns: Sequence[Turn]
    entries: Sequence[tuple[OrderEntry, str]]
    pages: Sequence[Page]
    callers: Collection[uuid.UUID]
    officers: Mapping[uuid.UUID, str]
    unions: Mapping[uuid.UUID, str]


@transactions.atomic
def read_order(*, by: Account, posts: Sequence[Post], number: str) -> OrderReading:
    """Open an order for an officer who works on it. What callers said in the first place lies in
    the case, and is opened there; here lies what they said when they were called back: nothing of
    that is for whoever had a hand in it. Raises `NotFound` out of reach. Two trips to the database
    besides finding it."""
    with protection.viewing(account=by.pk):
        order = access_order(posts, number, account=by)
        entries, timeline, pages = together(
            asked(list_order_entries(order)),
            asked(list_moves(order)),
            asked(order.pages.select_related("account__person").order_by("asked_at")),
        )
        if order.took_part:
            entries = [each for each in entries if each.kind not in aftercare.OF_THE_PERSON]
        legs = legs_of(timeline)
        accounts, unions = order_story.ids_in(entries)
        officers, found = together(
            officers_named(accounts | {order.agent_id} if order.agent_id else accounts),
            asked(Union.objects.filter(pk__in=unions | {leg.union_id for leg in legs})),
        )
        at = {union.pk: union for union in found}
        said = [(entry, history.words_of(order, entry)) for entry in entries]
        if any(words for _entry, words in said):
            audit.record(
                action="hotline.order_read",
                by=by.pk,
                subject=f"work-order:{order.pk}",
                union_id=order.line.union_id,
                purpose=HANDLING,
            )
    return OrderReading(
        order=order,
        turns=[Turn(at[leg.union_id], leg.kind, leg.since, leg.until) for leg in legs],
        entries=said,
        pages=pages,
        callers=callers_in(entries),
        officers=officers,
        unions={union.pk: union.name for union in found},
    )
