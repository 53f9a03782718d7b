"""Objections to a public notice, read off the timeline of a case."""

from collections.abc import Iterable

from niangjia.cases.models import CaseEntry, EntryKind

#: In the facts of a note by which an officer answers those that came before it.
UNFOUNDED = "unfounded"


def last_unanswered(entries: Iterable[CaseEntry]) -> CaseEntry | None:
    """The latest objection since the present step began that no officer has answered, from
    `entries` in their order; None where there is none."""
    found = None
    for entry in entries:
        if entry.kind == EntryKind.OBJECTED_TO_NOTICE:
            found = entry
        elif entry.kind == EntryKind.STEP or UNFOUNDED in entry.facts:
            found = None
    return found
