"""Opening what lies sealed of a letter: always on record."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from niangjia.cases.models import Case, LetterFile, LetterRecord
from niangjia.cases.selectors import access_own_case
from niangjia.cases.selectors.letters import Standing, access_letter
from niangjia.cases.services import locking, timeline
from niangjia.cases.services.letters import recording, sealing
from niangjia.cases.services.letters.preparing import check_not_erased
from niangjia.cases.services.reading import Reading, read_case
from niangjia.core import files, protection, transactions
from niangjia.core.prepared import asked, together
from niangjia.members.models import Account, Post


@dataclass(frozen=True)
class OpenRecord:
    """What became of a letter, with what was said and the files that came."""

    record: LetterRecord
    words: str
    files: Sequence[tuple[uuid.UUID, files.OpenedFile]]


@dataclass(frozen=True)
class OpenLetter:
    """A letter with its seal open. `code` is what its addressee checks it by."""

    reading: Reading
    standing: Standing
    title: str
    addressee: str
    code: str
    records: Sequence[OpenRecord]


def read_letter(
    *,
    by: Account,
    posts: Sequence[Post],
    letter_id: uuid.UUID,
    purpose: Callable[[str], str] = lambda number: "",
    now: dt.datetime,
) -> OpenLetter:
    """Open a letter for an officer, which is opening its case: see `read_case`. `purpose` says what
    was stated for the case of a number. Raises what `read_case` raises, and `NotFound`."""
    with protection.viewing(account=by.pk):
        standing = access_letter(letter_id)
    number = standing.letter.case.number
    reading = read_case(by=by, posts=posts, number=number, purpose=purpose(number), now=now)
    check_not_erased(reading.case)
    said = sealing.said_in(reading.case, standing.letter)
    with protection.viewing(account=by.pk):
        came = LetterFile.objects.filter(record__letter=letter_id).select_related("stored")
        [papers] = together(asked(came.order_by("id")))
    records = [opened(reading.case, record, papers) for record in standing.records]
    return OpenLetter(
        reading=reading,
        standing=standing,
        title=str(said["title"]),
        addressee=str(said["addressee"]),
        code=str(said["code"]),
        records=records,
    )


def opened(case: Case, record: LetterRecord, papers: Sequence[LetterFile]) -> OpenRecord:
    """One record, with those of `papers` that came with it."""
    key = timeline.key_of(case)
    part, context = recording.part_of(record.pk), recording.context_of(record.pk)
    return OpenRecord(
        record=record,
        words=key.unseal(record.said, part=part) if record.said else "",
        files=[
            (each.pk, files.open_stored(each.stored, key=key.secret, context=context))
            for each in papers
            if each.record_id == record.pk
        ],
    )


def open_document(case: Case, standing: Standing) -> files.OpenedFile:
    """The PDF of a letter, for whoever was let to the case. Raises `Conflict` "erased"."""
    check_not_erased(case)
    return files.open_stored(
        standing.letter.document,
        key=timeline.key_of(case).secret,
        context=sealing.context_of(standing.letter.pk),
    )


@transactions.atomic
def open_own_letter(*, owner: bytes, letter_id: uuid.UUID) -> files.OpenedFile:
    """The PDF of a letter to an applicant, for them. Raises `NotFound`."""
    with protection.viewing(receipt=owner):
        standing = access_letter(letter_id)
        case = access_own_case(owner, standing.letter.case.number)
        return open_document(case, standing)


def find_file(letter: OpenLetter, file_id: uuid.UUID) -> files.OpenedFile:
    """A file that came with a letter that is open. Raises `NotFound`."""
    for record in letter.records:
        for pk, found in record.files:
            if pk == file_id:
                return found
    raise locking.not_found()
