"""/ratings: what I was asked to rate; by link, without signing in. /scores: open to everybody."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.core import clock, protection
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.feedback import selectors, services
from niangjia.feedback.models import Channel, Invitation, RectificationOrder
from niangjia.feedback.schemas import (
    AnswerList,
    InvitationList,
    InvitationOut,
    RatingIn,
    ScoresOut,
)
from niangjia.members.doors import account_of
from niangjia.organisations import selectors as organisations

router = Router(tags=["ratings"])
links = Router(tags=["ratings"], auth=None)
scores = Router(tags=["scores"], auth=None)


def shown(invitation: Invitation, order: RectificationOrder | None = None) -> dict[str, Any]:
    """An invitation as `InvitationOut`."""
    rating = getattr(invitation, "rating", None)
    return {
        "id": invitation.pk,
        "item": invitation.item_name,
        "union": invitation.union,
        "finished_at": invitation.finished_at,
        "closes_at": invitation.closes_at,
        "is_open": rating is None and invitation.is_open(clock.now()),
        "rating": rating,
        "stage": order.stage if order else None,
        "due_at": order.due_at if order and order.runs else None,
    }


def with_order(invitation: Invitation) -> dict[str, Any]:
    """The same, read anew, with what became of a bad rating."""
    with protection.working("feedback.link"):
        latest = selectors.find_latest_invitation(invitation.subject_kind, invitation.subject_id)
        order = selectors.find_order(invitation.subject_kind, invitation.subject_id)
    return shown(latest or invitation, order)


def by_token(token: str) -> dict[str, Any]:
    """The same for whoever has the link: nothing of the rating where the officer who is rated has
    held it too (ADR 151)."""
    found = access_by_token(token)
    if not found.shown_by_rated:
        return with_order(found)
    return shown(found) | {"rating": None}


@router.get("", response=InvitationList, summary="What I was asked to rate")
def list_invitations(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The latest first, rated or not."""
    account = account_of(request)
    with protection.viewing(account=account.pk):
        page = page_of(selectors.list_invitations(account), order=("-id",), cursor=cursor)
    return {"items": [shown(each) for each in page.items], "next": page.next}


@router.get("/{invitation_id}", response=InvitationOut, summary="One service to rate")
def show_invitation(request: HttpRequest, invitation_id: str) -> dict[str, Any]:
    """With what became of a bad rating."""
    return with_order(selectors.access_invitation(account_of(request), invitation_id))


@router.post("/{invitation_id}/rating", response={201: InvitationOut}, summary="Rate it")
def rate_mine(
    request: HttpRequest, invitation_id: str, payload: RatingIn
) -> Status[dict[str, Any]]:
    """Once: 409 after that, 410 when its time is over."""
    found = selectors.access_invitation(account_of(request), invitation_id)
    services.rate(invitation=found, channel=Channel.IN_APP, now=clock.now(), **payload.dict())
    return Status(201, with_order(found))


def access_by_token(token: str) -> Invitation:
    """The invitation of a link. Raises `NotFound`."""
    found = selectors.find_invitation_by_token(token)
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


@links.get("/{token}", response=InvitationOut, summary="One service to rate, by its link")
def show_link(request: HttpRequest, token: str) -> dict[str, Any]:
    """Whoever has the link was served. A code that the rated officer showed tells only whether it
    can still be rated: `rating`, `stage` and `due_at` are null."""
    return by_token(token)


@links.post("/{token}", response={201: InvitationOut}, summary="Rate it, by its link")
def rate_link(
    request: HttpRequest, token: str, payload: RatingIn, at: Literal["", "counter"] = ""
) -> Status[dict[str, Any]]:
    """Once: 409 after that, 410 when its time is over. `at` is counter for a code that was scanned
    there: it asks how one was treated."""
    found = access_by_token(token)
    channel = Channel.COUNTER if at else Channel.LINK
    services.rate(invitation=found, channel=channel, now=clock.now(), **payload.dict())
    return Status(201, by_token(token))


@scores.get("/{number}", response=ScoresOut, summary="How a union is rated")
def show_scores(request: HttpRequest, number: str, item: str | None = None) -> Any:
    """The union and all below it; `item` for one service alone."""
    union = organisations.access_union_by_number(number)
    return selectors.read_scores(union, item_key=item, now=clock.now())


@scores.get("/{number}/answers", response=AnswerList, summary="What unions answered in public")
def list_public_answers(
    request: HttpRequest, number: str, item: str | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """Of the union and all below it, once the union above approved them; the newest first."""
    union = organisations.access_union_by_number(number)
    found = selectors.list_answers(union, item_key=item)
    page = page_of(found, order=("-published_at", "-id"), cursor=cursor)
    return {"items": page.items, "next": page.next}
