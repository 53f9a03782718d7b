"""Telling whoever has no coupon what became of what they asked for."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from niangjia.allocation.models import Claim, ClaimState
from niangjia.benefits.models import Benefit
from niangjia.core import clock, transactions
from niangjia.members import services as members
from niangjia.members.services.notices import notify_many

#: What is told of a claim is told while it is so: news that has been overtaken is not news.
STATES = {
    "benefits.offered": (ClaimState.OFFERED, ClaimState.HELD),
    "benefits.held": (ClaimState.HELD,),
    "benefits.lost": (ClaimState.LOST,),
    "benefits.expired": (ClaimState.EXPIRED,),
    "benefits.cancelled": (ClaimState.CANCELLED,),
    "benefits.waiting": (ClaimState.WAITING,),
    "benefits.waiting-again": (ClaimState.WAITING,),
}


@transactions.atomic
def tell_claims(
    *, pool_id: uuid.UUID, kind: str, claim_ids: Iterable[uuid.UUID] | None = None, now: dt.datetime
) -> int:
    """Tell whose claims of a benefit's pool these are (None: all of them) how they stand now; says
    how many. Whoever has a coupon hears of that instead; a pool of no benefit tells nobody."""
    benefit = Benefit.objects.filter(pool_id=pool_id).first()
    if benefit is None:
        return 0
    claims = Claim.objects.filter(pool=pool_id, state__in=STATES[kind], coupon__isnull=True)
    if claim_ids is not None:
        claims = claims.filter(pk__in=list(claim_ids))
    claims = claims.select_related("account").order_by("pk")
    facts: dict[str, Any] = {"benefit": benefit.name}
    url = reverse("benefits:benefit", args=[benefit.number])
    if kind in ("benefits.offered", "benefits.held"):
        offered = list(claims)
        for claim in offered:
            ends = claim.expires_at or benefit.valid_until
            members.notify(
                account=claim.account,
                kind=kind,
                facts=facts
                | {
                    "expires_at": ends.isoformat(),
                    "time": f"{ends.astimezone(clock.CHINA):%H:%M}",
                },
                url=url,
                now=now,
            )
        return len(offered)
    if kind == "benefits.cancelled":
        facts["reason"] = benefit.draft.get("reason", "")
    accounts = (claim.account for claim in claims.iterator(1000))
    return notify_many(accounts=accounts, kind=kind, facts=facts, url=url, now=now)
