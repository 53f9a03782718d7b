"""What an agent has typed so far, kept with the call."""

import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.hotline.models import Call
from niangjia.hotline.services import sealing
from niangjia.hotline.services.locking import lock_own_call
from niangjia.members.models import Post

MOST_CHARACTERS = 60_000
Typed = Mapping[str, Sequence[str]]


@transactions.atomic
def save_draft(*, by: Post, call_id: uuid.UUID, typed: Typed, version: int | None = None) -> Call:
    """Keep what was typed, unchecked: it survives a reload, a lost line, and goes along when the
    call is handed to a colleague. `version` is the one the typing began from.

    Raises `Conflict` "draft-changed" when another window saved since, `Invalid` for too much.
    """
    if sum(len(each) for values in typed.values() for each in values) > MOST_CHARACTERS:
        raise Invalid(_("That is too long to keep."), code="draft-too-long")
    with protection.viewing(account=by.account_id):
        call = lock_own_call(by, call_id)
        if version is not None and version != call.draft_version:
            raise Conflict(
                _("This form was changed in another window. Nothing was overwritten."),
                code="draft-changed",
            )
        sealing.seal_json(call, "draft", {name: list(values) for name, values in typed.items()})
        call.draft_version += 1
        call.save(update_fields=["draft", "draft_version"])
    return call
