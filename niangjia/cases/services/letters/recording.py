"""What becomes of a letter: handed over, answered, withdrawn."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import (
    Addressee,
    Case,
    EntryKind,
    LetterFile,
    LetterRecord,
    Mended,
    RecordKind,
    ServedBy,
)
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.letters import Standing, access_letter
from niangjia.cases.services import locking, telling, timeline, timing, waiting
from niangjia.cases.services.letters import counting
from niangjia.cases.services.letters.origins import tell_origins
from niangjia.cases.services.letters.preparing import check_not_erased
from niangjia.cases.services.letters.sealing import facts_of
from niangjia.cases.services.pausing import check_reason
from niangjia.core import files, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.files import Examined
from niangjia.core.files.examining import Stream
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.organisations.services.numbering import next_ids

MOST_FILES = 5
LONGEST_WORDS = 4_000


@dataclass(frozen=True)
class Upload:
    """A file as it was sent, unchecked."""

    stream: Stream
    name: str


def serve_letter(
    *,
    by: Post,
    letter_id: uuid.UUID,
    way: str,
    on_date: dt.date,
    words: str = "",
    uploads: Sequence[Upload] = (),
    now: dt.datetime,
) -> LetterRecord:
    """Record how and when a letter was handed over, `words` and `uploads` being the receipt. A step
    that waits for it counts its term from that day. Recorded again, the latest holds.

    Raises `NotFound`, `Invalid` on `way`, `on_date`, `words`, `papers`, `Conflict`
    "letter-withdrawn".
    """
    if way not in ServedBy.values:
        problem = _("Choose how it was handed over.")
        raise Invalid(problem, code="no-way", fields={"way": problem})
    examined = examine(uploads)
    return keep(by, letter_id, RecordKind.SERVED, on_date, words, examined, now=now, way=way)


def answer_letter(
    *,
    by: Post,
    letter_id: uuid.UUID,
    mended: str,
    on_date: dt.date,
    words: str = "",
    uploads: Sequence[Upload] = (),
    now: dt.datetime,
) -> LetterRecord:
    """Record what whoever a letter was written to has answered, and whether it is mended. From then
    on silence says nothing: an officer looks at the answer. Raises like `serve_letter`, on `mended`
    as well, and `Conflict` "not-answered" for a letter to the applicant."""
    if mended not in Mended.values:
        problem = _("Choose what the answer says.")
        raise Invalid(problem, code="no-answer", fields={"mended": problem})
    examined = examine(uploads)
    return keep(
        by,
        letter_id,
        RecordKind.ANSWERED,
        on_date,
        words,
        examined,
        now=now,
        mended=mended,
    )


def withdraw_letter(
    *, by: Post, letter_id: uuid.UUID, reason: str, now: dt.datetime
) -> LetterRecord:
    """Take a letter back: whoever checks its code learns that it holds no longer. Its number stays
    used. Only officers whose reach covers the union that sent it. Raises `NotFound`, `Invalid` on
    `reason`, `Conflict` "letter-withdrawn", "letter-of-another"."""
    reason = check_reason(reason)
    return keep(by, letter_id, RecordKind.WITHDRAWN, timing.day_of(now), reason, (), now=now)


def examine(uploads: Sequence[Upload]) -> list[Examined]:
    """The files, checked and put together anew, before anything is locked. Raises `Invalid` on
    `papers`."""
    if len(uploads) > MOST_FILES:
        problem = _("At most 5 files at once.")
        raise Invalid(problem, code="too-many-files", fields={"papers": problem})
    return [files.examine(each.stream, name=each.name, field="papers") for each in uploads]


@transactions.atomic
def keep(
    by: Post,
    letter_id: uuid.UUID,
    kind: RecordKind,
    on_date: dt.date,
    words: str,
    examined: Sequence[Examined],
    *,
    now: dt.datetime,
    way: str = "",
    mended: str = "",
) -> LetterRecord:
    """Write down what became of a letter."""
    case, post, standing = hold(by, letter_id, kind)
    check_day(standing, on_date, now)
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        problem = _("Please keep this within 4,000 characters.")
        raise Invalid(problem, code="words-too-long", fields={"words": problem})
    with protection.working("cases.letter"):
        key, record_id = timeline.key_of(case), next_ids(1)[0]
        record = LetterRecord(
            id=record_id,
            letter=standing.letter,
            kind=kind,
            on_date=on_date,
            way=way,
            mended=mended,
            said=key.seal(words, part=part_of(record_id)) if words else None,
            at=now,
            account_id=by.account_id,
        )
        record.save(force_insert=True)
        for each in examined:
            stored = files.store(examined=each, key=key.secret, context=context_of(record_id))
            LetterFile.objects.create(record=record, stored=stored)
        counting.count(case, standing, record)
        tell(case, post, standing, record, now=now)
        if kind == RecordKind.SERVED:
            waiting.begin_again(case, document_of(case.snapshot_id), now)
    return record


def hold(by: Post, letter_id: uuid.UUID, kind: RecordKind) -> tuple[Case, Post, Standing]:
    """The case, locked, and the letter, to which `kind` may happen."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(access_letter(letter_id).letter.case_id, by)
        locking.check_handler(case, post)
        # Looked at again now that nobody else writes: a colleague may have withdrawn it.
        standing = access_letter(letter_id)
        template = document_of(case.snapshot_id).letter(standing.letter.template)
        if kind == RecordKind.WITHDRAWN and template and template.decides:
            locking.lock_for_officer(case.pk, by, Action.DECIDE_CASES)
    check_not_erased(case)
    if standing.withdrawn is not None:
        raise Conflict(_("This letter has been withdrawn."), code="letter-withdrawn")
    if kind == RecordKind.ANSWERED and standing.letter.addressed_to == Addressee.APPLICANT:
        raise Conflict(_("A letter to the applicant asks for no answer."), code="not-answered")
    if kind == RecordKind.WITHDRAWN and not post.scope.covers(standing.letter.union.path):
        raise Conflict(
            _("This letter was sent by another union, and that union withdraws it."),
            code="letter-of-another",
        )
    return case, post, standing


def check_day(standing: Standing, on_date: dt.date, now: dt.datetime) -> None:
    """Raise `Invalid` on `on_date` for a day before the letter was sent or one still to come."""
    sent = timing.day_of(standing.letter.issued_at)
    if not sent <= on_date <= timing.day_of(now):
        problem = _("Choose a day from when the letter was sent until today.")
        raise Invalid(problem, code="bad-day", fields={"on_date": problem})


def tell(
    case: Case, post: Post, standing: Standing, record: LetterRecord, *, now: dt.datetime
) -> None:
    """Put it on the timeline; tell whoever it concerns."""
    facts = facts_of(standing.letter, record.kind) | {
        "letter": str(standing.letter.pk),
        "day": record.on_date.isoformat(),
        "mended": record.mended,
    }
    is_theirs = standing.letter.addressed_to == Addressee.APPLICANT
    timeline.write_entry(
        case,
        EntryKind.DOCUMENT,
        now=now,
        by=record.account_id,
        union=post.union,
        facts=facts,
        is_public=is_theirs or record.kind != RecordKind.SERVED,
    )
    if is_theirs and record.kind == RecordKind.WITHDRAWN:
        telling.tell_applicant(case, telling.applicant_of(case), "case.letter_withdrawn", now=now)
    elif not is_theirs and record.kind == RecordKind.ANSWERED:
        tell_origins(case, post.union, facts, now=now)


def part_of(record_id: uuid.UUID) -> str:
    """Which part of a case the words of a record are."""
    return f"letter-record:{record_id}"


def context_of(record_id: uuid.UUID) -> bytes:
    """What the files of a record are bound to."""
    return f"cases.letterrecord:{record_id}".encode()
