"""The timeline in words, for whoever reads it."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from niangjia.cases.models import CaseEntry, EntryKind, LinkKind, LinkState, Mended, Way
from niangjia.cases.rules.content import Item, Text
from niangjia.cases.rules.letters.wording import letter_in_words, naming_in_words
from niangjia.cases.rules.objections import UNFOUNDED
from niangjia.cases.rules.wording import RESULTS, Answered, day_in_words, in_words
from niangjia.core import clock

#: Entries that carry no news for the applicant beyond their words are shown quietly.
QUIET = {EntryKind.REMINDED, EntryKind.ASSIGNED, EntryKind.NOTE, EntryKind.RESUMED}
BAD = {EntryKind.BREACHED}
#: What may hand a case from one union to another; `facts` then say "from" and "to".
MOVES = {EntryKind.STEP, EntryKind.TRANSFERRED, EntryKind.OBJECTED, EntryKind.TAKEN_OVER}


class Said(Protocol):
    """What stands sealed in an entry, opened."""

    @property
    def words(self) -> str: ...
    @property
    def answers(self) -> Mapping[str, Any]: ...


class Handed(Protocol):
    """A file that was handed in with an entry."""

    @property
    def name(self) -> str: ...
    @property
    def entry_id(self) -> uuid.UUID | None: ...


@dataclass(frozen=True)
class Names:
    """What ids are called: officers by account, unions by id. A worker is told unions only."""

    officers: Mapping[uuid.UUID, str] = field(default_factory=dict)
    unions: Mapping[uuid.UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Happening:
    """One thing that happened, ready to be read."""

    number: int
    title: str
    at: dt.datetime
    union: str
    who: str
    detail: str
    words: str
    answers: Sequence[Answered]
    is_public: bool
    tone: str
    files: Sequence[Handed] = ()


def told(
    timeline: Sequence[tuple[CaseEntry, Said]],
    item: Item,
    names: Names,
    *,
    to_applicant: bool,
    files: Mapping[str, Handed] | None = None,
) -> list[Happening]:
    """The timeline in its order, each entry with the `files` that came with it. To the applicant
    the entries are numbered as they are shown: gaps would tell how much there is besides."""
    all_of_it = [
        happening(entry, said, item, names, to_applicant, files or {}) for entry, said in timeline
    ]
    if not to_applicant:
        return all_of_it
    return [replace(each, number=place) for place, each in enumerate(all_of_it, 1)]


def happening(
    entry: CaseEntry,
    said: Said,
    item: Item,
    names: Names,
    to_applicant: bool,
    files: Mapping[str, Handed],
) -> Happening:
    """One entry."""
    step, is_step = item.step(entry.step), entry.kind == EntryKind.STEP
    return Happening(
        number=entry.number,
        title=title_of(entry, item, to_applicant),
        at=entry.at,
        union=entry.union.name if entry.union else "",
        who=who_acted(entry, names),
        detail=detail_of(entry, names),
        words=said.words,
        # Elsewhere lies what only the applicant finds, as the link by which they rate.
        answers=in_words(step.form, said.answers, files) if step and is_step else [],
        is_public=entry.is_public,
        tone="bad" if entry.kind in BAD else "quiet" if entry.kind in QUIET else "",
        files=[file for file in files.values() if file.entry_id == entry.pk],
    )


def who_acted(entry: CaseEntry, names: Names) -> str:
    """Who it was, and for whom they stood in."""
    who = names.officers.get(entry.account_id, "") if entry.account_id else ""
    if who and (absent := entry.facts.get("for")):
        return gettext("%(who)s, for %(absent)s") % {
            "who": who,
            "absent": called(absent, names.officers),
        }
    return who


def title_of(entry: CaseEntry, item: Item, to_applicant: bool) -> str:
    """What happened: for a step, its name and how it ended; for a message, who wrote it."""
    if entry.kind == EntryKind.STEP and (step := item.step(entry.step)):
        outcome = step.outcome(entry.outcome)
        return gettext("%(step)s: %(outcome)s") % {
            "step": step.name,
            "outcome": outcome.name if outcome else "",
        }
    if entry.kind == EntryKind.MESSAGE:
        if entry.union is not None:
            return gettext("The union wrote")
        return gettext("You wrote") if to_applicant else gettext("The applicant wrote")
    if entry.kind == EntryKind.WITHDRAWN:
        return gettext("You took it back") if to_applicant else gettext("The applicant withdrew it")
    if entry.kind == EntryKind.DOCUMENT and "what" in entry.facts:
        return letter_in_words(entry.facts)
    if entry.kind == EntryKind.NOTE and "urgent" in entry.facts:
        return gettext("Found to be urgent")
    if entry.kind == EntryKind.NOTE and "officer" in entry.facts:
        return gettext("Kept from somebody it is about")
    if entry.kind == EntryKind.NOTE and UNFOUNDED in entry.facts:
        return gettext("The objection is unfounded")
    if entry.kind == EntryKind.NAMING:
        return naming_in_words(bool(entry.facts.get("agreed")), to_applicant)
    return str(EntryKind(entry.kind).label)


def detail_of(entry: CaseEntry, names: Names) -> str:
    """The facts of an entry as a sentence, where it has any that say something."""
    facts = entry.facts
    match entry.kind:
        case EntryKind.OPENED if facts.get("way") in Way.values:
            return gettext("%(way)s, to be finished by %(day)s") % {
                "way": Way(facts["way"]).label,
                "day": day_of(facts.get("due_at", "")),
            }
        case EntryKind.ASSIGNED:
            return assigned(facts, names)
        case EntryKind.PAUSED:
            return gettext("Until %(day)s") % {"day": day_in_words(facts.get("until", ""))}
        case EntryKind.EXTENDED:
            days = int(facts.get("days", 0))
            said = ngettext("%(days)d day longer", "%(days)d days longer", days) % {"days": days}
            return f"{said}{gettext(', ')}{day_of(facts.get('due_at', ''))}"
        case EntryKind.TERM:
            return gettext("To be finished by %(day)s") % {"day": day_of(facts.get("due_at", ""))}
        case EntryKind.BREACHED:
            whole = facts.get("term") == "case"
            sentence = (
                gettext("The whole was promised by %(day)s")
                if whole
                else gettext("This step was promised by %(day)s")
            )
            return sentence % {"day": day_of(facts.get("due_at", ""))}
        case EntryKind.ESCALATED:
            return gettext("%(above)s has been called") % {
                "above": called(facts.get("to"), names.unions)
            }
        case _ if entry.kind in MOVES and "to" in facts:
            return gettext("From %(before)s to %(after)s") % {
                "before": called(facts.get("from"), names.unions),
                "after": called(facts.get("to"), names.unions),
            }
        case EntryKind.LINKED if "zh" in facts:
            return str(Text(zh=facts["zh"], en=facts["en"]))
        case EntryKind.DOCUMENT if facts.get("mended") in Mended.values:
            return str(Mended(facts["mended"]).label)
        case EntryKind.MOVED if "province" in facts:
            return moved_away(facts)
        case EntryKind.MOVED:
            return gettext("To %(union)s; the case stays where it is handled") % {
                "union": called(facts.get("to"), names.unions)
            }
        case EntryKind.DIED if facts.get("goes_on"):
            return gettext("The family goes on with it")
        case EntryKind.DIED if "from" in facts:
            return gettext(
                "%(union)s heard it in another matter; settle here what becomes of it"
            ) % {"union": called(facts["from"], names.unions)}
        case EntryKind.NOTE if "due_at" in facts:
            return gettext("This step is due by %(day)s") % {"day": day_of(facts["due_at"])}
        case EntryKind.REOPENED if "due_at" in facts:
            return gettext("To be put right by %(day)s") % {"day": day_of(facts["due_at"])}
        case EntryKind.JOINED if facts.get("what") == "part-done":
            return gettext("Its part is done")
        case EntryKind.GROUP | EntryKind.REPRESENTED:
            return grouped(facts)
        case EntryKind.LINKED:
            return linked(facts)
        case EntryKind.CLOSED:
            return str(RESULTS.get(facts.get("result", ""), ""))
        case _:
            return ""


def assigned(facts: Mapping[str, Any], names: Names) -> str:
    """To whom, and by which rule of the union if nobody said so by hand."""
    said = gettext("To %(name)s") % {"name": called(facts.get("to"), names.officers)}
    if "rule" not in facts:
        return said
    why = {
        "person": gettext("knows the applicant"),
        "least": gettext("has the fewest open cases"),
        "rotation": gettext("it was their turn"),
    }.get(facts.get("why", ""), "")
    return gettext("%(said)s, by the rule “%(rule)s”: %(why)s") % {
        "said": said,
        "rule": facts["rule"],
        "why": why,
    }


def grouped(facts: Mapping[str, Any]) -> str:
    """What happened in a group; nobody is named."""
    count = int(facts.get("count", 0))
    said = {
        "opened": gettext("Others can take part now"),
        "entered": ngettext(
            "%(count)d person was entered from a list",
            "%(count)d people were entered from a list",
            count,
        ),
        "left": gettext("Somebody left"),
        "removed": gettext("Somebody was taken out"),
        "elected": gettext("More than half of all members chose a representative"),
        "stepped-down": gettext("A representative stepped down"),
        "recalled": gettext("More than half of all members recalled a representative"),
        "voices": ngettext(
            "%(count)d signature was recorded", "%(count)d signatures were recorded", count
        ),
    }.get(facts.get("what", ""), "")
    return said % {"count": count} if "%" in said else said


def linked(facts: Mapping[str, Any]) -> str:
    """What was said about another case, without saying which: who may know sees it on the page."""
    if facts.get("merged"):
        return gettext("Somebody else asked about the same; both are handled together here")
    kind = LinkKind(facts["kind"]).label
    if facts.get("state") == LinkState.ENDED:
        return gettext("No longer: %(kind)s") % {"kind": kind}
    return str(kind)


def ids_in(
    timeline: Sequence[tuple[CaseEntry, Said]],
) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    """The accounts and the unions a timeline speaks of by id, to be named together."""
    accounts: set[uuid.UUID] = set()
    unions: set[uuid.UUID] = set()
    for entry, _said in timeline:
        if entry.account_id:
            accounts.add(entry.account_id)
        if "for" in entry.facts:
            accounts.add(uuid.UUID(entry.facts["for"]))
        if entry.kind == EntryKind.ASSIGNED:
            accounts |= {uuid.UUID(entry.facts["to"])} if "to" in entry.facts else set()
        else:
            unions |= {uuid.UUID(entry.facts[end]) for end in ("from", "to") if end in entry.facts}
    return accounts, unions


def called(key: Any, names: Mapping[uuid.UUID, str]) -> str:
    """The name of an id; a dash for one that cannot be named any more."""
    return names.get(uuid.UUID(key), "—") if key else "—"


def day_of(moment: str) -> str:
    """An ISO moment as the day it is in China."""
    try:
        at = dt.datetime.fromisoformat(moment)
    except ValueError:
        return "—"
    return date_format(at.astimezone(clock.CHINA).date(), "DATE_FORMAT")


def moved_away(facts: Mapping[str, Any]) -> str:
    """To which province, and whether the record may go along."""
    if facts.get("agreed"):
        said = gettext("To %(province)s; the case stays here, and its record may be given there")
    else:
        said = gettext("To %(province)s; the case stays where it is handled")
    return said % {"province": facts["province"]}
