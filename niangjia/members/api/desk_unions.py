"""/desk/unions: what officers change in unions, by the same services as the pages."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from niangjia.core import clock
from niangjia.core.errors import Invalid, NotFound
from niangjia.core.pagination import page_of
from niangjia.members import selectors
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.schemas.desk_unions import (
    ConfirmationIn,
    EmployerIn,
    EmployerList,
    EmployerOut,
    EmployerRemovalIn,
    FoundingIn,
    MoveIn,
    UnionPatch,
)
from niangjia.members.schemas.joining import UnionRef
from niangjia.members.selectors.unions_within_reach import access_union_within, find_union_within
from niangjia.organisations import selectors as unions
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Employer, Status, Union
from niangjia.regions import selectors as regions

router = Router(tags=["desk"])


@router.patch("/{number}", response=UnionRef, summary="Edit a union's page")
def edit_union(request: HttpRequest, number: str, payload: UnionPatch) -> Union:
    """What is given is changed, the rest stays. `point_from_address` puts the union on the map as
    near as its address says."""
    union, by, now = acting(request, Action.EDIT_UNION, number)
    details = payload.changes()
    if payload.point_from_address:
        point = unions.find_point(details.get("address", union.address), union.division)
        details["longitude"] = point.longitude if point else None
        details["latitude"] = point.latitude if point else None
    return organisations.edit_union(union_id=union.pk, by=by, now=now, **details)


@router.post("/{number}/founding", response=UnionRef, summary="Found a union below")
def found_union(request: HttpRequest, number: str, payload: FoundingIn) -> Union:
    """It is being founded until its election is confirmed. Without a place it lies where the union
    above lies."""
    union, by, now = acting(request, Action.FOUND_UNIONS, number)
    try:
        division = regions.access_by_address(payload.place) if payload.place else union.division
    except NotFound:
        problem = _("We do not know this place. Write it as 某省某市某县.")
        raise Invalid(problem, fields={"place": problem}) from None
    except Invalid as refusal:
        refusal.fields = {"place": refusal.message}
        raise
    return organisations.create_union(
        name=payload.name,
        kind=payload.kind,
        parent=union,
        division=division,
        status=Status.PREPARING,
        by=by,
        now=now,
    )


@router.post("/{number}/confirmation", response=UnionRef, summary="Confirm a union's election")
def confirm_union(request: HttpRequest, number: str, payload: ConfirmationIn) -> Union:
    """A union that is being founded becomes active; the union above says so."""
    union, by, now = acting(request, Action.CONFIRM_UNIONS, number)
    return organisations.confirm_union(
        union_id=union.pk,
        committee_elected_date=payload.committee_elected_date,
        by=by,
        now=now,
    )


@router.get("/{number}/employers", response=EmployerList, summary="A union's employers")
def list_employers(request: HttpRequest, number: str, cursor: str | None = None) -> dict[str, Any]:
    """Those whose workers the union is there for, by name."""
    union, _by, _now = acting(request, Action.EDIT_UNION, number)
    page = page_of(unions.list_employers(union), order=("name", "id"), cursor=cursor)
    return {"items": page.items, "next": page.next}


@router.post("/{number}/employers", response=EmployerOut, summary="Add an employer")
def add_employer(request: HttpRequest, number: str, payload: EmployerIn) -> Employer:
    """Known by its code, it stays one record however many unions name it."""
    union, by, now = acting(request, Action.EDIT_UNION, number)
    return organisations.add_employer(
        union_id=union.pk, division=union.division, by=by, now=now, **payload.dict()
    )


@router.post("/{number}/employers/removal", response=EmployerList, summary="Remove an employer")
def remove_employer(
    request: HttpRequest, number: str, payload: EmployerRemovalIn
) -> dict[str, Any]:
    """The union is no longer there for its workers; the record stays. Again is no error."""
    union, by, now = acting(request, Action.EDIT_UNION, number)
    organisations.remove_employer(union_id=union.pk, employer_id=payload.employer, by=by, now=now)
    page = page_of(unions.list_employers(union), order=("name", "id"))
    return {"items": page.items, "next": page.next}


@router.post("/{number}/move", response=UnionRef, summary="Move a union and all below it")
def move_union(request: HttpRequest, number: str, payload: MoveIn) -> Union:
    """Below another union within reach, figures included."""
    union, by, now = acting(request, Action.MOVE_UNIONS, number)
    posts = posts_for(request, Action.FOUND_UNIONS)
    parent = find_union_within(posts, Action.FOUND_UNIONS, payload.parent)
    if parent is None:
        raise NotFound(_("There is no such page"))
    return organisations.move_union(union_id=union.pk, parent_id=parent.pk, by=by, now=now)


def acting(request: HttpRequest, action: Action, number: str) -> tuple[Union, Post, dt.datetime]:
    """The union, the post that acts on it and the moment; `NotFound` out of reach."""
    posts = posts_for(request, action)
    union = access_union_within(posts, action, number)
    return union, selectors.access_acting_post(posts, action, union.path), clock.now()
