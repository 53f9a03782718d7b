"""/desk/activities/…/co-organisers, /desk/co-organisers, /desk/co-organisations."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.activities import services
from niangjia.activities.api.desk import RUNS, activity_for
from niangjia.activities.models import CoOrganiser
from niangjia.activities.schemas.co_organising import (
    CoOrganiserIn,
    CoOrganiserList,
    CoOrganiserOut,
    PartingIn,
    ShareIn,
)
from niangjia.activities.selectors import co_organisers as selectors
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post
from niangjia.organisations.selectors import find_union_named

of_activity = Router(tags=["desk"])
own = Router(tags=["desk"])
asked = Router(tags=["desk"])


def shape(row: CoOrganiser) -> dict[str, Any]:
    """As `CoOrganiserOut`."""
    names = ("id", "state", "part", "opens", "words", "reason", "invited_at", "union")
    return {name: getattr(row, name) for name in names} | {
        "activity": row.activity.number,
        "activity_name": row.activity.name,
        "organiser": row.activity.union,
    }


def own_for(request: HttpRequest, key: str) -> tuple[CoOrganiser, Post]:
    """One that we asked, and the post to act by. Raises `NotFound`."""
    posts = posts_for(request, RUNS)
    found = selectors.access_own(posts, key)
    return found, access_acting_post(posts, RUNS, found.activity.union.path)


def asked_for(request: HttpRequest, key: str) -> tuple[CoOrganiser, Post]:
    """What we were asked, and the post to act by. Raises `NotFound`."""
    posts = posts_for(request, RUNS)
    found = selectors.access_asked(posts, key)
    return found, access_acting_post(posts, RUNS, found.union.path)


@of_activity.get(
    "/{number}/co-organisers", response=list[CoOrganiserOut], summary="Who was asked to join in"
)
def list_co_organisers(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """With what they said; in the order of the tree."""
    found, _by = activity_for(request, number)
    rows = selectors.list_of_activity(found).select_related("union", "activity__union")
    return list(map(shape, rows))


@of_activity.post(
    "/{number}/co-organisers", response={201: CoOrganiserOut}, summary="Ask a union to join in"
)
def invite_co_organiser(
    request: HttpRequest, number: str, payload: CoOrganiserIn
) -> Status[dict[str, Any]]:
    """Its officers are told. Twice is once."""
    found, by = activity_for(request, number)
    said = payload.dict(exclude={"union"})
    union = find_union_named(payload.union)
    if union is None:
        problem = _("No union has this number, or not just one has this name. Try its number.")
        raise Invalid(problem, fields={"union": problem})
    made = services.invite_co_organiser(by=by, activity=found, union=union, now=clock.now(), **said)
    return Status(201, shape(made))


@own.put("/{co_organiser_id}", response=CoOrganiserOut, summary="Change a co-organiser's part")
def change_co_organiser(
    request: HttpRequest, co_organiser_id: str, payload: ShareIn
) -> dict[str, Any]:
    """Whoever has a seat keeps it."""
    found, by = own_for(request, co_organiser_id)
    said = payload.dict()
    return shape(services.change_co_organiser(by=by, co_organiser=found, now=clock.now(), **said))


@own.post("/{co_organiser_id}/removal", response=CoOrganiserOut, summary="Part with a co-organiser")
def remove_co_organiser(
    request: HttpRequest, co_organiser_id: str, payload: PartingIn
) -> dict[str, Any]:
    """Or take the asking back. It is told why."""
    found, by = own_for(request, co_organiser_id)
    return shape(
        services.remove_co_organiser(
            by=by, co_organiser=found, reason=payload.reason, now=clock.now()
        )
    )


@asked.get("", response=CoOrganiserList, summary="What we were asked to put on together")
def list_co_organisations(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """What waits for an answer, and what we take part in. The newest first."""
    page = page_of(selectors.list_open(posts_for(request, RUNS)), order=("-id",), cursor=cursor)
    return {"items": list(map(shape, page.items)), "next": page.next}


@asked.post("/{co_organiser_id}/acceptance", response=CoOrganiserOut, summary="Join in")
def accept_co_organising(request: HttpRequest, co_organiser_id: str) -> dict[str, Any]:
    """From then on the union stands on the page. Twice is once."""
    found, by = asked_for(request, co_organiser_id)
    return shape(services.accept_co_organising(by=by, co_organiser=found, now=clock.now()))


@asked.post("/{co_organiser_id}/refusal", response=CoOrganiserOut, summary="Do not join in")
def decline_co_organising(
    request: HttpRequest, co_organiser_id: str, payload: PartingIn
) -> dict[str, Any]:
    """With a reason, which the other union reads."""
    found, by = asked_for(request, co_organiser_id)
    return shape(
        services.decline_co_organising(
            by=by, co_organiser=found, reason=payload.reason, now=clock.now()
        )
    )


@asked.post("/{co_organiser_id}/departure", response=CoOrganiserOut, summary="No longer join in")
def leave_co_organising(
    request: HttpRequest, co_organiser_id: str, payload: PartingIn
) -> dict[str, Any]:
    """Members who have seats keep them."""
    found, by = asked_for(request, co_organiser_id)
    return shape(
        services.leave_co_organising(
            by=by, co_organiser=found, reason=payload.reason, now=clock.now()
        )
    )
