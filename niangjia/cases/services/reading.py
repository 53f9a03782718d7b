"""Opening what is sealed: always for a purpose, always recorded."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, CaseFile, EntryKind
from niangjia.cases.rules import emergency
from niangjia.cases.selectors import access_case, access_own_case, list_entries
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.selectors.emergency import access_granted_case
from niangjia.cases.selectors.owners import is_first_key
from niangjia.cases.services import decoys, files, reading_limits, texting, timeline
from niangjia.cases.services.files import Attached
from niangjia.cases.services.timeline import Said
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Invalid, NotFound
from niangjia.core.files import OpenedFile
from niangjia.core.prepared import asked, together
from niangjia.members.models import Account, Post
from niangjia.members.rules import purposes
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import find_acting_post, holding
from niangjia.members.selectors.substitutions import stands_in_for

#: What is recorded for whoever opens a case because it is theirs to handle.
HANDLING = "case_handling"
#: Of a receipt that leads nowhere.
NO_CASE = _("No case has this receipt. Look at each letter once more.")
IS_OLD = _(
    "If it is a very old one: this node has changed its keys since, and of a receipt nothing is "
    "stored that could be changed with them. Please call 12351 and say about when and where you "
    "asked."
)


class PurposeNeeded(Invalid):
    """Whoever opens this case says why first."""

    code = "purpose-needed"

    def __init__(self, case: Case) -> None:
        super().__init__(
            _("Say why you open this case: it is shown to the applicant."),
            fields={"purpose": _("Choose a purpose.")},
        )
        self.number = case.number


@dataclass(frozen=True)
class Told:
    """What the applicant said, opened. `receipt` is the hash of theirs (`kept_of_receipt`)."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    account: uuid.UUID | None = None
    person: uuid.UUID | None = None
    name: str = ""
    phone: str = ""
    receipt: str = ""
    #: Whom at a union it is about, as they call them.
    about: str = ""
    #: Where text messages go that there is news: for themselves alone.
    news_to: str = ""


@dataclass(frozen=True)
class Reading:
    """A case with its seals open."""

    case: Case
    told: Told
    timeline: Sequence[tuple[CaseEntry, Said]]
    #: What was handed in, by its id.
    files: Mapping[str, Attached] = field(default_factory=dict)


def read_case(
    *, by: Account, posts: Sequence[Post], number: str, purpose: str = "", now: dt.datetime
) -> Reading:
    """Open a case for an officer: see `read_within_limits`. Whoever opens one after another is
    stopped (`rules.reading_limits`), and the chair above is told: raises `Throttled`."""
    with reading_limits.reporting(by=by, posts=posts, now=now):
        return read_within_limits(by=by, posts=posts, number=number, purpose=purpose, now=now)


@transactions.atomic
def read_within_limits(
    *, by: Account, posts: Sequence[Post], number: str, purpose: str = "", now: dt.datetime
) -> Reading:
    """Open a case for an officer. Whoever has it assigned, or holds a post at the union that
    handles it, opens it to handle it; everybody else states a purpose. Each opening is in the audit
    chain, with whose data it was (promise 6).

    Raises `NotFound` out of reach, `PurposeNeeded`, `Throttled` past the limits.
    """
    with protection.viewing(account=by.pk):
        case, purpose = find_readable(by, posts, number, purpose, now=now)
        at_work = is_at_work(case, by, posts, now=now)
        if not purpose and not at_work:
            raise PurposeNeeded(case)
        reading_limits.spend_opening(case, by, is_at_work=at_work, now=now)
        reading = opened(case)
        audit.record(
            action="case.read",
            by=by.pk,
            subject=f"case:{case.pk}",
            union_id=union_of(case, posts),
            person_id=case.person_id,
            purpose=purpose or HANDLING,
        )
    if is_decoy(case) and not was_given_it(reading, by):
        decoys.raise_alarm(case, by, posts, now=now)
    return reading


def find_readable(
    by: Account, posts: Sequence[Post], number: str, purpose: str, *, now: dt.datetime
) -> tuple[Case, str]:
    """The case within reach, with the purpose that was stated; or the one that a live grant opens,
    whose purpose is the emergency (promise 7). In the scope of `by`. Raises `NotFound`."""
    try:
        return access_case(posts, number, account=by), purpose
    except NotFound:
        case = access_granted_case(posts, number, account=by, now=now)
        return case, emergency.PURPOSE


@transactions.atomic
def read_own_case(*, owner: bytes, number: str) -> Reading:
    """Open a case for its applicant: what they said, and the public part of the timeline."""
    with protection.viewing(receipt=owner):
        return opened(access_own_case(owner, number))


@transactions.atomic
def find_case_of_receipt(*, owner: bytes) -> Case:
    """The case that was opened with a receipt. Raises `NotFound` on `receipt`; where keys have
    changed it says what to do with a very old one."""
    with protection.viewing(receipt=owner):
        case = Case.objects.filter(owner_digest=owner).order_by("id").first()
    if case is None:
        problem = NO_CASE if is_first_key() else format_lazy("{} {}", NO_CASE, IS_OLD)
        raise NotFound(problem, fields={"receipt": problem})
    return case


def is_at_work(case: Case, by: Account, posts: Sequence[Post], *, now: dt.datetime) -> bool:
    """Whether opening this case is part of handling it: by a post where it is, or because it is
    assigned to whoever opens it or to somebody they stand in for."""
    if any(post.union_id in (case.handler_id, case.raised_to_id) for post in posts):
        return True
    assigned = case.assigned_to_id
    return assigned is not None and (assigned == by.pk or assigned in stands_in_for(by.pk, now))


def was_given_it(reading: Reading, by: Account) -> bool:
    """Whether a rule of the union gave the case to `by`, who then has to open it. Whoever took it
    by hand has no such reason."""
    given = [entry for entry, _said in reading.timeline if entry.kind == EntryKind.ASSIGNED]
    return bool(given) and "rule" in given[-1].facts and given[-1].facts["to"] == str(by.pk)


def union_of(case: Case, posts: Sequence[Post]) -> uuid.UUID:
    """For which union a case is opened: that of the nearest post that reaches it, else the first
    post that handles cases; the applicant reads its name."""
    near = find_acting_post(posts, Action.HANDLE_CASES, case.handler_path)
    own = [near] if near else holding(posts, Action.HANDLE_CASES)
    return own[0].union_id if own else case.handler_id


def opened(case: Case) -> Reading:
    """The case with everything its viewer may read. One trip to the database."""
    if not case.sealed_key:
        return Reading(case, Told(), [(entry, Said()) for entry in list_entries(case)])
    key = timeline.key_of(case)
    told = timeline.told_in(case)
    entries, kept = together(asked(list_entries(case)), files.handed_in(case, key))
    return Reading(
        case,
        Told(
            answers=told["answers"],
            account=uuid.UUID(told["account"]) if told["account"] else None,
            person=uuid.UUID(told["person"]) if told["person"] else None,
            name=told["name"],
            phone=told["phone"],
            receipt=told.get("receipt", ""),
            about=told.get("about", ""),
            news_to=told.get(texting.TO, ""),
        ),
        [(entry, timeline.said_in(case, entry)) for entry in entries],
        {file.id: file for file in kept},
    )


@transactions.atomic
def read_file(
    *,
    by: Account,
    posts: Sequence[Post],
    number: str,
    file_id: str,
    purpose: str = "",
    now: dt.datetime,
) -> OpenedFile:
    """One file of a case for an officer, opened like the case itself: for a purpose, within the
    limits, on record. Raises like `read_case`, and `NotFound` for a file that is not there."""
    case = read_case(by=by, posts=posts, number=number, purpose=purpose, now=now).case
    with protection.viewing(account=by.pk):
        row = files.access_file(CaseFile.objects.filter(case=case), file_id)
    return files.opened(row, timeline.key_of(case))


@transactions.atomic
def read_own_file(*, owner: bytes, file_id: str) -> OpenedFile:
    """One file of one's own cases. Raises `NotFound`."""
    with protection.viewing(receipt=owner):
        row = files.access_file(CaseFile.objects.filter(case__owner_digest=owner), file_id)
        assert row.case is not None  # noqa: S101 - asked for above
        return files.opened(row, timeline.key_of(row.case))


def stated(purpose: str, words: str) -> str:
    """A purpose chosen from the list, with its words. Raises `Invalid`."""
    if purpose not in purposes.LookUpPurpose.values:
        problem = _("Choose a purpose.")
        raise Invalid(problem, code="purpose-needed", fields={"purpose": problem})
    return purposes.stated(purpose, words)
