"""Giving a part back."""

import datetime as dt
import uuid

from niangjia.allocation.events import PartReturned
from niangjia.allocation.models import Claim, ClaimState, Stock
from niangjia.allocation.selectors import access_own_claim
from niangjia.core import audit, outbox, transactions
from niangjia.members.models import Account
from niangjia.organisations.services import count


@transactions.atomic
def return_claim(*, by: Account, claim_id: uuid.UUID, now: dt.datetime) -> Claim:
    """Give one's own part back: somebody else can claim it at once. Twice is once. Raises
    `NotFound`, for somebody else's alike."""
    found = access_own_claim(by, claim_id)
    stock = Stock.objects.select_for_update().get(pk=found.pool_id)
    found.refresh_from_db(fields=["state", "returned_at"])
    if found.state == ClaimState.RETURNED:
        return found
    found.state, found.returned_at = ClaimState.RETURNED, now
    found.save(update_fields=["state", "returned_at"])
    stock.taken -= 1
    stock.save(update_fields=["taken"])
    audit.record(action="pool.returned", by=by.pk, subject=f"claim:{found.pk}")
    outbox.publish(PartReturned(pool_id=found.pool_id, claim_id=found.pk))
    count(union_id=found.pool.union_id, metric="claims", change=-1)
    return found
