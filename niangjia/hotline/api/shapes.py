"""Work orders as the operations answer them."""

from typing import Any

from niangjia.hotline.models import State, WorkOrder
from niangjia.hotline.rules import aftercare, order_story
from niangjia.hotline.services.order_reading import OrderReading


def order(found: WorkOrder) -> dict[str, Any]:
    """An order as `WorkOrderOut`; of what the person said nothing to whoever had a hand in it."""
    case = found.case
    names = ("number", "grade", "opened_at", "returned_at", "respond_by")
    is_told = not found.took_part
    return {name: getattr(found, name) for name in names} | {
        "line": found.line.number,
        "topic": found.topic.name,
        "category": found.topic.category,
        "urgent": found.urgent or None,
        "union": case.handler if case else found.line.union,
        "case": case.number if case else None,
        "due_at": case.next_due_at if case and case.state == "open" else None,
        "is_fetching": found.page_at is not None,
        "state": aftercare.standing(found).key,
        "call_back": found.call_back or None if is_told else None,
        "level": found.level if is_told else None,
        "quality": found.quality or None if is_told or found.state == State.CLOSED else None,
    }


def detail(reading: OrderReading) -> dict[str, Any]:
    """An order with its history as `WorkOrderDetail`."""
    return order(reading.order) | {
        "turns": reading.turns,
        "happened": [
            {
                "kind": entry.kind,
                "title": str(entry.get_kind_display()),
                "detail": order_story.detail_of(entry, reading.officers, reading.unions),
                "words": words,
                "at": entry.at,
            }
            for entry, words in reading.entries
        ][::-1],
    }
