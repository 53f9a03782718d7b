"""/cases: what I have with my union."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases import selectors, services
from niangjia.cases.api import shapes
from niangjia.cases.models import Case
from niangjia.cases.schemas import CaseList, CaseMessageIn, CaseOut, CaseStepIn, OwnCaseDetail
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.selectors.readings import openings_of
from niangjia.cases.selectors.surroundings import dates_stay
from niangjia.core import clock, protection
from niangjia.core.pagination import page_of
from niangjia.core.prepared import together
from niangjia.members.doors import account_of

router = Router(tags=["cases"])


def find_own(request: HttpRequest, number: str) -> tuple[bytes, Case]:
    """By what my cases are found, and the one of this number. Raises `NotFound`."""
    owner = owner_of_account(account_of(request).pk)
    with protection.viewing(receipt=owner):
        return owner, selectors.access_own_case(owner, number)


@router.get("", response=CaseList, summary="My cases")
def list_my_cases(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The newest first, ended or not."""
    owner = owner_of_account(account_of(request).pk)
    with protection.viewing(receipt=owner):
        page = page_of(selectors.list_own_cases(owner), order=selectors.NEWEST, cursor=cursor)
    return {"items": [shapes.case(each) for each in page.items], "next": page.next}


@router.get("/{number}", response=OwnCaseDetail, summary="One of my cases")
def show_my_case(request: HttpRequest, number: str) -> dict[str, Any]:
    """With what I wrote, what happened, and who opened it and why."""
    account = account_of(request)
    reading = services.read_own_case(owner=owner_of_account(account.pk), number=number)
    openings, stay = together(
        openings_of(reading.case.pk, but=[account.pk]), dates_stay(reading.case)
    )
    return shapes.detail(reading, to_applicant=True) | {
        "openings": openings,
        "dates_may_move": reading.case.is_open and not stay,
        "rating": shapes.rating(reading, account.pk),
    }


@router.post("/{number}/messages", response={201: OwnCaseDetail}, summary="Write to the union")
def write_to_union(
    request: HttpRequest, number: str, payload: CaseMessageIn
) -> Status[dict[str, Any]]:
    """409 once the case has ended."""
    owner, found = find_own(request, number)
    services.write_message(
        owner=owner,
        case_id=found.pk,
        words=payload.words,
        files=[str(each) for each in payload.files],
        now=clock.now(),
    )
    return Status(201, show_my_case(request, number))


@router.post("/{number}/steps", response=OwnCaseDetail, summary="Take the step that is mine")
def take_my_step(request: HttpRequest, number: str, payload: CaseStepIn) -> dict[str, Any]:
    """409 when it is not my turn, or the step is taken."""
    owner, found = find_own(request, number)
    given, files = payload.dict(exclude={"files"}), [str(each) for each in payload.files]
    services.answer_step(owner=owner, case_id=found.pk, files=files, now=clock.now(), **given)
    return show_my_case(request, number)


@router.post("/{number}/withdrawal", response=CaseOut, summary="Take it back")
def withdraw_my_case(request: HttpRequest, number: str) -> dict[str, Any]:
    """Twice is once; 409 when it is finished."""
    owner, found = find_own(request, number)
    services.withdraw_case(owner=owner, case_id=found.pk, now=clock.now())
    return shapes.case(find_own(request, number)[1])
