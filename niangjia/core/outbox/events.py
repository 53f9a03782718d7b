"""Event types and who wants to hear of them."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter


@dataclass(frozen=True)
class Event:
    """A fact in the past tense. Fields are ids, numbers, dates and short codes; no names."""


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]

types: dict[str, type[Event]] = {}
handlers: dict[str, dict[str, Handler]] = defaultdict(dict)


def type_name(event_type: type[Event]) -> str:
    """The stable name of an event type: its room and class, as in `members.MemberAdmitted`."""
    room = event_type.__module__.split(".")[1]
    return f"{room}.{event_type.__name__}"


def handler_name(handler: Handler) -> str:
    """The stable name of a handler. Renaming a function makes it a new subscriber."""
    return f"{handler.__module__}.{handler.__qualname__}"


def subscribe(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a handler (load by id, call one service).

    It runs after the event's transaction, in one of its own, and takes effect once per event. One
    that raises is tried again later, so it must not act outside the database.
    """

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        name = type_name(event_type)
        types[name] = event_type
        handlers[name][handler_name(handler)] = handler
        return handler

    return register


def packed(event: Event) -> Any:
    """The fields of `event` as JSON."""
    return adapter(type(event)).dump_python(event, mode="json")


def unpacked(name: str, payload: Mapping[str, Any]) -> Event:
    """The event that `packed` was given, its ids and dates as ids and dates again."""
    event: Event = adapter(types[name]).validate_python(payload)
    return event


#: What reads and writes the fields of a type: making it costs more than using it.
adapters: dict[type[Event], TypeAdapter[Any]] = {}


def adapter(event_type: type[Event]) -> TypeAdapter[Any]:
    """The one of this type, made on first use."""
    if event_type not in adapters:
        adapters[event_type] = TypeAdapter(event_type)
    return adapters[event_type]
