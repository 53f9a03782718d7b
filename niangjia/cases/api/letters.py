"""/desk/letters, /letters: letters of cases, by the same services as the pages."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from niangjia.cases.api import shapes
from niangjia.cases.api.desk import DECIDES, HANDLES, find_case
from niangjia.cases.models import Case
from niangjia.cases.rules.content import LetterTemplate
from niangjia.cases.schemas import CaseOut, CaseReadingIn
from niangjia.cases.schemas.letters import (
    CaseLettersOut,
    FollowUpIn,
    LetterAnswerIn,
    LetterDraftIn,
    LetterDraftOut,
    LetterIn,
    LetterOut,
    LetterServiceIn,
    LetterWithdrawalIn,
    NamingNoteIn,
)
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.letters import Standing, access_letter, list_letters, list_owed
from niangjia.cases.services import letters
from niangjia.cases.services.letters import Upload
from niangjia.core import clock, files, idempotency, protection
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Post
from niangjia.members.selectors.posts import find_acting_post

router = Router(tags=["desk"])
of_cases = Router(tags=["desk"])


def shape(standing: Standing) -> dict[str, Any]:
    """A letter as `LetterOut`."""
    letter = standing.letter
    return {
        "id": letter.pk,
        "number": letter.number,
        "kind": letter.kind,
        "to": letter.addressed_to,
        "template": letter.template,
        "union_name": letter.union_name,
        "issued_at": letter.issued_at,
        "served_on": standing.served.on_date if standing.served else None,
        "answered_on": standing.answered.on_date if standing.answered else None,
        "withdrawn_on": standing.withdrawn.on_date if standing.withdrawn else None,
        "is_demonstration": letter.is_demonstration,
        "sha256": bytes(letter.sha256).hex(),
    }


def template_out(template: LetterTemplate) -> dict[str, Any]:
    """A template as `LetterTemplateOut`."""
    return {
        "key": template.key,
        "name": shapes.words(template.name),
        "kind": template.kind,
        "to": template.to,
        "decides": template.decides,
        "fields": [
            {
                "key": each.key,
                "label": shapes.words(each.label),
                "required": each.required,
                "most": each.most,
            }
            for each in template.fields
        ],
    }


@of_cases.get("/{number}/letters", response=CaseLettersOut, summary="Letters of a case")
def list_case_letters(request: HttpRequest, number: str) -> dict[str, Any]:
    """Without what they say: fetch the PDF for that."""
    _post, found = find_case(request, number)
    item = document_of(found.snapshot_id)
    with protection.viewing(account=account_of(request).pk):
        standings = list_letters(found.pk)
        owed = list_owed(found, item, standings)
    return {
        "items": [shape(each) for each in standings[::-1]],
        "next": None,
        "owed": [each.template.key for each in owed],
        "templates": [template_out(each) for each in item.letters],
        "follow_ups": list(item.follow_ups),
    }


@of_cases.post("/{number}/letters/preview", response=LetterDraftOut, summary="How it would read")
def preview_case_letter(
    request: HttpRequest, number: str, payload: LetterDraftIn
) -> dict[str, Any]:
    """Nothing is kept. 422 with one message a field; also where the text gives away whoever
    complained."""
    idempotency.read_anew(request)
    post, found = most_entitled(request, number)
    draft = letters.preview_letter(
        by=post,
        case_id=found.pk,
        template=payload.template,
        values=payload.values,
        employer_id=payload.employer,
        now=clock.now(),
    )
    return {
        "title": draft.composed.title,
        "addressee": draft.composed.addressee,
        "text": draft.composed.text,
        "values": dict(draft.values),
        "union": draft.union,
        "seen": draft.seen,
    }


@of_cases.post("/{number}/letters", response={201: LetterOut}, summary="Send a letter out")
def issue_case_letter(
    request: HttpRequest, number: str, payload: LetterIn
) -> Status[dict[str, Any]]:
    """It takes the next number of the union. 409 when a colleague was faster."""
    post, found = most_entitled(request, number)
    letter = letters.issue_letter(
        by=post,
        case_id=found.pk,
        **payload.dict(exclude={"employer"}),
        employer_id=payload.employer,
        verify_at=request.build_absolute_uri(reverse("cases:verify")),
        now=clock.now(),
    )
    return Status(201, shape(Standing(letter, [])))


@of_cases.post("/{number}/naming", response=CaseOut, summary="Whether they may be named")
def note_case_naming(request: HttpRequest, number: str, payload: NamingNoteIn) -> dict[str, Any]:
    """What the applicant said aloud; they read it."""
    post, found = find_case(request, number)
    letters.note_naming(by=post, case_id=found.pk, **payload.dict(), now=clock.now())
    return shapes.case(find_case(request, number)[1])


@of_cases.post("/{number}/follow-ups", response={201: CaseOut}, summary="Begin another matter")
def begin_case_follow_up(
    request: HttpRequest, number: str, payload: FollowUpIn
) -> Status[dict[str, Any]]:
    """About the same employer, linked to this case. 409 while the last one runs."""
    post, found = find_case(request, number)
    case = letters.begin_follow_up(
        by=post,
        case_id=found.pk,
        item_key=payload.item,
        answers=payload.answers,
        now=clock.now(),
    )
    return Status(201, shapes.case(case))


def most_entitled(request: HttpRequest, number: str) -> tuple[Post, Case]:
    """The case, and the post with the most right: some letters only who decides may send."""
    post, found = find_case(request, number)
    deciding = find_acting_post(posts_for(request, HANDLES), DECIDES, found.handler_path)
    return deciding or post, found


def entitled_to(request: HttpRequest, letter: uuid.UUID) -> Post:
    """The post to act on a letter by. Raises `NotFound`."""
    posts_for(request, HANDLES)
    with protection.viewing(account=account_of(request).pk):
        number = access_letter(letter).letter.case.number
    return most_entitled(request, number)[0]


def as_it_is(request: HttpRequest, letter: uuid.UUID) -> dict[str, Any]:
    """The letter after an act on it."""
    with protection.viewing(account=account_of(request).pk):
        return shape(access_letter(letter))


@router.post("/{letter}/pdf", summary="The PDF", response={200: None})
def fetch_letter(
    request: HttpRequest, letter: uuid.UUID, payload: CaseReadingIn
) -> HttpResponseBase:
    """Opening it is opening its case: recorded, and 422 without a purpose where one is needed."""
    idempotency.read_anew(request)
    opened = letters.read_letter(
        by=account_of(request),
        posts=posts_for(request, HANDLES),
        letter_id=letter,
        purpose=lambda number: payload.stated(),
        now=clock.now(),
    )
    return files.attachment(letters.open_document(opened.reading.case, opened.standing))


@router.post("/{letter}/service", response=LetterOut, summary="It was handed over")
def serve_letter(
    request: HttpRequest,
    letter: uuid.UUID,
    payload: Form[LetterServiceIn],
    papers: File[list[UploadedFile]] = [],  # noqa: B006 - how Ninja says "none"
) -> dict[str, Any]:
    """How and when; `papers` are the receipt. A step that waits for it counts from that day."""
    letters.serve_letter(
        by=entitled_to(request, letter),
        letter_id=letter,
        **payload.dict(),
        uploads=uploads(papers),
        now=clock.now(),
    )
    return as_it_is(request, letter)


@router.post("/{letter}/answer", response=LetterOut, summary="It was answered")
def answer_letter(
    request: HttpRequest,
    letter: uuid.UUID,
    payload: Form[LetterAnswerIn],
    papers: File[list[UploadedFile]] = [],  # noqa: B006 - how Ninja says "none"
) -> dict[str, Any]:
    """What whoever it was written to says, and whether it is mended."""
    letters.answer_letter(
        by=entitled_to(request, letter),
        letter_id=letter,
        **payload.dict(),
        uploads=uploads(papers),
        now=clock.now(),
    )
    return as_it_is(request, letter)


@router.post("/{letter}/withdrawal", response=LetterOut, summary="Withdraw it")
def withdraw_letter(
    request: HttpRequest, letter: uuid.UUID, payload: LetterWithdrawalIn
) -> dict[str, Any]:
    """Whoever checks its code learns that it holds no longer. Its number stays used."""
    letters.withdraw_letter(
        by=entitled_to(request, letter), letter_id=letter, **payload.dict(), now=clock.now()
    )
    return as_it_is(request, letter)


def uploads(papers: list[UploadedFile]) -> list[Upload]:
    """Files as services take them."""
    return [Upload(each, each.name or "") for each in papers]
