"""/pools/{id}: where I stand with a pool. /claims: what I asked for, and what came of it."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from niangjia.allocation import selectors, services
from niangjia.allocation.models import Claim
from niangjia.allocation.rules import subjects
from niangjia.allocation.schemas import ClaimList, ClaimOut, PoolLineOut
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of

router = Router(tags=["pools"])
claims = Router(tags=["pools"])


def shown(claim: Claim) -> dict[str, Any]:
    """A claim as `ClaimOut`."""
    return {
        "id": claim.pk,
        "pool_id": claim.pool_id,
        "name": claim.pool.name,
        "page": subjects.page_of(claim.pool.subject),
        "state": claim.state,
        "parts": claim.parts,
        "at": claim.at,
        "changed_at": claim.changed_at,
        "expires_at": claim.expires_at,
        "used_at": claim.used_at,
        "reason": claim.reason,
    }


@router.get("/{uuid:pool_id}", response=PoolLineOut, summary="Where I stand with a pool")
def show_pool(request: HttpRequest, pool_id: uuid.UUID) -> dict[str, Any]:
    """Whether you may claim of it, or why not; what you have of it; your place in line, how many
    wait, and how many before you had their turn within a day. `seconds` says after how many seconds
    it is worth asking again, null when nothing comes by itself."""
    pool = selectors.access_pool(pool_id)
    line = selectors.read_line(pool, account_of(request), now=clock.now())
    proof = selectors.proof_of(pool)
    return {
        "id": pool.pk,
        "name": pool.name,
        "union": pool.union,
        "page": subjects.page_of(pool.subject),
        "mode": pool.mode,
        "opens_at": pool.opens_at,
        "closes_at": pool.closes_at,
        "left": line.left,
        "stage": line.stage,
        "verdict": line.verdict,
        "claim": shown(line.claim) if line.claim else None,
        "place": line.place if line.stage == "waiting" else None,
        "last_offer_at": line.last_offer_at,
        "waiting": line.waiting,
        "pace": line.pace,
        "entered": line.entered,
        "seconds": line.seconds,
        "commitment": proof.commitment,
        "seed": proof.seed,
        "order": reverse("allocation:order_file", args=[pool.pk]) if proof.has_file else "",
    }


@claims.get("", response=ClaimList, summary="What I asked for")
def list_my_claims(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """Of any pool, the newest first."""
    own = selectors.list_own_claims(account_of(request))
    page = page_of(own, order=("-id",), cursor=cursor)
    return {"items": [shown(claim) for claim in page.items], "next": page.next}


@claims.get("/{uuid:claim_id}", response=ClaimOut, summary="One claim of mine")
def show_my_claim(request: HttpRequest, claim_id: uuid.UUID) -> dict[str, Any]:
    """How it stands now."""
    return shown(selectors.access_own_claim(account_of(request), claim_id))


@claims.post("/{uuid:claim_id}/confirmation", response=ClaimOut, summary="Take what is kept for me")
def confirm_my_claim(request: HttpRequest, claim_id: uuid.UUID) -> dict[str, Any]:
    """A part that is held, or offered from the waiting list. Twice is once. 409 when its time is
    over and it has gone to the next person."""
    account = account_of(request)
    services.confirm_claim(by=account, claim_id=claim_id, now=clock.now())
    return shown(selectors.access_own_claim(account, claim_id))


@claims.post("/{uuid:claim_id}/return", response=ClaimOut, summary="Give it up")
def give_up_my_claim(request: HttpRequest, claim_id: uuid.UUID) -> dict[str, Any]:
    """A place in line, an entry, an offer, a hold: it goes to the next person. Twice is once. 409
    (`elsewhere`) for a part that is yours and has a `page` of its own: give it back there."""
    account = account_of(request)
    services.leave(by=account, claim_id=claim_id, now=clock.now())
    return shown(selectors.access_own_claim(account, claim_id))
