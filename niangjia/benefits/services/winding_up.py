"""What becomes of a union's benefits when the union is no more."""

import datetime as dt
import uuid

from django.utils.translation import gettext as _

from niangjia.benefits.models import Benefit, BenefitState, Merchant, MerchantState
from niangjia.benefits.services.giving import call_off
from niangjia.benefits.services.merchants import end_contract
from niangjia.core import transactions


@transactions.atomic
def wind_up(*, union_id: uuid.UUID, now: dt.datetime) -> int:
    """End what a dissolved union gave; says how many benefits were called off. Twice is once.

    Its benefits are called off: what nobody used goes back to its budgets, and holders are told
    why. Its merchants' contracts end, so that their shops take nothing more in its name. What shops
    took before is owed all the same: it comes on statements as ever, which officers of the unions
    above reach and pay. Drafts stay as they are, and nobody can publish them.
    """
    running = Benefit.objects.select_for_update(of=("self",)).filter(
        union_id=union_id, state=BenefitState.PUBLISHED, settled_at=None
    )
    found = list(running.order_by("pk"))
    for benefit in found:
        call_off(benefit, by=None, reason=_("The union that gave it is no more."), now=now)
    contracts = Merchant.objects.select_for_update(of=("self",)).filter(union_id=union_id)
    for merchant in contracts.exclude(state=MerchantState.ENDED).order_by("pk"):
        end_contract(merchant, reason=_("The union of this contract is no more."), now=now)
    return len(found)
