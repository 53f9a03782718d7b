"""Giving up what somebody has of a pool on the pages of this room."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Claim, ClaimState
from niangjia.allocation.rules import subjects
from niangjia.allocation.selectors import access_own_claim
from niangjia.allocation.services.offering import return_claim
from niangjia.core import transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Account


@transactions.atomic
def leave(*, by: Account, claim_id: uuid.UUID, now: dt.datetime) -> Claim:
    """`return_claim`, for whoever comes past the room above: a place in line, an entry, an offer or
    a hold can be given up here. A part that is theirs is given back where they got it, because that
    room knows until when it may be and what else ends with it (`elsewhere`)."""
    claim = access_own_claim(by, claim_id)
    if claim.state == ClaimState.CONFIRMED and subjects.is_known(claim.pool.subject):
        words = _("Give it back on the page where you got it: there you see until when you can.")
        raise Conflict(words, code="elsewhere")
    return return_claim(by=by, claim_id=claim_id, now=now)
