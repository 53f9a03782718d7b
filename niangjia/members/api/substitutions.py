"""/desk/substitutions: leave, and who stands in."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Account, Substitution
from niangjia.members.rules import Action
from niangjia.members.schemas.substitutions import (
    SubstituteChoiceList,
    SubstituteIn,
    SubstituteList,
    SubstituteOut,
)
from niangjia.members.selectors import substitutions as selectors
from niangjia.members.services import substitutions as services

router = Router(tags=["desk"])
HANDLES = Action.HANDLE_CASES


def shape(found: Substitution, now: dt.datetime) -> dict[str, Any]:
    """As `SubstituteOut`."""
    people = {"absent": found.absent.person, "substitute": found.substitute.person}
    names = {key: person.name if person else "" for key, person in people.items()}
    return names | {
        "id": found.pk,
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
        "is_live": found.is_live(now),
    }


@router.get("", response=SubstituteList, summary="Who stands in for whom")
def list_substitutions(request: HttpRequest) -> dict[str, Any]:
    """One's own leave, whom one stands in for; for a chair, the leave of the union's officers."""
    posts, now = posts_for(request, HANDLES), clock.now()
    found = selectors.list_substitutions(account_of(request), posts, now=now)
    return {"items": [shape(each, now) for each in found], "next": None}


@router.get("/choices", response=SubstituteChoiceList, summary="Who may stand in")
def list_substitutes_to_choose(request: HttpRequest) -> dict[str, Any]:
    """Officers who handle cases near; at most 200."""
    return {"items": selectors.list_colleagues(posts_for(request, HANDLES)), "next": None}


@router.post("", response={201: SubstituteOut}, summary="Name a substitute")
def name_substitute(request: HttpRequest, payload: SubstituteIn) -> Status[dict[str, Any]]:
    """The same twice is once. 404 for an officer who is not one's own."""
    posts_for(request, HANDLES)
    account, now = account_of(request), clock.now()
    absent = Account.objects.filter(pk=payload.absent or account.pk).first()
    substitute = Account.objects.filter(pk=payload.substitute).first()
    if absent is None or substitute is None:
        problem = _("Choose a colleague who handles cases near.")
        raise Invalid(problem, code="bad-substitute", fields={"substitute": problem})
    named = services.name_substitute(
        by=account,
        absent=absent,
        substitute=substitute,
        first=payload.first,
        last=payload.last,
        now=now,
    )
    return Status(201, shape(named, now))


@router.post("/{key}/end", response=SubstituteOut, summary="End it early")
def end_substitution(request: HttpRequest, key: str) -> dict[str, Any]:
    """By whomever it concerns."""
    posts, account, now = posts_for(request, HANDLES), account_of(request), clock.now()
    found = selectors.access_substitution(account, posts, key, now=now)
    return shape(services.end_substitution(by=account, key=found.pk, now=now), now)
