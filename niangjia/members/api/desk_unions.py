"""/desk/unions: what officers change in unions, by the same services as the pages."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.api.desk_employers import brief
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.schemas.desk_members import WorkplacesIn, WorkplacesOut
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
from niangjia.members.selectors.memberships import count_outdoors
from niangjia.members.selectors.places import access_place, name_of, names_of
from niangjia.members.selectors.unions_within_reach import access_union_within, find_union_within
from niangjia.organisations import selectors as unions
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Status, Union

router = Router(tags=["desk"])


@router.patch("/{number}", response=UnionRef, summary="Edit a union's page")
def edit_union(request: HttpRequest, number: str, payload: UnionPatch) -> Union:
    """What is given is changed, the rest stays. `point_from_address` puts the union on the map as
    near as its address says."""
    union, by, now = acting(request, Action.EDIT_UNION, number)
    details = payload.changes()
    if payload.point_from_address:
        details |= unions.point_fields(details.get("address", union.address), union.division)
    return organisations.edit_union(union_id=union.pk, by=by, now=now, **details)


@router.post("/{number}/founding", response=UnionRef, summary="Found a union below")
def found_union(request: HttpRequest, number: str, payload: FoundingIn) -> Union:
    """It is being founded until its election is confirmed. Without a place it lies where the union
    above lies."""
    union, by, now = acting(request, Action.FOUND_UNIONS, number)
    return organisations.create_union(
        name=payload.name,
        kind=payload.kind,
        parent=union,
        division=access_place(payload.place, default=union.division),
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
    return employers_of(union, cursor)


@router.post("/{number}/employers", response=EmployerOut, summary="Add an employer")
def add_employer(request: HttpRequest, number: str, payload: EmployerIn) -> dict[str, Any]:
    """Known by its code, it stays one record, with its place, however many unions name it."""
    union, by, now = acting(request, Action.EDIT_UNION, number)
    details = payload.dict()
    division = access_place(details.pop("place"), default=union.division)
    added = organisations.add_employer(
        union_id=union.pk, division=division, by=by, now=now, **details
    )
    return brief(added, name_of(added.division))


@router.post("/{number}/employers/removal", response=EmployerList, summary="Remove an employer")
def remove_employer(
    request: HttpRequest, number: str, payload: EmployerRemovalIn
) -> dict[str, Any]:
    """The union is no longer there for its workers; the record stays. Again is no error."""
    union, by, now = acting(request, Action.EDIT_UNION, number)
    organisations.remove_employer(union_id=union.pk, employer_id=payload.employer, by=by, now=now)
    return employers_of(union)


@router.post(
    "/{number}/workplaces", response=WorkplacesOut, summary="Say which members work outdoors"
)
def say_workplaces(request: HttpRequest, number: str, payload: WorkplacesIn) -> dict[str, int]:
    """Up to 200 at one go, all or none; each is told. What is there already stays as it is."""
    union, by, now = acting(request, Action.CHANGE_MEMBERSHIPS, number)
    numbers = ["".join(each.split()) for each in payload.numbers]
    changed = services.say_workplace(
        by=by,
        union=union,
        numbers=numbers,
        workplace=payload.workplace,
        reason=payload.reason,
        now=now,
    )
    return {"changed": changed, "outdoors": count_outdoors(union)}


@router.post("/{number}/move", response=UnionRef, summary="Move a union and all below it")
def move_union(request: HttpRequest, number: str, payload: MoveIn) -> Union:
    """Below another union within reach, figures included."""
    union, by, now = acting(request, Action.MOVE_UNIONS, number)
    posts = posts_for(request, Action.FOUND_UNIONS)
    parent = find_union_within(posts, Action.FOUND_UNIONS, payload.parent)
    if parent is None:
        raise NotFound(_("There is no such page"))
    return organisations.move_union(union_id=union.pk, parent_id=parent.pk, by=by, now=now)


def employers_of(union: Union, cursor: str | None = None) -> dict[str, Any]:
    """A page of a union's employers as `EmployerList`."""
    page = page_of(unions.list_employers(union), order=("name", "id"), cursor=cursor)
    names = names_of([employer.division for employer in page.items])
    return {
        "items": [brief(each, names[each.division_id]) for each in page.items],
        "next": page.next,
    }


def acting(request: HttpRequest, action: Action, number: str) -> tuple[Union, Post, dt.datetime]:
    """The union, the post that acts on it and the moment; `NotFound` out of reach."""
    posts = posts_for(request, action)
    union = access_union_within(posts, action, number)
    return union, selectors.access_acting_post(posts, action, union.path), clock.now()
