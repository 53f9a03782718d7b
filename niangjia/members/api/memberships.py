"""/memberships and /card: what one is a member of, and the card that shows it."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.members import selectors, services
from niangjia.members.doors import account_of
from niangjia.members.rules import cards as rules
from niangjia.members.rules.permissions import Action
from niangjia.members.schemas.joining import (
    CardCheckIn,
    CardCheckOut,
    CardOut,
    MembershipDetail,
    MembershipOut,
    ResignationIn,
)
from niangjia.members.selectors.cards import read_card, read_typed_card
from niangjia.members.selectors.second_factor import second_factor_passed

router = Router(tags=["memberships"])
cards = Router(tags=["card"])


@router.get("/me", response=MembershipDetail, summary="My membership and its history")
def show_membership(request: HttpRequest) -> dict[str, Any]:
    """The latest change first, a hundred at most."""
    account = account_of(request)
    return {
        "membership": selectors.find_membership(account),
        "changes": list(selectors.list_changes(account)[:100]),
    }


@router.post("/me/resignation", response=MembershipOut, summary="Leave the union")
def resign(request: HttpRequest, payload: ResignationIn) -> Any:
    """Of one's own free will; 404 when there is no membership."""
    return services.resign(account=account_of(request), reason=payload.reason, now=clock.now())


@cards.get("", response=CardOut, summary="My member card, with the code of this half minute")
def show_card(request: HttpRequest) -> dict[str, Any]:
    """404 without a membership."""
    membership = selectors.find_membership(account_of(request))
    if membership is None:
        raise NotFound(_("You are not a member."))
    now = clock.now()
    code = rules.code_for(membership.pk, now)
    return {
        "name": membership.person.name,
        "number": membership.number,
        "union": membership.union,
        "status": membership.status,
        "admitted_date": membership.admitted_date,
        "code": code,
        "address": request.build_absolute_uri(reverse("members:check", args=[code])),
        "digits": rules.digits_for(membership.pk, now),
        "valid_until": now.replace(microsecond=0) + dt.timedelta(seconds=rules.seconds_left(now)),
    }


@cards.post("/check", response=CardCheckOut, summary="Is this card good?")
def check_card(request: HttpRequest, payload: CardCheckIn) -> dict[str, Any]:
    """Says nothing of its holder: officers see that on the page, where the member sees them look.
    Typed digits are for officers, since eight of them could be tried."""
    now = clock.now()
    if payload.code:
        return {"reading": read_card(code=payload.code, now=now).reading}
    posts = selectors.current_posts(account_of(request))
    may_check = selectors.reaches(posts, Action.CHECK_CARDS) and second_factor_passed(request)
    if not may_check:
        raise NotFound(_("There is no such member."))
    reading = read_typed_card(number=payload.number, digits=payload.digits, now=now)
    return {"reading": reading.reading}
