"""/desk/emergencies: emergency access, by the same services as the pages."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases import services
from niangjia.cases.models import EmergencyGrant
from niangjia.cases.schemas import (
    EmergencyAnswerIn,
    EmergencyIn,
    EmergencyList,
    EmergencyOut,
    EmergencyRequestList,
)
from niangjia.cases.selectors.emergency import list_own_grants
from niangjia.core import clock
from niangjia.members.doors import account_of, posts_for
from niangjia.members.rules import Action

router = Router(tags=["desk"])
HANDLES, DECIDES = Action.HANDLE_CASES, Action.DECIDE_CASES


def shown(grant: EmergencyGrant) -> dict[str, Any]:
    """A request as `EmergencyOut`."""
    names = ("id", "state", "asked_at", "expires_at", "is_live")
    return {name: getattr(grant, name) for name in names} | {"number": grant.case.number}


@router.get("", response=EmergencyList, summary="What one asked for")
def list_my_emergencies(request: HttpRequest) -> dict[str, Any]:
    """The last twenty, the newest first."""
    posts_for(request, HANDLES)
    return {"items": list(map(shown, list_own_grants(account_of(request)))), "next": None}


@router.post("", response={201: EmergencyOut}, summary="Ask to read a case out of reach")
def ask_emergency(request: HttpRequest, payload: EmergencyIn) -> Status[dict[str, Any]]:
    """404 alike for a number that is none and for one that is not for these eyes; 429 past five a
    day."""
    posts_for(request, HANDLES)
    grant = services.ask_emergency_access(by=account_of(request), now=clock.now(), **payload.dict())
    return Status(201, shown(grant))


@router.get("/waiting", response=EmergencyRequestList, summary="What one may decide")
def list_emergencies_to_decide(request: HttpRequest) -> dict[str, Any]:
    """With the reasons; that they were read is on record. The oldest first, at most 100."""
    posts = posts_for(request, DECIDES)
    waiting = services.requests_to_decide(by=account_of(request), posts=posts, now=clock.now())
    return {
        "items": [
            shown(grant)
            | {
                "reason": reason,
                "name": grant.account.person.name if grant.account.person else "",
                "union": grant.case.handler,
            }
            for grant, reason in waiting
        ],
        "next": None,
    }


@router.post("/{grant}/decision", response=EmergencyOut, summary="Grant or refuse")
def decide_emergency(
    request: HttpRequest, grant: uuid.UUID, payload: EmergencyAnswerIn
) -> dict[str, Any]:
    """409 the second time; 410 after a day."""
    posts_for(request, DECIDES)
    return shown(
        services.decide_emergency_access(
            by=account_of(request), grant_id=grant, now=clock.now(), **payload.dict()
        )
    )


@router.post("/{grant}/revocation", response=EmergencyOut, summary="Give or take it back")
def revoke_emergency(request: HttpRequest, grant: uuid.UUID) -> dict[str, Any]:
    """Twice is once."""
    posts_for(request, HANDLES)
    return shown(
        services.revoke_emergency_access(by=account_of(request), grant_id=grant, now=clock.now())
    )
