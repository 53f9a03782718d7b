"""Files of cases and drafts: kept as they arrive, handed in with an entry, opened for a reader."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, CaseFile
from niangjia.cases.rules.questions import Question
from niangjia.core import files
from niangjia.core.crypto import RecordKey
from niangjia.core.errors import Invalid, NotFound
from niangjia.core.files import Examined, Limits, OpenedFile
from niangjia.core.files.examining import Stream
from niangjia.core.prepared import Asked, asked

#: What one side may add to one case or draft: files, and pieces of 256 KiB (150 MB in all).
MOST_FILES, MOST_PIECES = 40, 600
Rows = QuerySet[CaseFile]
GONE = _("One of these files is not there any more. Choose it again.")


@dataclass(frozen=True)
class Attached:
    """A file as pages and operations show it. `size` in bytes."""

    id: str
    slot: str
    name: str
    size: int
    kind: str
    entry_id: uuid.UUID | None
    is_applicants: bool


def examined(stream: Stream, *, name: str, question: Question, field: str) -> Examined:
    """A file that may be kept as an answer to `question`. Raises `Invalid` on `field`, which says
    what to do instead; `Unavailable` when too many are being checked (promise 30, ADR 62)."""
    if question.files is None:
        raise NotFound(_("There is no such page"))
    return files.examine(
        stream,
        name=name,
        allowed=question.files.kinds,
        limits=Limits(size=question.files.megabytes * 1_000_000),
        field=field,
    )


def check_room(kept: Rows, slot: str) -> None:
    """Raise `Invalid` on `slot` when no further file fits among `kept`."""
    sums = kept.aggregate(files=Count("pk"), pieces=Sum("stored__chunks"))
    if sums["files"] >= MOST_FILES or (sums["pieces"] or 0) >= MOST_PIECES:
        problem = _("That is all that fits here: %(files)s files, %(megabytes)s MB in all.") % {
            "files": MOST_FILES,
            "megabytes": MOST_PIECES // 4,
        }
        raise Invalid(problem, code="too-many-files", fields={slot: problem})


def keep(row: CaseFile, content: Examined, key: RecordKey, kept: Rows) -> Attached:
    """Store a checked file under the key of what it belongs to, beside those `kept` there."""
    check_room(kept, row.slot)
    row.stored = files.store(examined=content, key=key.secret, context=key.context.encode())
    row.save()
    return attached(row, key)


def attached(row: CaseFile, key: RecordKey) -> Attached:
    """A kept file with its head open."""
    head = opened(row, key)
    return Attached(
        id=str(row.pk),
        slot=row.slot,
        name=head.name,
        size=head.size,
        kind=head.kind.value,
        entry_id=row.entry_id,
        is_applicants=row.is_applicants,
    )


def opened(row: CaseFile, key: RecordKey) -> OpenedFile:
    """A kept file, for reading."""
    return files.open_stored(row.stored, key=key.secret, context=key.context.encode())


def handed_in(case: Case, key: RecordKey) -> Asked[list[Attached]]:
    """The question for the files of a case that its viewer may see, in the order they came."""
    rows = CaseFile.objects.filter(case=case, entry__isnull=False).select_related("stored")
    return asked(rows.order_by("id"), lambda found: [attached(row, key) for row in found])


def access_file(rows: Rows, file_id: str) -> CaseFile:
    """The file of this id among `rows`. Raises `NotFound`."""
    row = of_id(rows, file_id).select_related("stored", "case", "draft").first()
    if row is None:
        raise NotFound(_("There is no such page"))
    return row


def of_id(rows: Rows, file_id: str) -> Rows:
    """`rows` narrowed to this id; to nothing for what is none."""
    try:
        return rows.filter(pk=file_id)
    except ValidationError:
        return rows.none()


def hand_in(
    case: Case,
    entry: CaseEntry,
    ids: Collection[str],
    *,
    by: uuid.UUID | None,
    is_applicants: bool,
) -> None:
    """Hand kept files in with an entry of a locked case. As background work. Only what the same
    side, of officers the same officer, has kept. Raises `Invalid` on "files" for any other."""
    if not ids:
        return
    rows = CaseFile.objects.filter(
        case=case,
        entry__isnull=True,
        is_applicants=is_applicants,
        account_id=None if is_applicants else by,
    )
    found = rows_of(rows, ids)
    CaseFile.objects.filter(pk__in=[row.pk for row in found]).update(
        entry=entry, is_public=entry.is_public
    )


def rows_of(rows: Rows, ids: Iterable[str], *, field: str = "") -> list[CaseFile]:
    """The rows of these ids, locked. Raises `Invalid` on `field`, or "files", when one is
    missing."""
    wanted = set(ids)
    try:
        found = list(rows.filter(pk__in=wanted).select_for_update(of=("self",)).order_by("id"))
    except ValidationError:
        found = []
    if len(found) != len(wanted):
        raise Invalid(GONE, code="file-gone", fields={field or "files": GONE})
    return found


def move_to_case(
    rows: Iterable[CaseFile], case: Case, entry: CaseEntry, before: RecordKey, key: RecordKey
) -> None:
    """Hand the files of a draft in with its case: each is sealed anew under the case's own key, and
    what lay under the draft's goes with it (a trigger deletes it). As background work."""
    for row in rows:
        old = opened(row, before)
        again = Examined(
            kind=old.kind,
            name=old.name,
            size=old.size,
            sha256=old.sha256,
            content=old.read(),
            pages=old.pages,
        )
        row.stored = files.store(examined=again, key=key.secret, context=key.context.encode())
        row.case, row.draft, row.entry, row.is_public = case, None, entry, True
        row.save()


def erase_files(rows: Rows) -> int:
    """Delete kept files and what they hold; says how many."""
    return rows.delete()[0]


def expire_kept(*, before: dt.datetime) -> int:
    """Delete files that were sent to a case before a moment and never handed in. As background
    work. Those of a draft go with it."""
    return erase_files(
        CaseFile.objects.filter(case__isnull=False, entry__isnull=True, added_at__lt=before)
    )
