"""Work orders as the operations answer them."""

from typing import Any

from niangjia.hotline.models import WorkOrder
from niangjia.hotline.rules import order_story
from niangjia.hotline.services.order_reading import OrderReading


def order(found: WorkOrder) -> dict[str, Any]:
    """An order as `WorkOrderOut`."""
    case = found.case
    names = ("number", "grade", "state", "opened_at", "respond_by", "level")
    return {name: getattr(found, name) for name in names} | {
        "line": found.line.number,
        "topic": found.topic.name,
        "category": found.topic.category,
        "urgent": found.urgent or None,
        "union": case.handler if case else found.line.union,
        "case": case.number if case else None,
        "due_at": case.next_due_at if case and case.state == "open" else None,
        "is_fetching": found.page_at is not None,
        "call_back": found.call_back or None,
        "quality": found.quality or None,
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
