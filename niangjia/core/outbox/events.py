"""Event types and who wants to hear of them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True)
class Event:
    """A fact in the past tense. Fields are ids, numbers, dates and short codes; no names."""


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]

types: dict[str, type[Event]] = {}
handlers: dict[str, list[Handler]] = defaultdict(list)


def type_name(event_type: type[Event]) -> str:
    """The stable name of an event type: its room and class, as in `members.MemberAdmitted`."""
    room = event_type.__module__.split(".")[1]
    return f"{room}.{event_type.__name__}"


def subscribe(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a handler (load by id, call one service). Runs once per event, atomically."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        name = type_name(event_type)
        types[name] = event_type
        handlers[name].append(handler)
        return handler

    return register
