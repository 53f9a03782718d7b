"""Where files wait until they are handed in: with a draft, with one's own case, with a case at the
desk. What is sent is kept at once, so that no mistake in a form and no broken line loses it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from niangjia.cases.models import Case, CaseFile, State
from niangjia.cases.selectors import Offered
from niangjia.cases.services import drafts, files, locking, timeline
from niangjia.cases.services.files import Attached, Rows
from niangjia.core import protection, transactions
from niangjia.core.files import Examined
from niangjia.members.models import Post
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles

#: Each file is checked in a process of its own: so many an hour of one sender, and of all unknown
#: senders together, of whom nothing is kept that could tell them apart.
OF_ONE = (Limit(120, 3600),)
OF_UNKNOWN = (Limit(1_200, 3600),)


class Shelf(Protocol):
    """What the pages and operations that take files have in common."""

    def count_try(self, *, now: dt.datetime) -> None:
        """Count that a file is sent. Raises `Throttled`."""

    def keep(self, slot: str, content: Examined, *, now: dt.datetime) -> Attached:
        """Keep a checked file. Raises `Invalid` on `slot` when no more fits."""

    def held(self) -> Mapping[str, Attached]:
        """What lies there and is not handed in, by its id."""

    def remove(self, file_id: str) -> None:
        """Take a file away again; one that is not there is no error."""


@dataclass(frozen=True)
class DraftShelf:
    """With the draft of a form. `is_unknown`: of somebody without an account, for a day."""

    owner: bytes
    offered: Offered
    is_unknown: bool = False

    def count_try(self, *, now: dt.datetime) -> None:
        if self.is_unknown:
            throttles.take("case-file", "unknown", OF_UNKNOWN, now=now)
        else:
            throttles.take("case-file", self.owner.hex(), OF_ONE, now=now)

    @transactions.atomic
    def keep(self, slot: str, content: Examined, *, now: dt.datetime) -> Attached:
        kept = drafts.KEPT_UNKNOWN if self.is_unknown else drafts.KEPT
        with protection.viewing(receipt=self.owner):
            draft, key = drafts.hold_draft(self.owner, self.offered, now=now, kept=kept)
            row = CaseFile(draft=draft, slot=slot, is_applicants=True, added_at=now)
            return files.keep(row, content, key, CaseFile.objects.filter(draft=draft))

    def held(self) -> Mapping[str, Attached]:
        return drafts.read_draft(owner=self.owner, item=self.offered.item).held

    @transactions.atomic
    def remove(self, file_id: str) -> None:
        with protection.viewing(receipt=self.owner):
            mine = CaseFile.objects.filter(
                draft__owner_digest=self.owner, draft__item=self.offered.item
            )
            files.erase_files(files.of_id(mine, file_id))


@dataclass(frozen=True)
class OwnShelf:
    """With a case of one's own that is not finished. `owner` as everywhere."""

    owner: bytes
    case_id: uuid.UUID

    def count_try(self, *, now: dt.datetime) -> None:
        throttles.take("case-file", self.owner.hex(), OF_ONE, now=now)

    @transactions.atomic
    def keep(self, slot: str, content: Examined, *, now: dt.datetime) -> Attached:
        with protection.viewing(receipt=self.owner):
            case = locking.lock_for_applicant(self.case_id, self.owner)
            locking.check_open(case, states=(State.OPEN, State.PAUSED))
            row = CaseFile(case=case, slot=slot, is_applicants=True, added_at=now)
            mine = CaseFile.objects.filter(case=case, is_applicants=True)
            return files.keep(row, content, timeline.key_of(case), mine)

    def held(self) -> Mapping[str, Attached]:
        with protection.viewing(receipt=self.owner):
            return waiting(self.mine())

    @transactions.atomic
    def remove(self, file_id: str) -> None:
        with protection.viewing(receipt=self.owner):
            files.erase_files(files.of_id(self.mine(), file_id))

    def mine(self) -> Rows:
        return CaseFile.objects.filter(
            case=self.case_id, case__owner_digest=self.owner, is_applicants=True, entry=None
        )


@dataclass(frozen=True)
class DeskShelf:
    """With a case, for an officer who works on it. A finished case can still be noted on."""

    by: Post
    case_id: uuid.UUID

    def count_try(self, *, now: dt.datetime) -> None:
        throttles.take("case-file", str(self.by.account_id), OF_ONE, now=now)

    @transactions.atomic
    def keep(self, slot: str, content: Examined, *, now: dt.datetime) -> Attached:
        with protection.viewing(account=self.by.account_id):
            case, post = locking.lock_for_officer(self.case_id, self.by)
            row = CaseFile(case=case, slot=slot, account_id=post.account_id, added_at=now)
            officers = CaseFile.objects.filter(case=case, is_applicants=False)
            return files.keep(row, content, timeline.key_of(case), officers)

    def held(self) -> Mapping[str, Attached]:
        with protection.viewing(account=self.by.account_id):
            return waiting(self.mine())

    @transactions.atomic
    def remove(self, file_id: str) -> None:
        with protection.viewing(account=self.by.account_id):
            files.erase_files(files.of_id(self.mine(), file_id))

    def mine(self) -> Rows:
        return CaseFile.objects.filter(
            case=self.case_id, account_id=self.by.account_id, is_applicants=False, entry=None
        )


def waiting(rows: Rows) -> dict[str, Attached]:
    """Files of one case that are not handed in, with their heads open. One query."""
    found = list(rows.select_related("stored", "case").order_by("id"))
    if not found:
        return {}
    case = found[0].case
    assert isinstance(case, Case)  # noqa: S101 - only files of cases are asked for
    key = timeline.key_of(case)
    return {str(row.pk): files.attached(row, key) for row in found}
