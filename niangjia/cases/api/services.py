"""/services: what a union does for people, and asking for it; /receipts: coming back unknown."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases import selectors, services
from niangjia.cases.api import shapes
from niangjia.cases.models import Case
from niangjia.cases.rules import answers as answer_rules
from niangjia.cases.rules import eligibility, numbering
from niangjia.cases.schemas import (
    CaseIn,
    CaseOut,
    CaseReceiptIn,
    CaseReceiptOut,
    CaseUnknownIn,
    EligibilityIn,
    EligibilityOut,
    ReceiptCaseDetail,
    ReceiptMessageIn,
    ReceiptStepIn,
    ReceiptTextsIn,
    ServiceDetail,
    ServiceList,
)
from niangjia.cases.schemas.files import RatingLinkOut, ServiceStandingOut
from niangjia.cases.selectors.asking import find_obstacle
from niangjia.cases.selectors.places import beginning_for, beginning_of
from niangjia.cases.selectors.reaching_out import facts_about
from niangjia.cases.selectors.surroundings import dates_may_move
from niangjia.cases.services import Asking, Matter, officer_in
from niangjia.core import clock, idempotency
from niangjia.members.doors import account_of, visitor_or_account
from niangjia.members.rules import phones
from niangjia.members.selectors import find_membership
from niangjia.organisations import selectors as organisations

router = Router(tags=["services"])
receipts = Router(tags=["services"], auth=None)


@router.get("", response=ServiceList, auth=None, summary="What a union does for people")
def list_services(request: HttpRequest, union: str) -> dict[str, Any]:
    """As it holds at the union of this number; nobody needs to sign in."""
    offered = selectors.list_offered(organisations.access_union_by_number(union))
    return {"items": [shapes.service(each) for each in offered], "next": None}


@router.get("/{key}", response=ServiceDetail, auth=None, summary="One service")
def show_service(request: HttpRequest, key: str, union: str) -> dict[str, Any]:
    """All that is said of it at the union of this number."""
    offered = selectors.access_offered(key, organisations.access_union_by_number(union))
    return shapes.service(offered) | {"document": offered.plain}


@router.get("/{key}/standing", response=ServiceStandingOut, summary="Whether I may ask now")
def show_service_standing(request: HttpRequest, key: str, union: str) -> dict[str, Any]:
    """What asking would be refused for, said before: whom it is open to, and when again; and the
    union at which I would ask for it."""
    account = account_of(request)
    offered = selectors.access_offered(key, organisations.access_union_by_number(union))
    begins = beginning_for(
        offered.document, beginning_of(account, None), account=account, place=None
    )
    where = {"union": begins.union if begins.is_near else None}
    obstacle = find_obstacle(
        offered.document, account=account, person=account.person, today=clock.today()
    )
    if obstacle is None:
        return {"may_ask": True, **where}
    return {
        **where,
        "may_ask": False,
        "code": obstacle.code,
        "message": str(obstacle.message),
        "number": obstacle.number or None,
        "from_date": obstacle.from_date,
    }


@router.post(
    "/{key}/eligibility", response=EligibilityOut, auth=None, summary="See whether it is for one"
)
def see_eligibility(request: HttpRequest, key: str, payload: EligibilityIn) -> dict[str, Any]:
    """Which conditions hold by what is answered, and of a member by what we know. Nobody needs to
    sign in, and nothing that is sent is kept."""
    idempotency.read_anew(request)
    document = selectors.access_offered(
        key, organisations.access_union_by_number(payload.union)
    ).document
    asked = eligibility.asked_in_part(document)
    account = visitor_or_account(request)
    today = clock.today()
    facts = facts_about(find_membership(account) if account else None, today)
    answers = answer_rules.checked(asked, payload.answers)
    found = eligibility.outlook(document, person=facts, answers=answers, today=today)
    return shapes.outlook(found) | {"questions": asked.schema_}


@router.post("/{key}/cases", response={201: CaseOut}, summary="Ask for it")
def ask_for_service(request: HttpRequest, key: str, payload: CaseIn) -> Status[dict[str, Any]]:
    """Send an `Idempotency-Key`: then asking twice is asking once. 409 for whom it is not open to,
    or not yet again (`standing`)."""
    account = account_of(request)
    opened = services.open_case(
        matter=matter(key, payload),
        asking=Asking(
            account=account,
            person=account.person,
            name=account.person.name if account.person else "",
            phone=account.phone,
        ),
        now=clock.now(),
    )
    return Status(201, shapes.case(opened.case))


@router.post(
    "/{key}/receipts", response={201: CaseReceiptOut}, auth=None, summary="Complain unknown"
)
def complain_unknown(
    request: HttpRequest, key: str, payload: CaseUnknownIn
) -> Status[dict[str, Any]]:
    """Whoever asks stays unknown, signed in or not. The receipt is all that leads back: `keep`, if
    it was sent, under which the same again is the same complaint."""
    kept = payload.keep if numbering.is_receipt(payload.keep) else ""
    opened = services.open_case(
        matter=matter(key, payload),
        asking=Asking(
            phone=phones.normalised(payload.phone) if payload.phone.strip() else "",
            is_anonymous=True,
            receipt=kept,
            may_text=payload.may_text,
        ),
        now=clock.now(),
    )
    return Status(
        201,
        {
            "receipt": opened.receipt,
            "union": opened.case.handler,
            "due_at": opened.case.due_at,
        },
    )


def matter(key: str, payload: CaseIn) -> Matter:
    """What is asked for. Raises `NotFound` for a union that is none."""
    union = organisations.access_union_by_number(payload.union)
    selectors.access_offered(key, union)  # before an employer is written down for nothing
    name = payload.employer.strip()
    accused = (
        [services.find_or_note_employer(name=name, uscc=payload.uscc, division=union.division)]
        if name
        else []
    )
    return Matter(
        item_key=key,
        union=union,
        answers=payload.answers,
        accused=accused,
        officer=officer_in(payload.officer_union, payload.officer),
        people_count=payload.people_count,
        files=[str(each) for each in payload.files],
    )


def found_by(receipt: str) -> tuple[bytes, Case]:
    """The case of a receipt, as typed, and by what it is found. Raises `NotFound`."""
    owner = services.come_with(receipt=receipt)
    return owner, services.find_case_of_receipt(owner=owner)


def shown_to(owner: bytes, case: Case) -> dict[str, Any]:
    """A case as it is now, for whoever has its receipt."""
    reading = services.read_own_case(owner=owner, number=case.number)
    return shapes.detail(reading, to_applicant=True) | {
        "dates_may_move": dates_may_move(reading.case),
        "rating": shapes.rating(reading),
    }


@receipts.post("/reading", response=ReceiptCaseDetail, summary="Where it stands, by its receipt")
def read_by_receipt(request: HttpRequest, payload: CaseReceiptIn) -> dict[str, Any]:
    """The receipt stands in the body: no address has it."""
    idempotency.read_anew(request)
    owner, case = found_by(payload.receipt)
    return shown_to(owner, case)


@receipts.post("/messages", response={201: ReceiptCaseDetail}, summary="Write, with a receipt")
def write_by_receipt(request: HttpRequest, payload: ReceiptMessageIn) -> Status[dict[str, Any]]:
    """409 once the case has ended. With `seen` the same words again are written once."""
    owner, case = found_by(payload.receipt)
    services.write_message(
        owner=owner,
        case_id=case.pk,
        words=payload.words,
        files=[str(each) for each in payload.files],
        seen=payload.seen,
        now=clock.now(),
    )
    return Status(201, shown_to(owner, case))


@receipts.post(
    "/texts", response=ReceiptCaseDetail, summary="Hear of news by text message, with a receipt"
)
def set_texts_by_receipt(request: HttpRequest, payload: ReceiptTextsIn) -> dict[str, Any]:
    """A message says that there is news, and not of what; an empty number ends it. 422 where this
    node sends none."""
    owner, case = found_by(payload.receipt)
    services.set_texts(owner=owner, case_id=case.pk, phone=payload.phone)
    return shown_to(owner, case)


@receipts.post("/rating-link", response=RatingLinkOut, summary="A link to rate, with a receipt")
def renew_link_by_receipt(request: HttpRequest, payload: CaseReceiptIn) -> dict[str, str]:
    """Where a counter has made a newer link than that of `rating`; the counter's is dead from now
    on. 404 where there is nothing to rate, and of a complaint, whose own link stays."""
    owner, case = found_by(payload.receipt)
    return {"token": services.renew_own_link(owner=owner, case_id=case.pk, now=clock.now())}


@receipts.post(
    "/steps", response=ReceiptCaseDetail, summary="Take the applicant's step, with a receipt"
)
def take_step_by_receipt(request: HttpRequest, payload: ReceiptStepIn) -> dict[str, Any]:
    """409 when it is not the applicant's turn, or the step is taken."""
    owner, case = found_by(payload.receipt)
    given = payload.dict(exclude={"receipt", "files"})
    files = [str(each) for each in payload.files]
    services.answer_step(owner=owner, case_id=case.pk, files=files, now=clock.now(), **given)
    return shown_to(owner, case)


@receipts.post("/withdrawal", response=CaseOut, summary="Take it back, with a receipt")
def withdraw_by_receipt(request: HttpRequest, payload: CaseReceiptIn) -> dict[str, Any]:
    """Twice is once; 409 when it is finished."""
    owner, case = found_by(payload.receipt)
    services.withdraw_case(owner=owner, case_id=case.pk, now=clock.now())
    return shapes.case(found_by(payload.receipt)[1])
