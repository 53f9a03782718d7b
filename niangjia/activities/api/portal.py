"""/activities: what is on, signing up, one's own sign-ups."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.activities import selectors, services
from niangjia.activities.api import shapes
from niangjia.activities.forms import finding
from niangjia.activities.rules.answers import Answers, Brought
from niangjia.activities.rules.teams import TeamDraft
from niangjia.activities.schemas.portal import (
    ActivityDetail,
    ActivityList,
    AnswersIn,
    AnswersOut,
    SignUpIn,
    SignUpList,
    SignUpOut,
)
from niangjia.activities.selectors.finding import path_of
from niangjia.activities.selectors.showing import page_of as shown_page
from niangjia.activities.selectors.showing import read_activity_facts, refuse_hidden
from niangjia.activities.services.asking import Change
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of, visitor_or_account

router = Router(tags=["activities"], auth=None)
mine = Router(tags=["activities"])


@router.get("", response=ActivityList, summary="What is on")
def list_activities(
    request: HttpRequest,
    q: str = "",
    kind: str = "",
    when: str = "",
    near: str = "",
    division: str = "",
    cursor: str | None = None,
) -> dict[str, Any]:
    """The soonest first; with `near` ("latitude,longitude") the nearest within 100 km first. `when`
    is today, weekend, week or month."""
    asked = {"q": q, "kind": kind, "when": when, "near": near, "division": division}
    question = finding.read(asked)
    if question.errors:
        raise Invalid(_("Some places need another look."), fields=question.errors)
    now = clock.now()
    path = path_of(visitor_or_account(request))
    page = selectors.find_activities(question.criteria(now), path=path, now=now, cursor=cursor)
    return {"items": list(map(shapes.activity, page.items)), "next": page.next}


@router.get("/{number}", response=ActivityDetail, summary="One activity")
def show_activity(request: HttpRequest, number: str) -> dict[str, Any]:
    """With its runs, sessions and seats."""
    shown = shown_page(read_activity_facts(number), now=clock.now())
    refuse_hidden(shown, visitor_or_account(request))
    return shapes.detail(shown)


@mine.get("", response=SignUpList, summary="What I signed up for")
def list_sign_ups(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The newest first."""
    page = page_of(selectors.list_own(account_of(request)), order=("-id",), cursor=cursor)
    return {"items": list(map(shapes.sign_up, page.items)), "next": page.next}


@mine.post("", response={201: SignUpOut}, summary="Sign up")
def sign_up(request: HttpRequest, payload: SignUpIn) -> Status[dict[str, Any]]:
    """409 with the verdict as code for whoever it is not for or when nothing is left, 410 when
    sign-up has closed. Sent again it is the same sign-up."""
    account = account_of(request)
    said = payload.dict(exclude={"run", "companions", "team", "answers"})
    brought = tuple(
        Brought(each.name, each.identity_number, age=each.age, more=each.answers)
        for each in payload.companions
    )
    made = services.sign_up(
        by=account,
        run_id=payload.run,
        answers=Answers(**said, companions=brought, more=payload.answers),
        team=TeamDraft(payload.team.name, payload.team.size) if payload.team else None,
        now=clock.now(),
    )
    found = selectors.access_own(account, str(made.pk))
    return Status(201, shapes.sign_up(found, with_place=True))


@mine.get("/{sign_up_id}", response=SignUpOut, summary="One sign-up of mine")
def show_sign_up(request: HttpRequest, sign_up_id: str) -> dict[str, Any]:
    """How it stands."""
    found = selectors.access_own(account_of(request), sign_up_id)
    return shapes.sign_up(found, with_place=True)


@mine.get("/{sign_up_id}/answers", response=AnswersOut, summary="What I told")
def show_answers(request: HttpRequest, sign_up_id: str) -> dict[str, Any]:
    """When signing up, or since."""
    return shapes.answers(selectors.access_own(account_of(request), sign_up_id), clock.now())


@mine.put("/{sign_up_id}/answers", response=AnswersOut, summary="Tell it anew")
def change_answers(request: HttpRequest, sign_up_id: str, payload: AnswersIn) -> dict[str, Any]:
    """410 once sign-up has closed. Problems are named as by `SignUpIn`."""
    now = clock.now()
    change = Change(
        emergency_name=payload.emergency_name,
        emergency_phone=payload.emergency_phone,
        more=payload.answers,
        companions=tuple(payload.companions),
    )
    found = services.change_answers(
        by=account_of(request), sign_up_id=sign_up_id, change=change, now=now
    )
    return shapes.answers(found, now)


@mine.post("/{sign_up_id}/return", response=SignUpOut, summary="Give the seat back")
def return_seat(request: HttpRequest, sign_up_id: str) -> dict[str, Any]:
    """Or leave the waiting list, or decline an offer. 410 once it has begun."""
    account = account_of(request)
    services.return_seat(by=account, sign_up_id=sign_up_id, now=clock.now())
    return shapes.sign_up(selectors.access_own(account, sign_up_id))


@mine.post("/{sign_up_id}/confirmation", response=SignUpOut, summary="Take what was offered")
def confirm_seat(request: HttpRequest, sign_up_id: str) -> dict[str, Any]:
    """409 when it has gone to the next in line."""
    account = account_of(request)
    services.confirm_seat(by=account, sign_up_id=sign_up_id, now=clock.now())
    return shapes.sign_up(selectors.access_own(account, sign_up_id))
