"""/draws and /desk/draws."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Status

from niangjia.allocation import selectors, services
from niangjia.allocation.models import Draw
from niangjia.allocation.schemas import (
    AnnouncementIn,
    DrawLineList,
    DrawList,
    DrawOut,
    ReadingIn,
    VoidIn,
)
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post

router = Router(tags=["draws"])
desk = Router(tags=["draws"])
PLAIN = (
    *("number", "state", "title", "source", "issue", "known_at", "commitment", "parts"),
    *("entrants", "seal", "sealed_at", "value", "drawn_at", "void_reason"),
)


def shown(draw: Draw) -> dict[str, Any]:
    """A draw as `DrawOut`."""
    published = {
        "sealed.json": draw.sealed_at,
        "entrants.txt": draw.sealed_at,
        "drawn.json": draw.drawn_at,
    }
    files = {
        name: reverse("allocation:draw_file", args=[draw.number, name])
        for name, at in published.items()
        if at
    }
    return {name: getattr(draw, name) for name in PLAIN} | {
        "union": draw.union.name,
        "files": files,
    }


@router.get("", response=DrawList, auth=None, summary="Draws")
def list_draws(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """Every one there has been, the latest first; void ones too."""
    page = page_of(selectors.list_draws(), order=selectors.NEWEST, cursor=cursor)
    return {"items": list(map(shown, page.items)), "next": page.next}


@router.get("/{number}", response=DrawOut, auth=None, summary="One draw")
def show_draw(request: HttpRequest, number: str) -> dict[str, Any]:
    """With the addresses of what is published of it."""
    return shown(selectors.access_draw(number))


@router.get("/{number}/lines", response=DrawLineList, summary="My lines in a draw")
def list_my_lines(request: HttpRequest, number: str) -> dict[str, Any]:
    """With the private code of each; none for whoever did not take part."""
    lines = selectors.list_own_lines(account_of(request), selectors.access_draw(number))
    return {
        "items": [
            {
                "pseudonym": line.pseudonym,
                "parts": line.parts,
                "code": line.nonce,
                "rank": line.rank,
                "has_won": line.has_won,
            }
            for line in lines
        ]
    }


def acting(request: HttpRequest, number: str) -> tuple[Draw, Post]:
    """A draw within reach, and the post that acts on it."""
    posts = posts_for(request, Action.SHARE_OUT)
    draw = selectors.access_desk_draw(posts, number)
    return draw, access_acting_post(posts, Action.SHARE_OUT, draw.union.path)


@desk.get("", response=DrawList, summary="Draws within reach")
def list_desk_draws(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The latest first."""
    found = selectors.list_desk_draws(posts_for(request, Action.SHARE_OUT))
    page = page_of(found, order=selectors.NEWEST, cursor=cursor)
    return {"items": list(map(shown, page.items)), "next": page.next}


@desk.post("", response={201: DrawOut}, summary="Announce a draw")
def announce_draw(request: HttpRequest, payload: AnnouncementIn) -> Status[Any]:
    """By a stated issue of a national lottery, drawn after sign-up has closed."""
    posts = posts_for(request, Action.SHARE_OUT)
    pool = selectors.access_desk_pool(posts, payload.pool_id)
    post = access_acting_post(posts, Action.SHARE_OUT, pool.union.path)
    draw = services.announce_draw(by=post, now=clock.now(), **payload.dict())
    return Status(201, shown(selectors.access_draw(draw.number)))


@desk.post("/{number}/readings", response=DrawOut, summary="Say what the public value is")
def read_draw_value(request: HttpRequest, number: str, payload: ReadingIn) -> dict[str, Any]:
    """Two officers' equal readings draw the lots; neither is told what the other has read."""
    draw, post = acting(request, number)
    services.read_value(by=post, draw_id=draw.pk, value=payload.value, now=clock.now())
    return shown(selectors.access_draw(number))


@desk.post("/{number}/void", response=DrawOut, summary="A draw shall not count")
def void_draw(request: HttpRequest, number: str, payload: VoidIn) -> dict[str, Any]:
    """Asked by one officer, agreed by another for the same reason."""
    draw, post = acting(request, number)
    services.void_draw(by=post, draw_id=draw.pk, reason=payload.reason, now=clock.now())
    return shown(selectors.access_draw(number))
