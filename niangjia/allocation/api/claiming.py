"""/pools: claims of what there is a finite supply of."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from niangjia.allocation import services
from niangjia.allocation.doors.answers import refusal_of, said
from niangjia.allocation.schemas import ClaimAnswer, ClaimIn
from niangjia.core import clock, idempotency
from niangjia.members.doors import account_of

router = Router(tags=["pools"])


@router.post(
    "/{uuid:pool_id}/claims", response={201: ClaimAnswer}, summary="Claim a part of a pool"
)
def claim_part(
    request: HttpRequest, response: HttpResponse, pool_id: uuid.UUID, asked: ClaimIn | None = None
) -> Any:
    """One claim, for yourself. With an `Idempotency-Key` it is made once however often it is sent,
    and sending it again tells how it stands by then. Under a burst thousands are answered together,
    each with an answer of its own; 503 with `Retry-After` asks to come again."""
    account = account_of(request)
    idempotency.read_anew(request)
    idempotency.keeps_its_key(request)
    ask = services.Ask(
        pool_id=pool_id,
        account_id=account.pk,
        key=request.headers.get("Idempotency-Key"),
        parts=asked.parts if asked else 1,
        is_bare=True,
    )
    answered = services.claim(ask=ask, now=clock.now())
    if refusal := refusal_of(answered):
        raise refusal
    if answered.is_again:
        response["Idempotent-Replayed"] = "true"
    return Status(201, said(answered))
