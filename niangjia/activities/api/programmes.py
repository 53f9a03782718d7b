"""/programmes: brands and unions' pages of them; /desk/programme-pages: building them."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.activities.api import shapes
from niangjia.activities.api.desk import RUNS
from niangjia.activities.models import ProgrammePage
from niangjia.activities.rules.programmes import PageDraft
from niangjia.activities.schemas.programmes import (
    ProgrammeOut,
    ProgrammePageIn,
    ProgrammePageList,
    ProgrammePageOut,
    ProgrammeRemovalIn,
    ProgrammeThingIn,
)
from niangjia.activities.selectors import programmes as selectors
from niangjia.activities.selectors.finding import path_of
from niangjia.activities.selectors.programmes import ShownProgramme
from niangjia.activities.services import programmes as services
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for, visitor_or_account
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_union_within

router = Router(tags=["activities"], auth=None)
desk = Router(tags=["desk"])


@router.get("/{key}", response=ProgrammeOut, summary="A programme")
def show_programme(request: HttpRequest, key: str, cursor: str | None = None) -> dict[str, Any]:
    """What is on under it, and what unions have gathered."""
    path = path_of(visitor_or_account(request))
    return programme(selectors.show_brand(key, path=path, now=clock.now(), cursor=cursor))


@router.get("/{key}/{number}", response=ProgrammeOut, summary="A union's page of a programme")
def show_union_programme(
    request: HttpRequest, key: str, number: str, cursor: str | None = None
) -> dict[str, Any]:
    """What it puts on, offers and keeps open under the brand."""
    path = path_of(visitor_or_account(request))
    found = selectors.show_union_page(key, number, path=path, now=clock.now(), cursor=cursor)
    return programme(found)


def programme(shown: ShownProgramme) -> dict[str, Any]:
    """As `ProgrammeOut`."""
    page, brand = shown.page, shown.programme
    rows = [row for section in shown.sections for row in section.things]
    return {
        "key": brand.key,
        "name": str(brand.name),
        "text": page.text if page else str(brand.text),
        "union": page.union if page else None,
        "summary": page.summary if page else str(brand.text),
        "phone": page.phone if page else "",
        "unions": [each.union for each in shown.unions],
        "things": [thing(row) for row in rows],
        "activities": {
            "items": list(map(shapes.activity, shown.activities.items)),
            "next": shown.activities.next,
        },
    }


def thing(row: selectors.Thing) -> dict[str, Any]:
    """As `ThingOut`."""
    found = {name: getattr(row.thing, name) for name in ("key", "title", "text", "url")}
    return found | {"kind": row.item.kind, "words": row.item.words}


def page_for(request: HttpRequest, page_id: str) -> tuple[ProgrammePage, Post]:
    """A page within reach, and the post to act by. Raises `NotFound`."""
    posts = posts_for(request, RUNS)
    found = selectors.access_page(posts, page_id)
    return found, access_acting_post(posts, RUNS, found.union.path)


def shape(page: ProgrammePage) -> dict[str, Any]:
    """As `ProgrammePageOut`."""
    names = ("id", "programme", "union", "summary", "text", "phone", "is_public")
    things = [
        {name: getattr(row.item, name) for name in ("id", "kind", "key", "words")}
        | {"is_there": row.thing is not None}
        for row in selectors.things_of(page)
    ]
    return {name: getattr(page, name) for name in names} | {"things": things}


@desk.get("", response=ProgrammePageList, summary="Pages of programmes within reach")
def list_programme_pages(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The newest first."""
    found = selectors.list_pages(posts_for(request, RUNS))
    page = page_of(found, order=("-id",), cursor=cursor)
    return {"items": page.items, "next": page.next}


@desk.get("/{page_id}", response=ProgrammePageOut, summary="One page of a programme")
def show_programme_page(request: HttpRequest, page_id: str) -> dict[str, Any]:
    """With what is gathered on it, and whether that is there still."""
    found, _by = page_for(request, page_id)
    return shape(found)


@desk.put("", response=ProgrammePageOut, summary="Write a page of a programme")
def write_programme_page(request: HttpRequest, payload: ProgrammePageIn) -> dict[str, Any]:
    """Begun if the union has none."""
    posts = posts_for(request, RUNS)
    if payload.union:
        union = access_union_within(posts, RUNS, payload.union)
    else:
        union = holding(posts, RUNS)[0].union
    made = services.write_programme_page(
        by=access_acting_post(posts, RUNS, union.path),
        union=union,
        programme=payload.programme,
        draft=PageDraft(**payload.dict(exclude={"union", "programme"})),
        now=clock.now(),
    )
    return shape(made)


@desk.post("/{page_id}/things", response={201: ProgrammePageOut}, summary="Gather something")
def gather_thing(
    request: HttpRequest, page_id: str, payload: ProgrammeThingIn
) -> Status[dict[str, Any]]:
    """Again changes the words."""
    found, by = page_for(request, page_id)
    services.gather(by=by, page=found, **payload.dict())
    return Status(201, shape(found))


@desk.post("/{page_id}/things/removal", response=ProgrammePageOut, summary="Take it off")
def take_off_thing(
    request: HttpRequest, page_id: str, payload: ProgrammeRemovalIn
) -> dict[str, Any]:
    """Its room keeps it."""
    found, by = page_for(request, page_id)
    services.take_off(by=by, page=found, item_id=payload.item)
    return shape(found)


@desk.post("/{page_id}/publication", response=ProgrammePageOut, summary="Show the page")
def publish_programme_page(request: HttpRequest, page_id: str) -> dict[str, Any]:
    """To everybody. Twice is once."""
    found, by = page_for(request, page_id)
    return shape(services.publish_programme_page(by=by, page=found, now=clock.now()))


@desk.post("/{page_id}/retirement", response=ProgrammePageOut, summary="Take the page down")
def retire_programme_page(request: HttpRequest, page_id: str) -> dict[str, Any]:
    """Nothing on it is lost. Twice is once."""
    found, by = page_for(request, page_id)
    return shape(services.retire_programme_page(by=by, page=found, now=clock.now()))
