"""Which letters are owed: outcomes were taken that they go out with, and nobody has written
them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from niangjia.cases.models import EntryKind
from niangjia.cases.rules.content import Item, LetterTemplate


class Taken(Protocol):
    """An entry of the timeline."""

    @property
    def kind(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def at(self) -> dt.datetime: ...


@dataclass(frozen=True)
class Owed:
    """A letter that goes out with an outcome taken at `since`."""

    template: LetterTemplate
    since: dt.datetime


def owed(item: Item, entries: Sequence[Taken], written: Iterable[str]) -> list[Owed]:
    """The letters that are owed, one for each outcome that names one and has no letter yet.
    `written` are the templates of the letters that hold: one that was withdrawn is owed again."""
    left = list(written)
    found = []
    for entry in entries:
        if entry.kind != EntryKind.STEP or not (step := item.step(entry.step)):
            continue
        outcome = step.outcome(entry.outcome)
        template = item.letter(outcome.document) if outcome and outcome.document else None
        if template is None:
            continue
        if template.key in left:
            left.remove(template.key)
        else:
            found.append(Owed(template, entry.at))
    return found
