"""Answers kept as they are typed."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import CaseDraft, ServiceItem
from niangjia.core import crypto, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.organisations.services.numbering import next_ids

MOST_CHARACTERS = 100_000


@transactions.atomic
def save_draft(
    *,
    owner: bytes,
    item: ServiceItem,
    answers: Mapping[str, Any],
    version: int | None = None,
    now: dt.datetime,
) -> CaseDraft:
    """Keep what somebody has typed so far, unchecked, sealed under a key of its own.

    `version` is the one the typing began from; when another window saved since, nothing is
    overwritten: `Conflict` "draft-changed". Raises `Invalid` for more than a form can hold.
    """
    text = json.dumps(dict(answers), ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:
        raise Invalid(_("That is too long to keep."), code="draft-too-long")
    with protection.viewing(receipt=owner):
        draft = CaseDraft.objects.select_for_update().filter(owner_digest=owner, item=item).first()
        if draft is None:
            draft = CaseDraft(id=next_ids(1)[0], owner_digest=owner, item=item)
            key, draft.sealed_key = crypto.new_key(context_of(draft))
            draft._state.adding = True
        elif version is not None and version != draft.version:
            raise Conflict(
                _("This form was changed in another window. Nothing was overwritten."),
                code="draft-changed",
            )
        else:
            key = crypto.open_key(draft.sealed_key, context_of(draft))
        draft.answers = key.seal(text, part="answers")
        draft.version += 1
        draft.saved_at = now
        draft.save()
    return draft


@transactions.atomic
def read_draft(*, owner: bytes, item: ServiceItem) -> tuple[dict[str, Any], int]:
    """What was typed so far, and its version; nothing and 0 without a draft."""
    with protection.viewing(receipt=owner):
        draft = CaseDraft.objects.filter(owner_digest=owner, item=item).first()
        if draft is None:
            return {}, 0
        key = crypto.open_key(draft.sealed_key, context_of(draft))
        answers: dict[str, Any] = json.loads(key.unseal(draft.answers, part="answers"))
        return answers, draft.version


@transactions.atomic
def discard_draft(*, owner: bytes, item: ServiceItem) -> None:
    """Throw the draft away, if there is one."""
    with protection.viewing(receipt=owner):
        CaseDraft.objects.filter(owner_digest=owner, item=item).delete()


def context_of(draft: CaseDraft) -> str:
    return f"cases.draft:{draft.pk}"
