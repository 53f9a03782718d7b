"""/desk/benefits/all/{number}/shares: coupons kept for unions below, by the pages' services."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.allocation.models import Share
from niangjia.allocation.services import ShareDraft
from niangjia.benefits import services
from niangjia.benefits.api.desk import GIVE, acting, union_of
from niangjia.benefits.models import Benefit
from niangjia.benefits.schemas.giving import KeptShareIn, KeptShareList
from niangjia.benefits.schemas.shapes import named
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.selectors.sharing import list_shares
from niangjia.core import clock
from niangjia.members.doors import posts_for

router = Router(tags=["benefits"])


def shown(benefit: Benefit) -> dict[str, Any]:
    """A benefit's shares as `KeptShareList`."""
    return {"items": list(map(share_shown, list_shares(benefit))), "next": None}


def share_shown(share: Share) -> dict[str, Any]:
    """A share as `KeptShareOut`."""
    names = ("supply", "taken", "returns_at", "returned_at")
    return {name: getattr(share, name) for name in names} | {"union": named(share.union)}


@router.get("/all/{number}/shares", response=KeptShareList, summary="Kept for unions below")
def list_benefit_shares(request: HttpRequest, number: str) -> dict[str, Any]:
    """The biggest first, up to 500; those that have flowed back too."""
    return shown(selectors.access_benefit_within(posts_for(request, GIVE), number))


@router.post("/all/{number}/shares", response={201: KeptShareList}, summary="Keep some")
def split_benefit(
    request: HttpRequest, number: str, payload: KeptShareIn
) -> Status[dict[str, Any]]:
    """For the members of a union below; a union that has a share gets so many more."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    draft = ShareDraft(union_of(request, payload.union), payload.supply, payload.returns_at)
    services.split_benefit(
        by=acting(request, found.union), benefit=found, shares=[draft], now=clock.now()
    )
    return Status(201, shown(found))


@router.delete("/all/{number}/shares", response=KeptShareList, summary="Flow back")
def return_benefit_share(request: HttpRequest, number: str, union: str) -> dict[str, Any]:
    """What is left of the share of `union` (its number) is everybody's from now on. Twice is
    once."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    services.return_share(
        by=acting(request, found.union),
        benefit=found,
        union=union_of(request, union),
        now=clock.now(),
    )
    return shown(found)
