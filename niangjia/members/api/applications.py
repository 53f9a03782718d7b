"""/applications: a draft, an application, where it stands, taking it back, a review."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.doors import account_of
from niangjia.members.models import Application, ApplicationStatus
from niangjia.members.rules.applications import Answers
from niangjia.members.schemas.joining import (
    ApplicationDetail,
    ApplicationIn,
    ApplicationList,
    ApplicationOut,
    DraftIn,
    DraftOut,
    ReviewIn,
)
from niangjia.organisations import selectors as organisations

router = Router(tags=["applications"])
DESCRIPTION = ("ethnicity", "education", "skill_level", "from_elsewhere")


def shown(application: Application) -> dict[str, Any]:
    """An application as `ApplicationOut`."""
    return {
        name: getattr(application, name)
        for name in (
            "number",
            "kind",
            "status",
            "union",
            "handled_by",
            "submitted_at",
            "due_at",
            "decided_at",
            "reason",
        )
    } | {"is_late": application.is_late(clock.now())}


def draft_shown(draft: Application) -> dict[str, Any]:
    """A draft as `DraftOut`."""
    return {
        "union": draft.union,
        "answers": selectors.draft_answers(draft),
        "version": draft.draft_version,
    }


@router.get("/draft", response=DraftOut, summary="My draft")
def show_draft(request: HttpRequest) -> dict[str, Any]:
    """What was typed so far, on whatever device; 404 when there is none."""
    draft = selectors.find_open_application(account_of(request))
    if draft is None or draft.status != ApplicationStatus.DRAFT:
        raise NotFound(_("There is no draft."))
    return draft_shown(draft)


@router.put("/draft", response=DraftOut, summary="Save my draft")
def save_draft(request: HttpRequest, payload: DraftIn) -> dict[str, Any]:
    """409 when it was changed elsewhere since `version`: nothing is overwritten silently."""
    draft = services.save_draft(
        account=account_of(request),
        union=organisations.access_union_by_number(payload.union),
        answers=payload.answers,
        version=payload.version,
        now=clock.now(),
    )
    return draft_shown(draft)


@router.delete("/draft", response={204: None}, summary="Throw my draft away")
def discard_draft(request: HttpRequest) -> Status[None]:
    """Again is no error."""
    services.discard_draft(account=account_of(request))
    return Status(204, None)


@router.post("", response={201: ApplicationOut}, summary="Apply to join, or to move")
def apply(request: HttpRequest, payload: ApplicationIn) -> Status[dict[str, Any]]:
    """The union's clock runs from here; sending the same again gives the same application."""
    given = payload.identity.dict() if payload.identity else {}
    described = payload.dict(include=set(DESCRIPTION))
    application = services.apply_to_join(
        account=account_of(request),
        union=organisations.access_union_by_number(payload.union),
        identity=given | {name: value for name, value in described.items() if value is not None},
        answers=Answers(
            worker_kind=payload.worker_kind,
            employment_status=payload.employment_status,
            employer_name=payload.employer_name,
            job=payload.job,
            statement=payload.statement,
        ),
        consents=payload.consents,
        version=payload.version,
        now=clock.now(),
    )
    return Status(201, shown(application))


@router.get("", response=ApplicationList, summary="My applications")
def list_applications(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The latest first; the draft is at /applications/draft."""
    page = page_of(
        selectors.list_applications(account_of(request)), order=("-id",), cursor=cursor, size=25
    )
    return {"items": [shown(each) for each in page.items], "next": page.next}


@router.get("/{number}", response=ApplicationDetail, summary="Where an application stands")
def show_application(request: HttpRequest, number: str) -> dict[str, Any]:
    """With every step so far."""
    found = selectors.access_application(account=account_of(request), number=number)
    return shown(found) | {"steps": list(selectors.list_steps(found))}


@router.post("/{number}/withdrawal", response=ApplicationOut, summary="Take it back")
def withdraw(request: HttpRequest, number: str) -> dict[str, Any]:
    """Twice is once; 409 when the union has answered already."""
    account = account_of(request)
    found = selectors.access_application(account=account, number=number)
    withdrawn = services.withdraw_application(account=account, application=found, now=clock.now())
    return shown(withdrawn)


@router.post("/{number}/review", response={201: ApplicationOut}, summary="Ask the union above")
def request_review(request: HttpRequest, number: str, payload: ReviewIn) -> Status[dict[str, Any]]:
    """After a refusal, the union above decides anew, once."""
    account = account_of(request)
    asked = services.request_review(
        account=account,
        application=selectors.access_application(account=account, number=number),
        statement=payload.statement,
        now=clock.now(),
    )
    return Status(201, shown(asked))
