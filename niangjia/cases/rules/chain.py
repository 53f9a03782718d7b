"""Which unions had a case, one after the other, read off its timeline."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.cases.rules.story import MOVES


@dataclass(frozen=True)
class Leg:
    """One union's turn: how it came there, in which entry, from when until when (None: still)."""

    union_id: uuid.UUID
    kind: str
    entry: int
    since: dt.datetime
    until: dt.datetime | None = None


def may_be_sent_back(entries: Iterable[CaseEntry]) -> CaseEntry | None:
    """The transfer by which the union that has a case now got it, if it was one: what somebody took
    over, was passed up by a step, or was left by a dissolved union, was transferred by nobody."""
    moves = [each for each in entries if each.kind in MOVES and "to" in each.facts]
    if not moves or moves[-1].kind != EntryKind.TRANSFERRED or moves[-1].account_id is None:
        return None
    return moves[-1]


def legs_of(entries: Iterable[CaseEntry]) -> list[Leg]:
    """Who had a case when, in order, from its `entries` in theirs. Nothing else keeps it: the
    timeline is append-only, and every move stands on it."""
    found: list[Leg] = []
    for entry in entries:
        if entry.kind == EntryKind.OPENED and entry.union_id:
            found.append(Leg(entry.union_id, entry.kind, entry.number, entry.at))
        elif entry.kind in MOVES and "to" in entry.facts:
            if found:
                found[-1] = replace(found[-1], until=entry.at)
            to = uuid.UUID(entry.facts["to"])
            found.append(Leg(to, entry.kind, entry.number, entry.at))
        elif entry.kind in (EntryKind.CLOSED, EntryKind.WITHDRAWN) and found:
            found[-1] = replace(found[-1], until=entry.at)
    return found
