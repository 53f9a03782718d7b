"""/coverage: whom stations reach, of a division for everybody; /desk/coverage: of a union's own
members; /desk/sitings: where to open the next, for officers of the union and above."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.places import services
from niangjia.places.models import Siting, SitingState, Who, Window
from niangjia.places.rules.siting_words import features, result_of
from niangjia.places.schemas.circle import (
    CoverageOut,
    OwnCoverageOut,
    SitingIn,
    SitingItem,
    SitingList,
    SitingOut,
)
from niangjia.places.selectors import siting as selectors
from niangjia.places.selectors.coverage import find_measured
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.selectors.own_coverage import find_own, stands_for_division
from niangjia.places.selectors.walks import Walked, count_walked, credit_for
from niangjia.regions import selectors as regions

public = Router(tags=["places"], auth=None)
own = Router(tags=["desk"])
router = Router(tags=["desk"])
Size = Annotated[int, Query(ge=1, le=100)]


@public.get("/{division}", response=CoverageOut, summary="Whom stations reach on foot")
def show_coverage(
    request: HttpRequest, division: str, who: Who = Who.WORKERS, window: Window = Window.ALL
) -> dict[str, Any]:
    """Of a division by its code. 404 where nobody has been counted."""
    measured = find_measured(regions.access_division(division), who)
    if measured is None:
        raise NotFound(_("Nobody has been counted there yet."))
    walked = count_walked(measured.division)
    return {
        "division": measured.division.code,
        "who": who,
        "window": window,
        "total": measured.week.total,
        "share": measured.week.share_in(window),
        "hours": list(measured.week.hours),
        "unplaced": measured.unplaced,
        "stations": walked.of,
        "along_streets": walked.along_streets,
        "attribution": credit_for(walked),
        "first_date": measured.first_date,
        "measured_at": measured.measured_at,
    }


@own.get("/{union}", response=OwnCoverageOut, summary="Whom stations reach of our own members")
def show_own_coverage(
    request: HttpRequest, union: str, window: Window = Window.ALL
) -> dict[str, Any]:
    """Of a union that stands for no division: an industrial one, a company's, a joint one. Of a
    federation, ask for the coverage of its division."""
    found = access_union_within(posts_for(request, Action.BROWSE), Action.BROWSE, union)
    measured = None if stands_for_division(found) else find_own(found)
    asked = {"union": found.number, "window": window}
    if measured is None:
        return asked
    return asked | {
        "total": measured.week.total,
        "share": measured.week.share_in(window),
        "hours": list(measured.week.hours),
        "unplaced": measured.unplaced,
        "divisions": measured.divisions,
        "first_date": measured.first_date,
        "worst": [
            {"union": each.number, "name": each.name, "division": each.division}
            | {"share": each.week.share_in(window)}
            for each in measured.worst(window)
        ],
    }


@router.get("", response=SitingList, summary="What was asked so far")
def list_sitings(
    request: HttpRequest, cursor: str | None = None, size: Size = 20
) -> dict[str, Any]:
    """The newest first."""
    found = selectors.list_sitings_within(posts_for(request, KEEPS))
    page = page_of(found, order=("-id",), cursor=cursor, size=size)
    return {"items": list(map(item, page.items)), "next": page.next}


@router.post("", response={201: SitingItem}, summary="Ask where to open the next stations")
def ask_siting(request: HttpRequest, payload: SitingIn) -> Status[dict[str, Any]]:
    """It is worked out in the background: read it again for `progress`."""
    posts = posts_for(request, KEEPS)
    union = access_union_within(posts, KEEPS, payload.union)
    asked = services.ask_siting(
        by=access_acting_post(posts, KEEPS, union.path),
        union=union,
        who=payload.who,
        window=payload.window,
        stations=payload.stations,
        now=clock.now(),
    )
    return Status(201, item(asked))


@router.get("/{siting}", response=SitingOut, summary="How far it is, and what was found")
def show_siting(request: HttpRequest, siting: str) -> dict[str, Any]:
    """With the proposals once it is done."""
    found = selectors.access_siting_within(posts_for(request, KEEPS), siting)
    if found.state != SitingState.DONE:
        return item(found)
    result = result_of(found, selectors.list_proposals(found))
    return item(found) | {
        "people": result.people,
        "before": result.before,
        "after": result.after,
        "at_least": result.at_least,
        "candidates": found.candidates,
        "along_streets": found.walked,
        "attribution": credit_for(Walked(found.candidates, found.walked)),
        "proposals": features(result),
    }


@router.post("/{siting}/cancellation", response=SitingItem, summary="Call it off")
def cancel_siting(request: HttpRequest, siting: str) -> dict[str, Any]:
    """What is worked out already stays."""
    posts = posts_for(request, KEEPS)
    found = selectors.access_siting_within(posts, siting)
    by = access_acting_post(posts, KEEPS, found.union.path)
    services.stop_siting(by=by, siting=found, now=clock.now())
    return item(selectors.access_siting_within(posts, siting))


def item(found: Siting) -> dict[str, Any]:
    """A siting as `SitingItem`."""
    names = ("id", "who", "window", "stations", "state", "progress", "asked_at", "ended_at")
    return {name: getattr(found, name) for name in names} | {"division": found.union.division_id}
