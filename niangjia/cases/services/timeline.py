"""Writing on the timeline of a case."""

import datetime as dt
import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from niangjia.cases.models import Case, CaseEntry, EntryKind
from niangjia.cases.services.files import hand_in
from niangjia.core import audit, crypto, prepared
from niangjia.core.crypto import RecordKey
from niangjia.organisations.models import Union
from niangjia.organisations.services.numbering import next_ids


def context_of(case_id: uuid.UUID) -> str:
    """What a case's key is bound to."""
    return f"cases.case:{case_id}"


def key_of(case: Case) -> RecordKey:
    """The opened key of a case. Whoever calls has recorded, or is about to record, why."""
    return crypto.open_key(case.sealed_key, context_of(case.pk))


def told_in(case: Case) -> dict[str, Any]:
    """What the applicant said, and who said it. Whoever calls has recorded why it is read, or
    hands none of it out."""
    told: dict[str, Any] = json.loads(key_of(case).unseal(case.answers, part="answers"))
    return told


def seal_told(case: Case, told: Mapping[str, Any]) -> None:
    """Seal what the applicant said anew. The caller saves it."""
    text = json.dumps(dict(told), ensure_ascii=False)
    case.answers = key_of(case).seal(text, part="answers")


def write_entry(
    case: Case,
    kind: EntryKind,
    *,
    now: dt.datetime,
    by: uuid.UUID | None = None,
    union: Union | None = None,
    step: str = "",
    outcome: str = "",
    words: str = "",
    sealed: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    is_public: bool = False,
    number: int | None = None,
    files: Collection[str] = (),
    is_applicants: bool = False,
    is_named: bool = False,
) -> CaseEntry:
    """Add what happened to a locked case, and to the audit chain.

    `words` and `sealed` (answers to a step's questions) are sealed under the case's key. Complaints
    name no account of an applicant in the audit chain: callers pass none. Whoever stands in for
    somebody is recorded with whom they stand in for. `files` are handed in with it, the applicant's
    own or those that `by` has kept. Whoever has to know the entry's id says so (`is_named`).
    Raises `Invalid` on "files".
    """
    number = number or next_number(case)
    if by is not None and case.acting_for not in (None, by):
        facts = {**(facts or {}), "for": str(case.acting_for)}
    entry = CaseEntry(
        case=case,
        number=number,
        kind=kind,
        at=now,
        account_id=by,
        union=union,
        step=step,
        outcome=outcome,
        words=seal_said(case, number, words, sealed or {}) if words or sealed else None,
        facts=dict(facts or {}),
        is_public=is_public,
    )
    if files or is_named:
        entry.id = next_ids(1)[0]
    prepared.write_later(entry)
    hand_in(case, entry, files, by=by, is_applicants=is_applicants)
    audit.record_all([act_of(case, entry.kind, number, union, by, step, outcome)])
    return entry


def note(
    case: Case,
    kind: EntryKind,
    *,
    now: dt.datetime,
    union: Union,
    step: str = "",
    facts: Mapping[str, Any] | None = None,
    is_public: bool = False,
) -> audit.Act:
    """`write_entry` for whoever writes on many cases, as nobody's: what has to be recorded of each
    in the audit chain, together with the others."""
    number = next_number(case)
    prepared.add_later(
        CaseEntry,
        case_id=case.pk,
        number=number,
        kind=kind,
        at=now,
        union_id=union.pk,
        step=step,
        facts=dict(facts or {}),
        is_public=is_public,
    )
    return act_of(case, kind, number, union, None, step, "")


def act_of(
    case: Case,
    kind: str,
    number: int,
    union: Union | None,
    by: uuid.UUID | None,
    step: str,
    outcome: str,
) -> audit.Act:
    """What is recorded of an entry."""
    return audit.Act(
        action=f"case.{kind}",
        by=by,
        subject=f"case:{case.pk}",
        union_id=union.pk if union else case.handler_id,
        person_id=case.person_id,
        details={"number": number, "step": step, "outcome": outcome},
    )


def seal_said(case: Case, number: int, words: str, answers: Mapping[str, Any]) -> bytes:
    """What was said, under the key of the case."""
    said = json.dumps({"words": words, "answers": dict(answers)}, ensure_ascii=False)
    return key_of(case).seal(said, part=f"entry:{number}")


def next_number(case: Case) -> int:
    """The number of the next entry of a locked case. One query, none where the case was read with
    `last_entry` (see `with_last_entry`)."""
    last: int | None = getattr(case, "last_entry", None)
    if last is None:
        last = CaseEntry.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    else:
        case.last_entry = last + 1  # type: ignore[attr-defined]
    return last + 1


def with_last_entry(cases: QuerySet[Case]) -> QuerySet[Case]:
    """`cases`, each with the number of its last entry, for whoever locks and writes many."""
    entries = CaseEntry.objects.filter(case=OuterRef("pk")).order_by("-number").values("number")
    return cases.annotate(last_entry=Subquery(entries[:1]))


@dataclass(frozen=True)
class Said:
    """What stands sealed in an entry."""

    words: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


def said_in(case: Case, entry: CaseEntry) -> Said:
    """What was said in an entry. Whoever calls has recorded why it is read."""
    if entry.words is None:
        return Said()
    return Said(**json.loads(key_of(case).unseal(entry.words, part=f"entry:{entry.number}")))
