"""That something was had for a part: a coupon was redeemed, somebody came in."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Claim, ClaimState
from niangjia.core.errors import Conflict, NotFound


def mark_used(*, claim_id: uuid.UUID, now: dt.datetime) -> Claim:
    """From now on this part cannot be given back. In the transaction of the room above, which knows
    what was had; twice is once. Raises `NotFound`, and `Conflict` for what is nobody's part (any
    more): whoever gives back and whoever uses wait for each other at the claim's row."""
    claim = lock(claim_id)
    if claim.state != ClaimState.CONFIRMED:
        raise Conflict(_("This has been given back or was never theirs."), code="not-theirs")
    if claim.used_at is None:
        claim.used_at = now
        claim.save(update_fields=["used_at"])
    return claim


def mark_unused(*, claim_id: uuid.UUID) -> Claim:
    """All that was had for it was taken back: it can be given back again. Twice is once."""
    claim = lock(claim_id)
    if claim.used_at is not None:
        claim.used_at = None
        claim.save(update_fields=["used_at"])
    return claim


def lock(claim_id: uuid.UUID) -> Claim:
    """The claim, ours until the transaction ends."""
    found = Claim.objects.select_for_update(of=("self",)).filter(pk=claim_id).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
