"""Things of several rooms on one page, without those rooms knowing each other.

A page that gathers services, places and whatever else there is keeps of each its kind and its key.
Each room registers, from its `AppConfig`, how things of its kind are listed and found; only it
knows what they are, whether they are still there, and who may see them.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Gathered:
    """One thing as such a page shows it. `key` is its name for good, in its own room."""

    key: str
    title: str
    text: str
    url: str
    icon: str


@dataclass(frozen=True)
class Source:
    """Things of one kind. `listed` are those that can be chosen for a union's page, bounded;
    `found` are those of the keys that everybody may see now. Both take the union, and ask one
    question each."""

    kind: str
    label: Promise
    listed: Callable[[Any], list[Gathered]]
    found: Callable[[Any, Collection[str]], list[Gathered]]


sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Declare things of one kind. Called from an AppConfig; again changes nothing."""
    sources[source.kind] = source


def find(union: Any, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Gathered]:
    """What is still there of `wanted` (kind and key), for a page of `union`. One question for each
    kind; a kind that no room knows any more is left out, like a thing that is gone."""
    by_kind: dict[str, set[str]] = {}
    for kind, key in wanted:
        by_kind.setdefault(kind, set()).add(key)
    return {
        (kind, thing.key): thing
        for kind, keys in by_kind.items()
        if kind in sources
        for thing in sources[kind].found(union, keys)
    }
