"""/desk/members: what officers change about a membership, by the same services as the pages."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router

from niangjia.core import clock
from niangjia.members import selectors, services
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Membership, Post
from niangjia.members.rules import Action, purposes
from niangjia.members.schemas.desk_members import (
    ChangeIn,
    CorrectionIn,
    CorrectionOut,
    ReasonedChangeIn,
)
from niangjia.members.schemas.joining import MembershipOut
from niangjia.members.selectors.registers import access_membership

router = Router(tags=["desk"])


@router.post(
    "/{number}/correction", response=CorrectionOut, summary="Put a member's particulars right"
)
def correct(request: HttpRequest, number: str, payload: CorrectionIn) -> dict[str, Any]:
    """What is given is changed, the rest stays; the member reads the reason, before and after.
    409 "nothing-changed" when it stands there already."""
    membership, by, now = acting(request, number, payload)
    changed = services.correct_membership(
        by=by,
        membership=membership,
        particulars=payload.particulars.dict(exclude_none=True),
        reason=payload.reason,
        now=now,
    )
    return {"number": number, "particulars": changed}


@router.post("/{number}/reservation", response=MembershipOut, summary="Reserve a membership")
def reserve(request: HttpRequest, number: str, payload: ReasonedChangeIn) -> Membership:
    """Somebody retired or lost their work: they stay a member."""
    membership, by, now = acting(request, number, payload)
    return services.reserve_membership(by=by, membership=membership, reason=payload.reason, now=now)


@router.post("/{number}/restoration", response=MembershipOut, summary="Restore a membership")
def restore(request: HttpRequest, number: str, payload: ChangeIn) -> Membership:
    """A reserved membership becomes active again."""
    membership, by, now = acting(request, number, payload)
    return services.restore_membership(by=by, membership=membership, now=now)


@router.post("/{number}/end", response=MembershipOut, summary="End a membership")
def end(request: HttpRequest, number: str, payload: ReasonedChangeIn) -> Membership:
    """The row and its history stay; the member can join again."""
    membership, by, now = acting(request, number, payload)
    return services.end_membership(by=by, membership=membership, reason=payload.reason, now=now)


def acting(
    request: HttpRequest, number: str, payload: ChangeIn
) -> tuple[Membership, Post, dt.datetime]:
    """The membership, the post that may change it, and now. The stated purpose is recorded for the
    member, as when their page is opened."""
    posts = posts_for(request, Action.CHANGE_MEMBERSHIPS)
    membership, now = access_membership(posts, number), clock.now()
    by = selectors.access_acting_post(posts, Action.CHANGE_MEMBERSHIPS, membership.union.path)
    purpose = purposes.stated(payload.purpose, payload.words)
    services.view_member(by=account_of(request), membership=membership, purpose=purpose, now=now)
    return membership, by, now
