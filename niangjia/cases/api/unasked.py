"""/desk/unasked: who could be helped and has not asked; /public-notices: what is on notice."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases import services
from niangjia.cases.schemas.catalogue import (
    ObjectionIn,
    PublicNoticeList,
    UnaskedMessageIn,
    UnaskedMessageOut,
    UnaskedOut,
    UnaskedPeople,
    UnaskedPeopleIn,
)
from niangjia.cases.selectors import access_offered
from niangjia.cases.selectors.public_notices import NEWEST, list_public_notices
from niangjia.cases.selectors.reaching_out import count_who_could_be_helped
from niangjia.core import clock, idempotency
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of, posts_for
from niangjia.members.rules import Action, purposes
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations import selectors as organisations

router = Router(tags=["desk"])
notices = Router(tags=["services"], auth=None)


@router.get("", response=UnaskedOut, summary="How many could be helped and have not asked")
def count_unasked(request: HttpRequest, union: str = "", item: str = "") -> dict[str, Any]:
    """By the unions right below; small numbers are hidden."""
    posts = posts_for(request, Action.BROWSE)
    found = access_union_within(posts, Action.BROWSE, union)
    offered = access_offered(item, found)
    counts = count_who_could_be_helped(offered, found, posts, today=clock.today())
    return {"total": counts.total, "items": list(counts.shares), "next": None}


@router.post("/people", response=UnaskedPeople, summary="Who they are, for a purpose")
def list_unasked(request: HttpRequest, payload: UnaskedPeopleIn) -> dict[str, Any]:
    """Twenty at a time; each counts as a look-up and can read who looked and why."""
    idempotency.read_anew(request)
    posts = posts_for(request, Action.LOOK_UP_MEMBERS)
    found = services.list_unasked(
        by=account_of(request),
        union=access_union_within(posts, Action.LOOK_UP_MEMBERS, payload.union),
        key=payload.item,
        purpose=purposes.stated(payload.purpose, payload.words),
        after=payload.after,
        now=clock.now(),
    )
    items = [
        {"number": m.number, "name": m.person.name, "union": m.union} for m in found.memberships
    ]
    return {"items": items, "next": found.after or None}


@router.post("/messages", response=UnaskedMessageOut, summary="Write to them")
def reach_out(request: HttpRequest, payload: UnaskedMessageIn) -> dict[str, Any]:
    """To those who agreed to be told of benefits, about one service once in ninety days."""
    posts = posts_for(request, Action.DECIDE_CASES)
    union = access_union_within(posts, Action.DECIDE_CASES, payload.union)
    told = services.reach_out(
        by=access_acting_post(posts, Action.DECIDE_CASES, union.path),
        union=union,
        key=payload.item,
        words=payload.words,
        now=clock.now(),
    )
    return {"told": told}


@notices.get("", response=PublicNoticeList, summary="What is on the public notice")
def list_notices_in_public(
    request: HttpRequest, union: str, cursor: str | None = None
) -> dict[str, Any]:
    """Of the union of this number and all below it; nobody needs to sign in."""
    found = list_public_notices(organisations.access_union_by_number(union))
    page = page_of(found, order=NEWEST, cursor=cursor)
    items = [
        {
            **{name: getattr(each, name) for name in ("id", "union", "published_at", "until_at")},
            "name": each.masked_name,
            "service": each.item_name,
        }
        for each in page.items
    ]
    return {"items": items, "next": page.next}


@notices.post("/{notice}/objections", response={204: None}, summary="Object to a notice")
def object_to_public_notice(
    request: HttpRequest, notice: uuid.UUID, payload: ObjectionIn
) -> Status[None]:
    """Nobody needs to say who they are. 409 once the notice is over."""
    services.object_to_notice(notice_id=notice, words=payload.words, now=clock.now())
    return Status(204, None)
