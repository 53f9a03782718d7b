"""/cases/…/move and /record: moving to another province while a case runs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from niangjia.cases import services
from niangjia.cases.api.own import find_own
from niangjia.cases.schemas import CaseReadingIn
from niangjia.cases.schemas.moving_away import CaseMoveIn, CaseMoveOut
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.services import moving_away
from niangjia.core import clock, idempotency, protection
from niangjia.core.files import serving
from niangjia.members.doors import account_of, posts_for
from niangjia.members.rules import Action

router = Router(tags=["cases"])
desk = Router(tags=["desk"])


@router.get("/{number}/move", response=CaseMoveOut, summary="Where I said I move to")
def show_my_move(request: HttpRequest, number: str) -> dict[str, Any]:
    """What was said last; null before anything was."""
    owner, found = find_own(request, number)
    with protection.viewing(receipt=owner):
        return moving_away.last_move(found)


@router.post("/{number}/move", response=CaseMoveOut, summary="I move to another province")
def tell_my_move(request: HttpRequest, number: str, payload: CaseMoveIn) -> dict[str, Any]:
    """The case stays where it is and goes on. With `agreed` its record may be given to the union
    there; the same without it takes that back. 409 once the case has ended."""
    owner, found = find_own(request, number)
    moving_away.tell_move(owner=owner, case_id=found.pk, now=clock.now(), **payload.dict())
    return show_my_move(request, number)


@router.get("/{number}/record", summary="The record to take along", response={200: None})
def fetch_my_record(request: HttpRequest, number: str) -> HttpResponse:
    """A PDF. 409 "not-agreed" before I agreed that it may go to another province."""
    owner = owner_of_account(account_of(request).pk)
    reading = services.read_own_case(owner=owner, number=number)
    return serving.pdf(moving_away.record_of(reading, now=clock.now()), f"{number}.pdf")


@desk.post("/{number}/record", summary="The record for the union there", response={200: None})
def take_case_record(request: HttpRequest, number: str, payload: CaseReadingIn) -> HttpResponse:
    """A PDF, for a purpose, on record twice: as opening the case, and as taking it out. 409
    "not-agreed" without the applicant's word."""
    idempotency.read_anew(request)
    posts, account = posts_for(request, Action.HANDLE_CASES), account_of(request)
    made = moving_away.take_record(
        by=account,
        posts=posts,
        number=number,
        purpose=payload.stated(),
        now=clock.now(),
    )
    return serving.pdf(made, f"{number}.pdf")
