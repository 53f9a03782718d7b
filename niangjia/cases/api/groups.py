"""/groups and /cases/{number}/group: taking part in a case of many."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases import services
from niangjia.cases.api.own import find_own
from niangjia.cases.schemas.groups import (
    GroupJoinIn,
    GroupPartOut,
    GroupReceiptIn,
    GroupTextsIn,
    GroupUnknownJoinIn,
    GroupVoiceIn,
    GroupWordsIn,
    ReceiptVoiceIn,
    ReceiptWordsIn,
)
from niangjia.cases.selectors import owner_of_account, owner_of_receipt
from niangjia.cases.selectors.groups import access_membership_of_receipt
from niangjia.cases.services import groups
from niangjia.cases.services.groups import GroupPart
from niangjia.core import clock, idempotency
from niangjia.members.doors import account_of
from niangjia.members.rules import phones

#: For whoever is signed in; and for whoever has a receipt, who is never asked for a session.
router = Router(tags=["cases"])
joining = Router(tags=["cases"])
receipts = Router(tags=["cases"], auth=None)


def shape(part: GroupPart) -> dict[str, Any]:
    """As `GroupPartOut`."""
    case = part.case
    return {
        "number": case.number,
        "state": case.state,
        "result": case.result or None,
        "next_due_at": case.next_due_at if case.state == "open" else None,
        "count": part.count,
        "code": part.code,
        "may_elect": part.may_elect,
        "may_speak": part.may_speak,
        "stands": [
            {
                "id": each.standing.representative.pk,
                "name": each.name,
                "agree": each.standing.tally.agree,
                "accepted_at": each.standing.representative.accepted_at,
                "elected_at": each.standing.representative.elected_at,
                "mine": each.standing.voices.get(part.member.pk),
            }
            for each in part.standing
        ],
        "texts_to": phones.masked(part.news_to) if part.news_to else "",
    }


def as_it_is(owner: bytes, number: str) -> dict[str, Any]:
    """A group as one of it reads it, as `GroupPartOut`. Raises `NotFound`."""
    return shape(groups.read_part(owner=owner, number=number))


def act(
    request: HttpRequest, owner: bytes, number: str, service: Callable[..., Any], **given: Any
) -> dict[str, Any]:
    """Do it for one's own part, and say how the group is then."""
    idempotency.read_anew(request)
    part = groups.read_part(owner=owner, number=number)
    service(owner=owner, case_id=part.case.pk, now=clock.now(), **given)
    return as_it_is(owner, number)


def leave(owner: bytes, number: str) -> Status[None]:
    """Take part no longer."""
    part = groups.read_part(owner=owner, number=number)
    groups.leave_group(owner=owner, case_id=part.case.pk, now=clock.now())
    return Status(204, None)


def mine(request: HttpRequest) -> bytes:
    """By what the part of whoever is signed in is found."""
    return owner_of_account(account_of(request).pk)


def found_by(receipt: str) -> tuple[bytes, str]:
    """By what the part of a receipt is found, and the number of its case. Raises `NotFound`."""
    owner = services.come_with(receipt=receipt)
    return owner, access_membership_of_receipt(owner).case.number


@router.post("/{number}/group", response={201: GroupPartOut}, summary="Let others take part")
def open_my_group(request: HttpRequest, number: str) -> Status[dict[str, Any]]:
    """In one's own case. Twice is once."""
    idempotency.read_anew(request)
    owner, found = find_own(request, number)
    groups.open_own_group(owner=owner, case_id=found.pk, now=clock.now())
    return Status(201, as_it_is(owner, number))


@router.get("/{number}/group", response=GroupPartOut, summary="A group one takes part in")
def show_my_group(request: HttpRequest, number: str) -> dict[str, Any]:
    """Where it stands, how many they are, who speaks."""
    return as_it_is(mine(request), number)


@joining.post("", response={201: GroupPartOut}, summary="Take part by a code")
def join_group(request: HttpRequest, payload: GroupJoinIn) -> Status[dict[str, Any]]:
    """With one's account. Twice is once."""
    idempotency.read_anew(request)
    joined = groups.join_group(account=account_of(request), now=clock.now(), **payload.dict())
    return Status(201, as_it_is(mine(request), joined.case.number))


@router.post("/{number}/group/candidacy", response=GroupPartOut, summary="Be willing to speak")
def stand_for_group(request: HttpRequest, number: str) -> dict[str, Any]:
    """Of oneself, or because one was nominated. 409 below ten people."""
    return act(request, mine(request), number, groups.stand)


@router.delete("/{number}/group/candidacy", response=GroupPartOut, summary="Speak no longer")
def step_down_from_group(request: HttpRequest, number: str) -> dict[str, Any]:
    """Twice is once."""
    return act(request, mine(request), number, groups.step_down)


@router.post("/{number}/group/voices", response=GroupPartOut, summary="Say who shall speak")
def say_group_voice(request: HttpRequest, number: str, payload: GroupVoiceIn) -> dict[str, Any]:
    """The last word counts."""
    return act(request, mine(request), number, groups.say_voice, **payload.said())


@router.post("/{number}/group/messages", response=GroupPartOut, summary="Write for the group")
def write_for_group(request: HttpRequest, number: str, payload: GroupWordsIn) -> dict[str, Any]:
    """409 for whoever was not chosen, once somebody is."""
    return act(request, mine(request), number, groups.speak_for_group, words=payload.words)


@router.post("/{number}/group/departure", response={204: None}, summary="Leave a group")
def leave_group(request: HttpRequest, number: str) -> Status[None]:
    """One sees nothing of it from then on."""
    return leave(mine(request), number)


@receipts.post("", response={201: GroupPartOut}, summary="Take part without an account")
def join_group_unknown(request: HttpRequest, payload: GroupUnknownJoinIn) -> Status[dict[str, Any]]:
    """The receipt is shown this once and stored nowhere."""
    joined = groups.join_group(account=None, now=clock.now(), **payload.dict())
    part = as_it_is(owner_of_receipt(joined.receipt), joined.case.number)
    return Status(201, part | {"receipt": joined.receipt})


@receipts.post("/reading", response=GroupPartOut, summary="A group by its receipt")
def show_group_by_receipt(request: HttpRequest, payload: GroupReceiptIn) -> dict[str, Any]:
    """Where it stands, how many they are, who speaks."""
    idempotency.read_anew(request)
    return as_it_is(*found_by(payload.receipt))


@receipts.post("/candidacy", response=GroupPartOut, summary="Be willing to speak, by receipt")
def stand_by_receipt(request: HttpRequest, payload: GroupReceiptIn) -> dict[str, Any]:
    """Of oneself, or because one was nominated. 409 below ten people."""
    return act(request, *found_by(payload.receipt), groups.stand)


@receipts.post("/candidacy/end", response=GroupPartOut, summary="Speak no longer, by receipt")
def step_down_by_receipt(request: HttpRequest, payload: GroupReceiptIn) -> dict[str, Any]:
    """Twice is once."""
    return act(request, *found_by(payload.receipt), groups.step_down)


@receipts.post("/voices", response=GroupPartOut, summary="Say who shall speak, by receipt")
def say_voice_by_receipt(request: HttpRequest, payload: ReceiptVoiceIn) -> dict[str, Any]:
    """The last word counts."""
    return act(request, *found_by(payload.receipt), groups.say_voice, **payload.said())


@receipts.post("/messages", response=GroupPartOut, summary="Write for the group, by receipt")
def write_to_group_by_receipt(request: HttpRequest, payload: ReceiptWordsIn) -> dict[str, Any]:
    """409 for whoever was not chosen, once somebody is."""
    owner, number = found_by(payload.receipt)
    return act(request, owner, number, groups.speak_for_group, words=payload.words)


@receipts.post("/texts", response=GroupPartOut, summary="Hear of a group's news by text message")
def set_group_texts_by_receipt(request: HttpRequest, payload: GroupTextsIn) -> dict[str, Any]:
    """At most one in a day, none at night; it says only that there is news. 422 where the node
    sends none."""
    idempotency.read_anew(request)
    owner, number = found_by(payload.receipt)
    part = groups.read_part(owner=owner, number=number)
    groups.set_member_texts(owner=owner, case_id=part.case.pk, phone=payload.phone)
    return as_it_is(owner, number)


@receipts.post("/departure", response={204: None}, summary="Leave a group, by receipt")
def leave_by_receipt(request: HttpRequest, payload: GroupReceiptIn) -> Status[None]:
    """The receipt opens nothing from then on."""
    return leave(*found_by(payload.receipt))
