"""/desk/star-terms: how much the stars ask for at a union."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.core import clock
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union
from niangjia.places import services
from niangjia.places.schemas.star_terms import StarTermsIn, StarTermsOut
from niangjia.places.selectors import star_terms as selectors
from niangjia.places.selectors.desk import KEEPS

router = Router(tags=["desk"])


def shown(union: Union) -> dict[str, Any]:
    """As `StarTermsOut`."""
    found = selectors.find_terms(union)
    whose = found.union.number if found else None
    return {"union": union.number, "set_by": whose, "terms": selectors.as_terms(found).values()}


@router.get("/{number}", response=StarTermsOut, summary="How much the stars ask for at a union")
def show_star_terms(request: HttpRequest, number: str) -> dict[str, Any]:
    """Its own, else those of the nearest union above, else the country's."""
    return shown(access_union_within(posts_for(request, KEEPS), KEEPS, number))


def union_for(request: HttpRequest, number: str) -> tuple[Union, Post]:
    """A union within reach, and the post by which its record may be changed. Raises `NotFound`."""
    posts = posts_for(request, Action.EDIT_UNION)
    union = access_union_within(posts, Action.EDIT_UNION, number)
    return union, access_acting_post(posts, Action.EDIT_UNION, union.path)


@router.put("/{number}", response=StarTermsOut, summary="Ask for more or less")
def set_star_terms(request: HttpRequest, number: str, payload: StarTermsIn) -> dict[str, Any]:
    """By a province's or a city's federation, from the next month's rating on."""
    union, by = union_for(request, number)
    services.set_star_terms(by=by, union=union, values=payload.dict(), now=clock.now())
    return shown(union)


@router.delete("/{number}", response={204: None}, summary="Ask for what the union above asks for")
def drop_star_terms(request: HttpRequest, number: str) -> Status[None]:
    """From the next month's rating on. Twice is once."""
    union, by = union_for(request, number)
    services.drop_star_terms(by=by, union=union)
    return Status(204, None)
