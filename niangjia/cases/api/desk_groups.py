"""/desk/cases/{number}/group: a case of many people, for officers."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases.api.desk import find_case
from niangjia.cases.schemas import CaseReadingIn
from niangjia.cases.schemas.groups import (
    GroupEnteredList,
    GroupListIn,
    GroupNominationIn,
    GroupOut,
    GroupRemovalIn,
    GroupSignaturesIn,
)
from niangjia.cases.services import groups
from niangjia.core import clock, idempotency
from niangjia.members.doors import account_of, posts_for
from niangjia.members.rules import Action

router = Router(tags=["desk"])


def as_it_is(request: HttpRequest, number: str, purpose: str = "") -> dict[str, Any]:
    """The group as `GroupOut`; reading it is recorded."""
    idempotency.read_anew(request)
    reading = groups.read_group(
        by=account_of(request),
        posts=posts_for(request, Action.HANDLE_CASES),
        number=number,
        purpose=purpose,
        now=clock.now(),
    )
    return {
        "code": reading.code,
        "may_elect": reading.may_elect,
        "members": [
            {
                "id": member.pk,
                "name": contact.name,
                "phone": contact.phone,
                "joined_by": member.joined_by,
                "joined_at": member.joined_at,
            }
            for member, contact in reading.members
        ],
        "stands": [
            {
                "id": each.standing.representative.pk,
                "name": each.name,
                "agree": each.standing.tally.agree,
                "accepted_at": each.standing.representative.accepted_at,
                "elected_at": each.standing.representative.elected_at,
                "mine": None,
            }
            for each in reading.standing
        ],
    }


@router.post("/{number}/group/reading", response=GroupOut, summary="Open who takes part")
def read_case_group(request: HttpRequest, number: str, payload: CaseReadingIn) -> dict[str, Any]:
    """Recorded. 422 without a purpose where one is needed."""
    return as_it_is(request, number, payload.stated())


@router.post("/{number}/group", response={201: GroupOut}, summary="Let others take part")
def open_case_group(request: HttpRequest, number: str) -> Status[dict[str, Any]]:
    """Twice is once."""
    post, found = find_case(request, number)
    groups.open_group(by=post, case_id=found.pk, now=clock.now())
    return Status(201, as_it_is(request, number))


@router.post("/{number}/group/members", response=GroupEnteredList, summary="Enter a list")
def enter_group_members(request: HttpRequest, number: str, payload: GroupListIn) -> dict[str, Any]:
    """All or nobody; 422 names each wrong row, counted from 1."""
    idempotency.read_anew(request)
    post, found = find_case(request, number)
    rows = [(each.name, each.phone) for each in payload.people]
    entered = groups.enter_members(by=post, case_id=found.pk, rows=rows, now=clock.now())
    return {"items": entered, "next": None}


@router.post("/{number}/group/removal", response=GroupOut, summary="Take somebody out")
def remove_group_member(
    request: HttpRequest, number: str, payload: GroupRemovalIn
) -> dict[str, Any]:
    """They see nothing from then on, and no code lets them in again."""
    post, _found = find_case(request, number)
    groups.remove_member(by=post, member_id=payload.member, reason=payload.reason, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/group/nominations", response=GroupOut, summary="Note a nomination")
def nominate_group_member(
    request: HttpRequest, number: str, payload: GroupNominationIn
) -> dict[str, Any]:
    """They have to be willing themselves."""
    post, found = find_case(request, number)
    groups.nominate(by=post, case_id=found.pk, member_id=payload.member, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/group/signatures", response=GroupOut, summary="Write down signatures")
def record_group_voices(
    request: HttpRequest, number: str, payload: GroupSignaturesIn
) -> dict[str, Any]:
    """Of those who agreed on paper."""
    post, found = find_case(request, number)
    groups.record_voices(
        by=post,
        case_id=found.pk,
        representative_id=payload.representative,
        members=payload.members,
        now=clock.now(),
    )
    return as_it_is(request, number)
