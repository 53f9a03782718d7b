"""/desk: what officers do, by the same services as the pages. A second factor is needed."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from niangjia.core import clock, idempotency
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.doors import account_of, posts_for
from niangjia.members.forms.paper import WHO
from niangjia.members.models import Application, ApplicationKind, Membership
from niangjia.members.rules import Action, phones, purposes
from niangjia.members.rules.urgency import Urgency
from niangjia.members.schemas.desk import (
    AppointmentIn,
    DecisionIn,
    DecisionsIn,
    LookUpIn,
    MemberList,
    MemberOut,
    OutcomeList,
    PaperMemberIn,
    PostList,
    WaitingList,
    WaitingOut,
)
from niangjia.members.selectors import inbox
from niangjia.members.selectors.posts import access_post, list_posts_at
from niangjia.members.selectors.registers import MemberQuery
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union

router = Router(tags=["desk"])


def waiting(application: Application, urgency: Urgency) -> dict[str, Any]:
    """An application as `WaitingOut`."""
    names = ("number", "kind", "union", "handled_by", "employer_name", "job", "submitted_at")
    return {name: getattr(application, name) for name in names} | {
        "applicant": application.person.name if application.person else "",
        "due_at": application.due_at,
        "escalated_at": application.escalated_at,
        "urgency": urgency.level,
        "working_days": urgency.working_days,
    }


@router.get("/applications", response=WaitingList, summary="What waits for an answer")
def list_waiting(
    request: HttpRequest,
    union: str | None = None,
    kind: ApplicationKind | None = None,
    late: bool = False,
    escalated: bool = False,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Within reach, most urgent first. `union` narrows to it and all below."""
    posts, now = posts_for(request, Action.DECIDE_APPLICATIONS), clock.now()
    chosen = inbox.InboxFilter(
        union=access_union_within(posts, Action.DECIDE_APPLICATIONS, union) if union else None,
        kind=kind,
        late=late,
        escalated=escalated,
    )
    page = page_of(
        inbox.list_inbox(posts, chosen=chosen, now=now), order=inbox.ORDER, cursor=cursor
    )
    urgencies = inbox.urgencies(
        [(each.due_at, each.handled_by.division_id) for each in page.items if each.due_at], now
    )
    return {"items": list(map(waiting, page.items, urgencies)), "next": page.next}


@router.get("/applications/{number}", response=WaitingOut, summary="One that waits")
def show_waiting(request: HttpRequest, number: str) -> dict[str, Any]:
    """Opening it is recorded for the applicant. 404 once it is answered."""
    posts, now = posts_for(request, Action.DECIDE_APPLICATIONS), clock.now()
    found = inbox.access_application_within(posts, number)
    urgency = inbox.urgency_of(found, now)
    if urgency is None:
        raise NotFound(_("There is no such page"))
    services.record_application_view(by=account_of(request), application=found)
    return waiting(found, urgency)


@router.post(
    "/applications/{number}/decision", response=OutcomeList, summary="Answer one application"
)
def decide(request: HttpRequest, number: str, payload: DecisionIn) -> dict[str, Any]:
    """Admit or refuse; a refusal needs a reason, which the applicant reads."""
    posts = posts_for(request, Action.DECIDE_APPLICATIONS)
    found = inbox.access_application_within(posts, number)
    services.decide_application(
        by=selectors.access_acting_post(posts, Action.DECIDE_APPLICATIONS, found.handled_by.path),
        application=found,
        verdict=payload.verdict,
        reason=payload.reason,
        now=clock.now(),
    )
    return {"items": [{"number": number, "problem": None}]}


@router.post("/decisions", response=OutcomeList, summary="Answer many alike")
def decide_many(request: HttpRequest, payload: DecisionsIn) -> dict[str, Any]:
    """Each in a transaction of its own; what could not be answered says why."""
    posts_for(request, Action.DECIDE_APPLICATIONS)
    outcomes = services.decide_applications(
        by=account_of(request),
        numbers=list(dict.fromkeys(payload.numbers)),
        verdict=payload.verdict,
        reason=payload.reason,
        now=clock.now(),
    )
    return {
        "items": [
            {"number": each.number, "problem": str(each.problem) if each.problem else None}
            for each in outcomes
        ]
    }


@router.post("/look-ups", response=MemberList, summary="Look a member up, for a purpose")
def look_up(request: HttpRequest, payload: LookUpIn) -> dict[str, Any]:
    """Each person found can read who looked and why. Limited by the hour and the day."""
    idempotency.read_anew(request)
    posts_for(request, Action.LOOK_UP_MEMBERS)
    found = services.look_up_members(
        by=account_of(request),
        query=MemberQuery(payload.by, payload.text),
        purpose=purposes.stated(payload.purpose, payload.words),
        now=clock.now(),
    )
    return {"items": [member(membership) for membership in found]}


def member(membership: Membership) -> dict[str, Any]:
    """A membership as `MemberOut`."""
    return {
        "number": membership.number,
        "name": membership.person.name,
        "union": membership.union,
        "status": membership.status,
        "admitted_date": membership.admitted_date,
    }


@router.post("/paper-members", response=MemberOut, summary="Enter a member of the paper register")
def enter_paper_member(request: HttpRequest, payload: PaperMemberIn) -> dict[str, Any]:
    """With the date they were admitted on. 409 for whoever is a member already: "member-here", or
    "member-already" of another union, from which only they themselves transfer."""
    posts = posts_for(request, Action.CHANGE_MEMBERSHIPS)
    union = access_union_within(posts, Action.CHANGE_MEMBERSHIPS, payload.union)
    membership = services.register_paper_member(
        by=selectors.access_acting_post(posts, Action.CHANGE_MEMBERSHIPS, union.path),
        union=union,
        answers=payload.dict(include=set(WHO)),
        admitted_date=payload.admitted_date,
        phone=phones.normalised(payload.phone) if payload.phone else "",
        employer_name=payload.employer_name,
        job=payload.job,
        now=clock.now(),
    )
    return member(membership)


@router.get("/unions/{number}/posts", response=PostList, summary="Who holds a post at a union")
def list_posts(request: HttpRequest, number: str) -> dict[str, Any]:
    """Current posts first, then the ended ones."""
    posts = posts_for(request, Action.APPOINT_POSTS)
    return posts_of(access_union_within(posts, Action.APPOINT_POSTS, number))


@router.post("/unions/{number}/posts", response=PostList, summary="Appoint an officer")
def appoint(request: HttpRequest, number: str, payload: AppointmentIn) -> dict[str, Any]:
    """By the number they sign in with; one that nobody signs in with changes nothing and answers
    alike."""
    posts = posts_for(request, Action.APPOINT_POSTS)
    union = access_union_within(posts, Action.APPOINT_POSTS, number)
    services.appoint_by_phone(
        by=account_of(request),
        phone=phones.normalised(payload.phone),
        union=union,
        role=payload.role,
        reach=payload.reach,
        now=clock.now(),
    )
    return posts_of(union)


@router.post("/posts/{post_id}/ending", response=PostList, summary="End a post")
def end_post(request: HttpRequest, post_id: str) -> dict[str, Any]:
    """The row stays, and says who ended it and when. Access ends with the next request."""
    found = access_post(posts_for(request, Action.APPOINT_POSTS), post_id)
    services.end_post(by=account_of(request), post_id=found.pk, now=clock.now())
    return posts_of(found.union)


def posts_of(union: Union) -> dict[str, Any]:
    """The posts at a union as `PostList`."""
    return {
        "items": [
            {
                "id": post.pk,
                "name": post.account.person.name if post.account.person else None,
                "role": post.role,
                "reach": post.reach,
                "appointed_at": post.appointed_at,
                "ended_at": post.ended_at,
            }
            for post in list_posts_at(union)
        ]
    }
