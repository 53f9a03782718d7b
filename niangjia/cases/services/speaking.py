"""What is said about a case besides its steps: notes, messages, taking it back."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind, GroupMember, MemberState, State
from niangjia.cases.selectors.cases import list_entries
from niangjia.cases.services import locking, stopping, telling, timeline
from niangjia.cases.services.stepping import WORDS_MAX_LENGTH
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post


@transactions.atomic
def write_note(
    *,
    by: Post,
    case_id: uuid.UUID,
    words: str,
    to_applicant: bool,
    files: Sequence[str] = (),
    now: dt.datetime,
) -> CaseEntry:
    """Keep a note for colleagues, or write to the applicant, who is told. Whoever sees it may.
    `files` say enough by themselves."""
    words = check_words(words, files)
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
    with protection.working("cases.note"):
        entry = timeline.write_entry(
            case,
            EntryKind.MESSAGE if to_applicant else EntryKind.NOTE,
            now=now,
            by=by.account_id,
            union=post.union,
            words=words,
            is_public=to_applicant,
            files=files,
        )
        if to_applicant:
            telling.tell_applicant(case, telling.applicant_of(case), "case.message", now=now)
    return entry


@transactions.atomic
def write_message(
    *,
    owner: bytes,
    case_id: uuid.UUID,
    words: str,
    files: Sequence[str] = (),
    seen: int | None = None,
    now: dt.datetime,
) -> CaseEntry:
    """The applicant adds something to their case, in words, as files or both; its officers are
    told. `seen` is how many entries they had before them, of those that they are shown: the same
    words with the same files again since then are the same press of the button, which nobody with
    but a receipt has a key for (promise 20)."""
    words = check_words(words, files)
    with protection.viewing(receipt=owner):
        case = locking.lock_for_applicant(case_id, owner)
        locking.check_open(case, states=(State.OPEN, State.PAUSED))
        if seen is not None and (said := find_said(case, words, files, after=seen)):
            return said
    with protection.working("cases.message"):
        entry = timeline.write_entry(
            case,
            EntryKind.MESSAGE if words else EntryKind.FILE,
            now=now,
            by=case.applicant_id,
            words=words,
            is_public=True,
            files=files,
            is_applicants=True,
        )
        telling.tell_officers(case, case.handler, "desk.case_message", now=now)
    return entry


def find_said(case: Case, words: str, files: Sequence[str], *, after: int) -> CaseEntry | None:
    """The applicant's message of the same words and files behind the first `after` entries that
    they are shown, if there is one. In their scope."""
    shown = list_entries(case).prefetch_related("files")[after:]
    return next(
        (
            entry
            for entry in shown
            if entry.kind in (EntryKind.MESSAGE, EntryKind.FILE)
            and entry.union_id is None
            and timeline.said_in(case, entry).words == words
            and {str(file.pk) for file in entry.files.all()} == set(files)
        ),
        None,
    )


@transactions.atomic
def withdraw_case(*, owner: bytes, case_id: uuid.UUID, now: dt.datetime) -> Case:
    """The applicant takes a case back; twice is once. Raises `Conflict` once it is finished."""
    with protection.viewing(receipt=owner):
        case = locking.lock_for_applicant(case_id, owner)
        if case.state == State.WITHDRAWN:
            return case
        locking.check_open(case, states=(State.OPEN, State.PAUSED))
    with protection.working("cases.withdraw"):
        check_alone(case)
        stopping.stop(case, by=case.applicant_id, now=now)
    return case


def check_alone(case: Case) -> None:
    """Raise `Conflict` while others take part: nobody gives up their claim for them (Civil
    Procedure Law, Article 56). As background work."""
    others = GroupMember.objects.filter(case=case, state=MemberState.JOINED)
    if others.exclude(owner_digest=case.owner_digest).exists():
        raise Conflict(
            _("Others take part in this case. You can leave the group, and it goes on for them."),
            code="others-take-part",
        )


def check_words(words: str, files: Sequence[str] = ()) -> str:
    """`words` without blanks around them; none are needed where files come. Raises `Invalid` on
    `words`."""
    words = words.strip()
    if not (0 if files else 1) <= len(words) <= WORDS_MAX_LENGTH:
        problem = _("Write something, in at most 4,000 characters.")
        raise Invalid(problem, code="no-words", fields={"words": problem})
    return words
