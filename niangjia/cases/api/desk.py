"""/desk/cases: the officers' work, by the same services as the pages."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from niangjia.cases import selectors, services
from niangjia.cases.api import shapes
from niangjia.cases.models import Case
from niangjia.cases.schemas import (
    CaseAssignmentIn,
    CaseDismissalIn,
    CaseEmployerIn,
    CaseList,
    CaseMessageIn,
    CaseNoteIn,
    CaseOfficerIn,
    CaseOut,
    CasePauseIn,
    CaseQueueIn,
    CaseReadingIn,
    CaseReasonIn,
    CaseStepIn,
    CaseTransferIn,
    CaseUnitIn,
    DeskCaseDetail,
)
from niangjia.cases.schemas.files import DeathIn, DeathOut
from niangjia.cases.selectors import QueueFilter, surroundings
from niangjia.cases.selectors.officers import access_officer_union
from niangjia.core import clock, idempotency, protection
from niangjia.core.errors import Invalid, NotFound
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import find_acting_post, holding
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Union

router = Router(tags=["desk"])
HANDLES, DECIDES = Action.HANDLE_CASES, Action.DECIDE_CASES


def find_case(request: HttpRequest, number: str, action: Action = HANDLES) -> tuple[Post, Case]:
    """The case, and the nearest post to act by. Raises `NotFound`."""
    posts, account = posts_for(request, action), account_of(request)
    with protection.viewing(account=account.pk):
        found = selectors.access_case(posts, number, account=account)
    return find_acting_post(posts, action, found.handler_path) or holding(posts, action)[0], found


def as_it_is(request: HttpRequest, number: str) -> dict[str, Any]:
    """The case after an act on it, as `CaseOut`."""
    return shapes.case(find_case(request, number)[1])


@router.get("", response=CaseList, summary="The queue")
def list_cases(
    request: HttpRequest, chosen: Query[CaseQueueIn], cursor: str | None = None
) -> dict[str, Any]:
    """Open cases within reach, the most urgent first."""
    posts, account = posts_for(request, HANDLES), account_of(request)
    with protection.viewing(account=account.pk):
        found = selectors.list_queue(
            posts, account=account, chosen=QueueFilter(**chosen.dict()), now=clock.now()
        )
        page = page_of(found, order=selectors.QUEUE_ORDER, cursor=cursor)
    return {"items": [shapes.case(each) for each in page.items], "next": page.next}


@router.post("/{number}/reading", response=DeskCaseDetail, summary="Open a case")
def read_desk_case(request: HttpRequest, number: str, payload: CaseReadingIn) -> dict[str, Any]:
    """Recorded, and shown to whoever asked. 422 without a purpose where one is needed. The same
    request again opens it again, as long as one may."""
    idempotency.read_anew(request)
    posts, account = posts_for(request, HANDLES), account_of(request)
    reading = services.read_case(
        by=account, posts=posts, number=number, purpose=payload.stated(), now=clock.now()
    )
    case, told = reading.case, reading.told
    with protection.viewing(account=account.pk):
        joint = surroundings.list_joint_unions(case)
    return shapes.detail(reading, to_applicant=False) | {
        "name": told.name,
        "phone": told.phone,
        "accused": surroundings.names_of_accused(case),
        "assigned_to": case.assigned_to_id,
        "joint": joint,
        "raised_to": case.raised_to,
    }


@router.post("/{number}/steps", response=CaseOut, summary="End the present step")
def take_case_step(request: HttpRequest, number: str, payload: CaseStepIn) -> dict[str, Any]:
    """409 when a colleague was faster."""
    post, found = find_case(request, number)
    given, files = payload.dict(exclude={"files"}), [str(each) for each in payload.files]
    services.take_step(by=post, case_id=found.pk, files=files, now=clock.now(), **given)
    return as_it_is(request, number)


@router.post("/{number}/notes", response={201: CaseOut}, summary="Note, or write to the applicant")
def write_case_note(
    request: HttpRequest, number: str, payload: CaseNoteIn
) -> Status[dict[str, Any]]:
    """For colleagues; or for the applicant, who is told."""
    post, found = find_case(request, number)
    given, files = payload.dict(exclude={"files"}), [str(each) for each in payload.files]
    services.write_note(by=post, case_id=found.pk, files=files, now=clock.now(), **given)
    return Status(201, as_it_is(request, number))


@router.post("/{number}/pause", response=CaseOut, summary="Let the clock stand still")
def pause_case(request: HttpRequest, number: str, payload: CasePauseIn) -> dict[str, Any]:
    """As long as the service allows; the applicant reads the reason."""
    post, found = find_case(request, number)
    services.pause_case(by=post, case_id=found.pk, now=clock.now(), **payload.dict())
    return as_it_is(request, number)


@router.post("/{number}/resumption", response=CaseOut, summary="Let the clock go on")
def resume_case(request: HttpRequest, number: str) -> dict[str, Any]:
    """With the days that were left."""
    post, found = find_case(request, number)
    services.resume_case(by=post, case_id=found.pk, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/extension", response=CaseOut, summary="Make the term longer")
def extend_case(request: HttpRequest, number: str, payload: CaseReasonIn) -> dict[str, Any]:
    """Before it has run out, as often as the service allows."""
    post, found = find_case(request, number)
    services.extend_case(by=post, case_id=found.pk, reason=payload.reason, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/assignment", response=CaseOut, summary="Give it to a colleague")
def assign_case(request: HttpRequest, number: str, payload: CaseAssignmentIn) -> dict[str, Any]:
    """Or take it oneself. Twice is once."""
    account = account_of(request)
    is_me = payload.to in (None, account.pk)
    post, found = find_case(request, number, HANDLES if is_me else DECIDES)
    to = account if is_me else surroundings.find_account(payload.to)
    if to is None:
        problem = _("This colleague cannot be given the case. Choose another.")
        raise Invalid(problem, code="not-assignable", fields={"to": problem})
    services.assign_case(by=post, case_id=found.pk, to=to, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/transfer", response=CaseOut, summary="Give it to another union")
def transfer_case(request: HttpRequest, number: str, payload: CaseTransferIn) -> dict[str, Any]:
    """Below, above or beside the one that has it, which may object within 5 working days."""
    post, found = find_case(request, number, DECIDES)
    to = organisations.find_union_by_number(payload.to)
    if to is None:
        problem = _("This union cannot take the case. Choose one near, and active.")
        raise Invalid(problem, code="not-transferable", fields={"to": problem})
    services.transfer_case(by=post, case_id=found.pk, to=to, reason=payload.reason, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/objection", response=CaseOut, summary="Send a transferred case back")
def object_to_transfer(request: HttpRequest, number: str, payload: CaseReasonIn) -> dict[str, Any]:
    """410 after 5 working days."""
    post, found = find_case(request, number, DECIDES)
    services.object_to_transfer(by=post, case_id=found.pk, reason=payload.reason, now=clock.now())
    return as_it_is(request, number)


@router.post(
    "/{number}/notice/dismissal", response=CaseOut, summary="Objections to a notice are unfounded"
)
def dismiss_case_objections(
    request: HttpRequest, number: str, payload: CaseDismissalIn
) -> dict[str, Any]:
    """While one waits for an answer the end of the notice says nothing. 409 when somebody has
    objected again since `seen`."""
    post, found = find_case(request, number)
    services.dismiss_objections(by=post, case_id=found.pk, now=clock.now(), **payload.dict())
    return as_it_is(request, number)


@router.post("/{number}/units", response=CaseOut, summary="Let another union take part")
def join_case_unit(request: HttpRequest, number: str, payload: CaseUnitIn) -> dict[str, Any]:
    """It sees the case and does a part; the one that has it goes on answering for the clock."""
    post, found = find_case(request, number, DECIDES)
    union = unit_named(payload.union)
    services.join_unit(by=post, case_id=found.pk, union=union, task=payload.task, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/units/part", response=CaseOut, summary="The part of one's union is done")
def finish_case_part(request: HttpRequest, number: str, payload: CaseMessageIn) -> dict[str, Any]:
    """Of a union that takes part; 404 for any other."""
    post, found = find_case(request, number)
    with protection.viewing(account=account_of(request).pk):
        joint = {unit.union_id for unit in surroundings.list_joint_units(found)}
    own = next((each for each in posts_for(request, HANDLES) if each.union_id in joint), post)
    services.finish_part(by=own, case_id=found.pk, words=payload.words, now=clock.now())
    return as_it_is(request, number)


@router.post(
    "/{number}/units/departure",
    response={200: CaseOut, 204: None},
    summary="A union takes part no more",
)
def end_case_unit(request: HttpRequest, number: str, payload: CaseUnitIn) -> Status[Any]:
    """Said by the union that has the case; or by that union, which sees it no longer then (204).
    Twice is once."""
    post, found = find_case(request, number, DECIDES)
    union = unit_named(payload.union)
    posts = posts_for(request, DECIDES)
    own = find_acting_post(posts, DECIDES, union.path)
    services.leave_unit(by=own or post, case_id=found.pk, union=union, now=clock.now())
    if find_acting_post(posts, DECIDES, found.handler_path) is None:
        return Status(204, None)
    return Status(200, as_it_is(request, number))


def unit_named(number: str) -> Union:
    """The union of this number. Raises `Invalid` on `union`."""
    found = organisations.find_union_by_number(number)
    if found is None:
        problem = _("This union cannot take part in the case.")
        raise Invalid(problem, code="not-joinable", fields={"union": problem})
    return found


@router.post("/{number}/take-over", response=CaseOut, summary="Take it from the union below")
def take_case_over(request: HttpRequest, number: str, payload: CaseReasonIn) -> dict[str, Any]:
    """What was late there, or should be one's own."""
    post, found = find_case(request, number, DECIDES)
    services.take_over(by=post, case_id=found.pk, reason=payload.reason, now=clock.now())
    return as_it_is(request, number)


@router.post("/{number}/employers", response={200: CaseOut, 204: None}, summary="Name an employer")
def name_case_employer(request: HttpRequest, number: str, payload: CaseEmployerIn) -> Status[Any]:
    """One more that a complaint is about; twice is once. 204 where whoever named it sees the case
    no longer."""
    post, found = find_case(request, number)
    services.name_employer(by=post, case_id=found.pk, now=clock.now(), **payload.dict())
    return led_on(request, number)


@router.post("/{number}/officers", response={200: CaseOut, 204: None}, summary="Name an officer")
def name_case_officer(request: HttpRequest, number: str, payload: CaseOfficerIn) -> Status[Any]:
    """Somebody at a union whom it is about: they see it no longer; twice is once. 204 where whoever
    named them sees the case no longer."""
    post, found = find_case(request, number)
    services.name_officer(
        by=post,
        case_id=found.pk,
        union=access_officer_union(payload.officer_union),
        who=payload.officer,
        now=clock.now(),
    )
    return led_on(request, number)


def led_on(request: HttpRequest, number: str) -> Status[Any]:
    """The case as it is now; nothing where it is no longer shown to whoever acted."""
    with suppress(NotFound):
        return Status(200, as_it_is(request, number))
    return Status(204, None)


@router.post("/{number}/death", response=DeathOut, summary="The applicant has died")
def note_applicants_death(request: HttpRequest, number: str, payload: DeathIn) -> dict[str, Any]:
    """What the family goes on with is found by the receipt, which is answered this once."""
    idempotency.read_anew(request)
    post, found = find_case(request, number)
    noted = services.note_death(by=post, case_id=found.pk, now=clock.now(), **payload.dict())
    return {"receipt": noted.receipt or None, "others": [each.number for each in noted.others]}
