"""/place-stars, /places/{code}/stars, /kept-places/…, /desk/…: stars and objections."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.core import clock
from niangjia.core.errors import Conflict
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Account, Post
from niangjia.places import services
from niangjia.places.models import Place, StarObjection, StarRating
from niangjia.places.rules import stars as rules
from niangjia.places.schemas.rounds import (
    PlaceStarsOut,
    StarDecisionIn,
    StarObjectionIn,
    StarObjectionOut,
    StarRulesOut,
    StarsByHandIn,
)
from niangjia.places.selectors import desk as places_within
from niangjia.places.selectors import star_terms
from niangjia.places.selectors import stars as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.selectors.keeping import access_kept
from niangjia.places.selectors.places import access_public

public = Router(tags=["places"], auth=None)
of_place = Router(tags=["places"], auth=None)
kept = Router(tags=["places"])
desk = Router(tags=["desk"])
objections = Router(tags=["desk"])
OF_MONTH = (
    *("month", "stars", "before", "reason", "facts", "counts_from", "objections_until"),
    "withdrawn_at",
)


def shown(place: Place) -> dict[str, Any]:
    """As `PlaceStarsOut`."""
    page = selectors.show_stars(place)
    findings = [
        {
            "key": each.rule.key,
            "label": each.label,
            "held": each.held,
            "most": each.rule.most,
            "evidence": each.evidence,
        }
        for each in page.why
    ]
    return {"stars": place.stars, "findings": findings, "months": list(map(month, page.history))}


def month(each: StarRating) -> dict[str, Any]:
    """As `StarMonthOut`."""
    return {name: getattr(each, name) for name in OF_MONTH}


@public.get("/rules", response=StarRulesOut, summary="The rules of the stars")
def show_star_rules(request: HttpRequest, place: str = "") -> dict[str, Any]:
    """A station has five stars, unless one of these does not hold; as they are where a place is,
    else as they are where no province and no city asks for something else."""
    found = star_terms.find_terms(access_public(place).union) if place else None
    terms = star_terms.as_terms(found)
    listed = [
        {"key": each.key, "most": each.most, "label": each.label(terms)} for each in rules.RULES
    ]
    return {
        "version": rules.VERSION,
        "kinds": list(rules.KINDS),
        "objection_working_days": rules.OBJECTION_WORKING_DAYS,
        "terms": terms.values(),
        "rules": listed,
    }


@of_place.get("/{code}/stars", response=PlaceStarsOut, summary="The stars of a place, and why")
def show_place_stars(request: HttpRequest, code: str) -> dict[str, Any]:
    """With those of the months before."""
    return shown(access_public(code))


def objected(by: Account, place: Place, words: str) -> StarObjection:
    """Object to what is announced. Raises `Conflict` when nothing is."""
    announced = selectors.show_stars(place).announced
    if announced is None:
        raise Conflict(_("These stars are not announced any more."), code="not-announced")
    return services.object_to_stars(by=by, rating=announced, words=words, now=clock.now())


@kept.post("/{code}/stars/objection", response={201: StarObjectionOut}, summary="Object")
def object_to_kept_stars(
    request: HttpRequest, code: str, payload: StarObjectionIn
) -> Status[StarObjection]:
    """Of a place one keeps; until it is decided the stars stay."""
    account = account_of(request)
    return Status(201, objected(account, access_kept(account, code), payload.words))


def place_for(request: HttpRequest, code: str) -> tuple[Place, Post]:
    """A place within reach, and a post above its union if there is one. Raises `NotFound`."""
    posts = posts_for(request, KEEPS)
    place = places_within.access_place_within(posts, code)
    return place, places_within.access_approver(posts, place)


@desk.post("/{code}/stars/objection", response={201: StarObjectionOut}, summary="Object")
def object_for_place(
    request: HttpRequest, code: str, payload: StarObjectionIn
) -> Status[StarObjection]:
    """For the union that keeps it."""
    place, by = place_for(request, code)
    return Status(201, objected(by.account, place, payload.words))


@desk.post("/{code}/stars/by-hand", response=PlaceStarsOut, summary="Stars by hand")
def give_stars_by_hand(request: HttpRequest, code: str, payload: StarsByHandIn) -> dict[str, Any]:
    """By a union above, with the reason; until the next month's."""
    place, by = place_for(request, code)
    services.set_stars(
        by=by, place=place, stars_given=payload.stars, reason=payload.reason, now=clock.now()
    )
    return shown(place_for(request, code)[0])


@objections.post("/{objection_id}/decision", response=StarObjectionOut, summary="Decide")
def decide_star_objection(
    request: HttpRequest, objection_id: str, payload: StarDecisionIn
) -> StarObjection:
    """By the union above, with the reason. Twice is once."""
    posts = posts_for(request, KEEPS)
    found = selectors.access_objection(posts, objection_id)
    by = places_within.access_approver(posts, found.rating.place)
    return services.decide_objection(
        by=by,
        objection=found,
        is_upheld=payload.is_upheld,
        answer=payload.answer,
        now=clock.now(),
    )
