"""What this room holds about people. Their cases are found by digests: see `selectors.owners`."""

import json
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import (
    Case,
    CaseDraft,
    CaseEntry,
    CaseFile,
    CaseLink,
    CaseSearch,
    CaseUnit,
    PublicNotice,
)
from niangjia.cases.selectors import owner_of_account, person_digest
from niangjia.cases.services import drafts, files, timeline
from niangjia.core import crypto, personal_data
from niangjia.core.personal_data import Holding, Subject
from niangjia.members.services.holdings.reasons import DIGEST, OFFICERS, PARTICULARS, internal

CLOCK = _("a count behind the dates that are shown")


def cases_of(subject: Subject) -> QuerySet[Case]:
    """The cases somebody is the applicant of, complaints as well."""
    mine = Q(owner_digest=owner_of_account(subject.account_id))
    if subject.person_id:
        mine |= Q(person_digest=person_digest(subject.person_id))
    return Case.objects.filter(mine)


def entries_of(subject: Subject) -> QuerySet[CaseEntry]:
    """What they could read of those cases' timelines."""
    return (
        CaseEntry.objects.filter(case__in=cases_of(subject), is_public=True)
        .select_related("case")
        .order_by("case_id", "number")
    )


def drafts_of(subject: Subject) -> QuerySet[CaseDraft]:
    return CaseDraft.objects.filter(owner_digest=owner_of_account(subject.account_id))


def units_of(subject: Subject) -> QuerySet[Any]:
    return CaseUnit.objects.filter(case__in=cases_of(subject))


def links_of(subject: Subject) -> QuerySet[Any]:
    return CaseLink.objects.filter(case__in=cases_of(subject))


def public_notices_of(subject: Subject) -> QuerySet[Any]:
    return PublicNotice.objects.filter(case__in=cases_of(subject))


def search_rows_of(subject: Subject) -> QuerySet[Any]:
    return CaseSearch.objects.filter(case__in=cases_of(subject))


def answers_in(case: Case) -> Any:
    """What they answered, opened for themselves."""
    if not case.sealed_key:
        return None
    return timeline.told_in(case)["answers"]


def words_in(entry: CaseEntry) -> Any:
    if not entry.case.sealed_key:
        return ""
    return timeline.said_in(entry.case, entry).words


def typed_in(draft: CaseDraft) -> Any:
    key = crypto.open_key(draft.sealed_key, drafts.context_of(draft))
    return json.loads(key.unseal(draft.answers, part="answers"))


def files_of(subject: Subject) -> QuerySet[CaseFile]:
    """What they could download: their own files, and those written to them."""
    return CaseFile.objects.filter(
        Q(case__in=cases_of(subject)) | Q(draft__in=drafts_of(subject)),
        Q(is_public=True) | Q(is_applicants=True),
    ).select_related("case", "draft", "stored")


def name_of(row: CaseFile) -> Any:
    """What a file is called; the file itself is downloaded where it was handed in."""
    if row.draft is not None:
        return files.attached(row, drafts.key_of(row.draft)).name
    if row.case is None or not row.case.sealed_key:
        return ""
    return files.attached(row, timeline.key_of(row.case)).name


CLOCKS = dict.fromkeys(
    (
        *("due_from", "due_days", "due_unit", "step_from", "step_days", "step_unit"),
        *("next_due_at", "clock_at", "reminded", "breaches", "late_at", "due_breached_at"),
        *("extended_times", "resume_by", "paused_days"),
    ),
    CLOCK,
)

HOLDINGS = (
    Holding(
        model="cases.Case",
        link="owner_digest",
        to="account",
        title=_("Your cases"),
        exported=(
            *("number", "item_id", "answers", "way", "is_urgent", "people_count", "division_id"),
            *("handler_id", "state", "step", "result", "opened_at", "due_at", "closed_at"),
            "paused_at",
        ),
        withheld={
            "person_digest": DIGEST,
            "sealed_key": _("the key that protects what you said"),
            "assigned_to_id": OFFICERS,
            "excluded_ids": OFFICERS,
            **CLOCKS,
            **internal("snapshot_id", "is_complaint", "is_anonymous", "language", "applicant_id"),
            **internal("person_id", "mark", "began_at_id", "handler_path", "sharing_paths"),
            **internal("raised_to_id", "accused_ids", "about_ids", "changed_at"),
        },
        # Without its key nothing that was said in a case can be read again, in no backup either.
        erased={"sealed_key": b"", "answers": b""},
        kept="that a case was handled, and how, without who asked or what was said",
        find=cases_of,
        readers={"answers": answers_in},
    ),
    Holding(
        model="cases.CaseEntry",
        link="case_id",
        to="account",
        title=_("What happened in your cases"),
        exported=("number", "kind", "at", "union_id", "step", "outcome", "words"),
        withheld={
            "account_id": OFFICERS,
            "facts": PARTICULARS,
            **internal("is_public"),
        },
        kept="the timeline is never changed; what was said in it is gone with the case's key",
        find=entries_of,
        readers={"words": words_in},
    ),
    Holding(
        model="cases.CaseSearch",
        link="case_id",
        to="account",
        title=_("By what your cases are found"),
        withheld={"words": DIGEST, **internal("marks", "made_under")},
        erased={"words": list},
        kept="where a case lay, and for which service, finds it; what was said does not",
        find=search_rows_of,
    ),
    Holding(
        model="cases.CaseDraft",
        link="owner_digest",
        to="account",
        title=_("Forms you have begun"),
        exported=("item_id", "answers", "saved_at"),
        withheld={
            "sealed_key": _("the key that protects what you said"),
            **internal("version", "snapshot_id", "window", "expires_at"),
        },
        deleted=True,
        find=drafts_of,
        readers={"answers": typed_in},
    ),
    Holding(
        model="cases.CaseFile",
        link="case_id",
        to="account",
        title=_("Files in your cases"),
        exported=("stored_id", "added_at"),
        withheld={
            "account_id": OFFICERS,
            **internal("draft_id", "entry_id", "slot", "is_applicants", "is_public"),
        },
        kept="nothing: files go with their cases (services.erasing) and drafts",
        find=files_of,
        readers={"stored_id": name_of},
    ),
    *(
        Holding(
            model=model,
            link="case_id",
            to="account",
            title=title,
            withheld=internal(*columns),
            kept="which unions handled a case, and which cases belong together",
            find=found,
        )
        for model, title, columns, found in (
            (
                "cases.CaseUnit",
                _("Unions in your cases"),
                ("union_id", "is_joint", "since", "done_at", "until"),
                units_of,
            ),
            (
                "cases.CaseLink",
                _("Links between your cases"),
                (
                    *("other_id", "kind", "state", "found_by", "at", "by_account_id"),
                    *("decided_at", "decided_by_account_id", "merged_at"),
                ),
                links_of,
            ),
        )
    ),
    Holding(
        model="cases.PublicNotice",
        link="case_id",
        to="account",
        title=_("Public notices about you"),
        exported=("item_name", "union_id", "masked_name", "published_at", "until_at", "ended_at"),
        withheld=internal("case_id", "item_id"),
        erased={"masked_name": "*"},
        kept="that a notice was published, and how long, without whom it was about",
        find=public_notices_of,
    ),
    Holding(
        model="cases.EmergencyGrant",
        link="account_id",
        to="account",
        title=_("Emergency access you asked for"),
        exported=("state", "asked_at", "decided_at", "expires_at"),
        withheld={
            "reason": _("sealed with the case it is about"),
            "decided_by_id": OFFICERS,
            **internal("case_id", "ended_at"),
        },
        kept="who asked to read which case, and who agreed, is part of the record",
    ),
    Holding(
        model="cases.AssignmentShare",
        link="account_id",
        to="account",
        title=_("Your share of a union's cases"),
        exported=("weight", "last_at"),
        withheld=internal("rule_id"),
        kept="how a union shares out its work, without who asked for what",
    ),
    Holding(
        model="cases.AssignmentRule",
        link="changed_by_account_id",
        to="account",
        title=_("Rules of assignment you made"),
        exported=("union_id", "name", "changed_at", "ended_at"),
        withheld={
            **internal("position", "item_id", "division_id", "employer_id", "language"),
            **internal("urgent_only", "way", "keeps_person", "everybody"),
        },
        kept="how a union shares out its work is the union's affair",
    ),
    Holding(
        model="cases.ItemVersion",
        link="drafted_by_account_id",
        to="account",
        title=_("Service items you drafted"),
        exported=("item_id", "union_id", "number", "state", "drafted_at", "published_at"),
        withheld={
            "published_by_account_id": OFFICERS,
            "retired_by_account_id": OFFICERS,
            **internal("content", "effective_date", "retired_at", "retired_reason"),
        },
        kept="who published what a union offers is part of the offer",
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS)
