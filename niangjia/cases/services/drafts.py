"""Answers kept as they are typed."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import CaseDraft, CaseFile, ServiceItem
from niangjia.cases.selectors import Offered
from niangjia.cases.services import catalogue, files
from niangjia.cases.services.files import Attached
from niangjia.core import crypto, protection, transactions
from niangjia.core.crypto import RecordKey
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.files import OpenedFile
from niangjia.organisations.services.numbering import next_ids

MOST_CHARACTERS = 100_000
#: How long a draft is kept after it was saved last; one of somebody unknown, until tomorrow.
KEPT = dt.timedelta(days=90)
KEPT_UNKNOWN = dt.timedelta(days=1)


@dataclass(frozen=True)
class Draft:
    """A form as far as it is filled in: answers by question, words about the employer complained
    about (`about`), and the files that were sent."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, Attached] = field(default_factory=dict)
    row: CaseDraft | None = None

    @property
    def version(self) -> int:
        """The version that typing on begins from; 0 without a draft."""
        return self.row.version if self.row else 0


@transactions.atomic
def save_draft(
    *,
    owner: bytes,
    offered: Offered,
    answers: Mapping[str, Any],
    about: Mapping[str, str] | None = None,
    version: int | None = None,
    window: str = "",
    now: dt.datetime,
) -> CaseDraft:
    """Keep what somebody has typed so far, unchecked, sealed under a key of its own, for 90 days.

    `version` is the one the typing began from; when another showing of the form (`window`) saved
    since, nothing is overwritten: `Conflict` "draft-changed". None overwrites knowingly. Raises
    `Invalid` for more than a form can hold.
    """
    text = json.dumps({"answers": dict(answers), "about": dict(about or {})}, ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:
        raise Invalid(_("That is too long to keep."), code="draft-too-long")
    with protection.viewing(receipt=owner):
        draft, key = hold_draft(owner, offered, now=now, kept=KEPT)
        if version is not None and version != draft.version and not is_from(draft, window):
            raise Conflict(
                _("This form was changed in another window. Nothing was overwritten."),
                code="draft-changed",
            )
        draft.answers = key.seal(text, part="answers")
        if draft.version:
            draft.snapshot = catalogue.snapshot_of(offered)
        draft.version += 1
        draft.window = window
        draft.saved_at, draft.expires_at = now, now + KEPT
        draft.save()
    return draft


def is_from(draft: CaseDraft, window: str) -> bool:
    """Whether `draft` was saved last by this showing of the form, whose words are the newest."""
    return bool(window) and draft.window == window


def hold_draft(
    owner: bytes, offered: Offered, *, now: dt.datetime, kept: dt.timedelta
) -> tuple[CaseDraft, RecordKey]:
    """The draft, locked, begun if there is none; and its key. In the scope of its owner."""
    mine = CaseDraft.objects.select_for_update().filter(owner_digest=owner, item=offered.item)
    draft = mine.first()
    if draft is None:
        fresh = CaseDraft(id=next_ids(1)[0], owner_digest=owner, item=offered.item)
        fresh.snapshot = catalogue.snapshot_of(offered)
        key, fresh.sealed_key = crypto.new_key(context_of(fresh))
        fresh.answers = key.seal("{}", part="answers")
        fresh.saved_at, fresh.expires_at = now, now + kept
        CaseDraft.objects.bulk_create([fresh], ignore_conflicts=True)
        draft = mine.get()
    return draft, key_of(draft)


@transactions.atomic
def read_draft(*, owner: bytes, item: ServiceItem) -> Draft:
    """What was typed and sent so far; nothing, at version 0, without a draft. Two queries."""
    with protection.viewing(receipt=owner):
        row = (
            CaseDraft.objects.select_related("snapshot")
            .filter(owner_digest=owner, item=item)
            .first()
        )
        if row is None:
            return Draft()
        key = key_of(row)
        rows = CaseFile.objects.filter(draft=row).select_related("stored").order_by("id")
        held = {str(each.pk): files.attached(each, key) for each in rows}
    said = json.loads(key.unseal(row.answers, part="answers"))
    return Draft(said.get("answers", {}), said.get("about", {}), held, row)


@transactions.atomic
def read_draft_file(*, owner: bytes, file_id: str) -> OpenedFile:
    """One file of one's own drafts. Raises `NotFound`."""
    with protection.viewing(receipt=owner):
        row = files.access_file(CaseFile.objects.filter(draft__owner_digest=owner), file_id)
        assert row.draft is not None  # noqa: S101 - asked for above
        return files.opened(row, key_of(row.draft))


@transactions.atomic
def discard_draft(*, owner: bytes, item: ServiceItem) -> None:
    """Throw the draft away, if there is one, with its files."""
    with protection.viewing(receipt=owner):
        CaseDraft.objects.filter(owner_digest=owner, item=item).delete()


@transactions.atomic
def list_drafts(*, owner: bytes) -> list[CaseDraft]:
    """One's own drafts, the latest first. One query."""
    with protection.viewing(receipt=owner):
        mine = CaseDraft.objects.filter(owner_digest=owner).select_related("item")
        return list(mine.defer("answers", "sealed_key").order_by("-saved_at"))


def expire_drafts(*, now: dt.datetime) -> int:
    """Throw away what was not touched for so long that it was given up, and files that were sent to
    a case and not handed in within a day; says how many."""
    with protection.working("cases.drafts"):
        gone = CaseDraft.objects.filter(expires_at__lt=now).delete()[0]
        return gone + files.expire_kept(before=now - KEPT_UNKNOWN)


def key_of(draft: CaseDraft) -> RecordKey:
    """The opened key of a draft."""
    return crypto.open_key(draft.sealed_key, context_of(draft))


def context_of(draft: CaseDraft) -> str:
    """What a draft's key is bound to."""
    return f"cases.draft:{draft.pk}"
