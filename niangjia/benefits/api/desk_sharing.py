"""/desk/benefits/all/{number}/shares: coupons kept for unions below, by the pages' services."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.allocation.models import Share
from niangjia.allocation.services import ShareDraft
from niangjia.benefits import services
from niangjia.benefits.api.desk import GIVE, acting, union_of
from niangjia.benefits.models import Benefit
from niangjia.benefits.schemas.giving import KeptShareIn, KeptShareList, ReachIn, ReachList
from niangjia.benefits.schemas.shapes import named
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.selectors.sharing import list_also, list_shares
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.doors import posts_for
from niangjia.organisations.selectors import access_union_by_number, find_union_named

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


def also_shown(benefit: Benefit) -> dict[str, Any]:
    """Whose members can have a benefit besides, as `ReachList`."""
    return {"items": list(map(named, list_also(benefit.pool)))}


@router.get("/all/{number}/reach", response=ReachList, summary="Whose members can have it besides")
def list_benefit_reach(request: HttpRequest, number: str) -> dict[str, Any]:
    """By name."""
    return also_shown(selectors.access_benefit_within(posts_for(request, GIVE), number))


@router.post("/all/{number}/reach", response={201: ReachList}, summary="Give it to more")
def add_benefit_reach(
    request: HttpRequest, number: str, payload: ReachIn
) -> Status[dict[str, Any]]:
    """Members of any union, not only of those below, and of the unions below that."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    union = find_union_named(payload.union)
    if union is None:
        problem = _("No union has this number, or not just one has this name. Try its number.")
        raise Invalid(problem, fields={"union": problem})
    changed = services.add_reach(
        by=acting(request, found.union), benefit=found, union=union, now=clock.now()
    )
    return Status(201, also_shown(access_anew(request, changed)))


@router.delete("/all/{number}/reach", response=ReachList, summary="Give it to them no more")
def drop_benefit_reach(request: HttpRequest, number: str, union: str) -> dict[str, Any]:
    """Members of `union` (its number); whoever has one keeps it. Twice is once."""
    found = selectors.access_benefit_within(posts_for(request, GIVE), number)
    changed = services.drop_reach(
        by=acting(request, found.union),
        benefit=found,
        union=access_union_by_number(union),
        now=clock.now(),
    )
    return also_shown(access_anew(request, changed))


def access_anew(request: HttpRequest, benefit: Benefit) -> Benefit:
    """The benefit with its pool as it is now."""
    return selectors.access_benefit_within(posts_for(request, GIVE), benefit.number)
