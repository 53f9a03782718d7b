"""/desk/hotline: the agents' work, by the same services as the pages."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases.services import find_or_note_employer, officer_in
from niangjia.core import clock, idempotency, protection
from niangjia.core.errors import Invalid, NotFound
from niangjia.hotline import selectors, services
from niangjia.hotline.api.access import ANSWERS, find_call, find_line
from niangjia.hotline.models import Call, CallState
from niangjia.hotline.schemas.calls import (
    HotlineAnswerIn,
    HotlineCallDetail,
    HotlineCallOut,
    HotlineCalls,
    HotlineCaseIn,
    HotlineDraftIn,
    HotlineEarlier,
    HotlineEndingIn,
    HotlineIntakeIn,
    HotlineLetterIn,
    HotlineLines,
    HotlinePurposeIn,
    HotlineTakenOut,
)
from niangjia.hotline.selectors.unions import list_unions_of
from niangjia.hotline.services import Caller, Handed, Intake, Taken, sealing
from niangjia.members.doors import account_of, posts_for
from niangjia.members.rules import purposes

router = Router(tags=["desk"])


@router.get("/lines", response=HotlineLines, summary="The lines I answer")
def list_hotlines(request: HttpRequest) -> dict[str, Any]:
    """With how long matters may take at each."""
    return {"items": list(selectors.lines_of(posts_for(request, ANSWERS)))}


@router.get("/calls", response=HotlineCalls, summary="Who waits, and who is with somebody")
def list_calls(request: HttpRequest, line: str = "") -> dict[str, Any]:
    """The longest waiting first; then those to be called back."""
    post, found = find_line(request, line)
    with protection.viewing(account=post.account_id):
        waiting = selectors.list_at_hand(found, [post], account=post.account)[:100]
        back = selectors.list_to_call_back(found, [post], account=post.account, now=clock.now())
        return {"items": [*waiting, *back[:100]]}


@router.post("/letters", response={201: HotlineCallOut}, summary="Enter a letter")
def enter_hotline_letter(
    request: HttpRequest, payload: HotlineLetterIn, line: str = ""
) -> Status[Any]:
    """It is in one's hands at once."""
    post, found = find_line(request, line)
    call = services.enter_letter(by=post, line=found, now=clock.now(), **payload.dict())
    return Status(201, call)


@router.post("/calls/{call_id}/taking", response=HotlineCallOut, summary="Take a call")
def take_hotline_call(request: HttpRequest, call_id: uuid.UUID) -> Call:
    """409 when a colleague was faster. Twice is once."""
    post, found = find_call(request, call_id)
    return services.take_call(by=post, call_id=found.pk, now=clock.now())


@router.post("/calls/{call_id}/reading", response=HotlineCallDetail, summary="Read a call")
def read_hotline_call(request: HttpRequest, call_id: uuid.UUID) -> dict[str, Any]:
    """Only what one has in one's own hands."""
    idempotency.read_anew(request)
    _post, found = find_call(request, call_id)
    if found.state != CallState.TAKEN or found.agent_id != account_of(request).pk:
        raise NotFound("not in your hands")
    note = sealing.note_of(found)
    shown = {name: getattr(found, name) for name in HotlineCallOut.model_fields}
    return shown | {
        "number": sealing.opened(found, "number"),
        "words": note.words,
        "name": note.name,
        "phone": note.phone,
        "typed": sealing.opened_json(found, "draft"),
    }


@router.post("/calls/{call_id}/handing-back", response=HotlineCallOut, summary="To a colleague")
def hand_back_hotline_call(request: HttpRequest, call_id: uuid.UUID) -> Call:
    """What was typed goes along."""
    post, found = find_call(request, call_id)
    return services.hand_back_call(by=post, call_id=found.pk)


@router.post("/calls/{call_id}/ending", response=HotlineCallOut, summary="End without an order")
def end_hotline_call(request: HttpRequest, call_id: uuid.UUID, payload: HotlineEndingIn) -> Call:
    """Silent, abusive, a wrong number."""
    post, found = find_call(request, call_id)
    return services.end_call(by=post, call_id=found.pk, ending=payload.ending, now=clock.now())


@router.post("/calls/{call_id}/draft", response=HotlineCallOut, summary="Keep what is typed")
def save_hotline_draft(request: HttpRequest, call_id: uuid.UUID, payload: HotlineDraftIn) -> Call:
    """409 when another window saved since."""
    post, found = find_call(request, call_id)
    return services.save_draft(
        by=post, call_id=found.pk, typed=payload.typed, version=payload.version
    )


@router.post("/calls/{call_id}/caller", response=HotlineEarlier, summary="The caller's cases")
def read_hotline_caller(
    request: HttpRequest, call_id: uuid.UUID, payload: HotlinePurposeIn
) -> dict[str, Any]:
    """For a purpose, which is recorded and shown to whose they are."""
    idempotency.read_anew(request)
    post, found = find_call(request, call_id)
    if payload.purpose not in purposes.LookUpPurpose.values:
        raise Invalid("Choose a purpose.", code="purpose-needed")
    earlier = services.read_caller(
        by=post,
        posts=posts_for(request, ANSWERS),
        call_id=found.pk,
        purpose=purposes.stated(payload.purpose, payload.words),
        now=clock.now(),
    )
    return {
        "items": [
            {
                "number": each.case.number,
                "union": each.case.handler.name,
                "state": each.case.state,
                "opened_at": each.at,
            }
            for each in earlier
        ]
    }


@router.post("/calls/{call_id}/answer", response={201: HotlineTakenOut}, summary="Answered")
def answer_hotline_call(
    request: HttpRequest, call_id: uuid.UUID, payload: HotlineAnswerIn
) -> Status[Any]:
    """On the spot."""
    post, found = find_call(request, call_id)
    taken = services.answer_order(
        by=post,
        call_id=found.pk,
        intake=intake(payload),
        caller=replace(caller(payload), may_text=payload.may_text),
        matter=payload.matter,
        answer=payload.answer,
        article_key=payload.article,
        officer=officer_in(payload.officer_union, payload.officer),
        now=clock.now(),
    )
    return Status(201, shape(taken))


@router.post("/calls/{call_id}/case", response={201: HotlineTakenOut}, summary="Open a case")
def open_hotline_case(
    request: HttpRequest, call_id: uuid.UUID, payload: HotlineCaseIn
) -> Status[Any]:
    """The receipt is told here and never again: read it out."""
    post, found = find_call(request, call_id)
    unions = list_unions_of(found.line).select_related("division")
    union = unions.filter(number=payload.union or found.line.union.number).first()
    if union is None:
        raise NotFound("no such union within the line")
    accused = (
        [find_or_note_employer(name=payload.employer, uscc=payload.uscc, division=union.division)]
        if payload.employer.strip()
        else []
    )
    officer = officer_in(payload.officer_union, payload.officer)
    taken = services.open_order(
        by=post,
        call_id=found.pk,
        intake=intake(payload),
        caller=caller(payload),
        handed=Handed(union, payload.answers, accused, payload.people_count, officer),
        now=clock.now(),
    )
    return Status(201, shape(taken))


def intake(payload: HotlineIntakeIn) -> Intake:
    """What was decided."""
    return Intake(payload.topic, payload.grade, payload.urgent, payload.version, payload.goes_on)


def caller(payload: HotlineIntakeIn) -> Caller:
    """Who calls."""
    if payload.is_anonymous:
        return Caller(is_anonymous=True)
    return Caller(payload.name, payload.phone)


def shape(taken: Taken) -> dict[str, Any]:
    """An order as `HotlineTakenOut`."""
    return {
        "number": taken.order.number,
        "case": taken.case.number if taken.case else None,
        "receipt": taken.receipt,
        "due_at": taken.case.due_at if taken.case else None,
    }
