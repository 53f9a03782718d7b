"""One letter: how it reads, and what became of it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.cases.forms import ReasonForm
from niangjia.cases.forms.letters import AnswerForm, ServiceForm
from niangjia.cases.models import Addressee, Case
from niangjia.cases.rules.letters.wording import waiting_in_words
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.letters import access_letter, letter_of_file
from niangjia.cases.services import letters
from niangjia.cases.services.letters import OpenLetter, Upload
from niangjia.cases.views.desk.case import (
    DECIDES,
    HANDLES,
    find_case,
    for_a_purpose,
    kept_purpose,
    post_for,
)
from niangjia.core import clock, files, protection, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import find_acting_post


@require_GET
@never_cache
@officer_page(HANDLES)
def letter(request: OfficerRequest, letter: uuid.UUID) -> HttpResponse:
    """How it stands, and what can be written down about it."""
    return show(request, letter)


@require_GET
@never_cache
@officer_page(HANDLES)
@for_a_purpose
def pdf(request: OfficerRequest, letter: uuid.UUID) -> HttpResponseBase:
    """The PDF as it was sent."""
    opened = open_letter(request, letter)
    return files.attachment(letters.open_document(opened.reading.case, opened.standing))


@require_GET
@never_cache
@officer_page(HANDLES)
@for_a_purpose
def file(request: OfficerRequest, file: uuid.UUID) -> HttpResponseBase:
    """A file that came with what became of a letter."""
    with protection.viewing(account=request.user.pk):
        letter_id = letter_of_file(file)
    opened = open_letter(request, letter_id)
    return files.attachment(letters.find_file(opened, file))


@require_POST
@officer_page(HANDLES)
def service(request: OfficerRequest, letter: uuid.UUID) -> HttpResponse:
    """Write down how and when it was handed over."""
    form = ServiceForm(request.POST, request.FILES, prefix="service")
    return record(request, letter, form, letters.serve_letter, "service_form")


@require_POST
@officer_page(HANDLES)
def answer(request: OfficerRequest, letter: uuid.UUID) -> HttpResponse:
    """Write down what was answered."""
    form = AnswerForm(request.POST, request.FILES, prefix="answer")
    return record(request, letter, form, letters.answer_letter, "answer_form")


@require_POST
@officer_page(HANDLES)
def withdrawal(request: OfficerRequest, letter: uuid.UUID) -> HttpResponse:
    """Take it back."""
    form = ReasonForm(request.POST, prefix="withdrawal")
    return record(request, letter, form, letters.withdraw_letter, "withdrawal_form")


def record(
    request: OfficerRequest,
    letter: uuid.UUID,
    form: Form,
    service: Callable[..., Any],
    name: str,
) -> HttpResponse:
    """Do it and come back to the letter; or say beside the field what is wrong."""
    with protection.viewing(account=request.user.pk):
        number = access_letter(letter).letter.case.number
    found = find_case(request, number)

    def do(data: dict[str, Any]) -> None:
        if "papers" in data:
            data["uploads"] = [Upload(each, each.name) for each in data.pop("papers")]
        service(by=most_entitled(request, found), letter_id=letter, now=clock.now(), **data)

    return refusals.act(
        request,
        form,
        do,
        to=reverse("cases:letter", args=[letter]),
        again=lambda: show(request, letter, status=422, **{name: form}),
    )


def most_entitled(request: OfficerRequest, found: Case) -> Post:
    """The post with the most right: a letter that only who decides may send, only they withdraw."""
    deciding = find_acting_post(request.posts, DECIDES, found.handler_path)
    return deciding or post_for(request, found, HANDLES)


def open_letter(request: OfficerRequest, letter_id: uuid.UUID) -> OpenLetter:
    """The letter, its opening recorded. Raises `PurposeNeeded`."""
    return letters.read_letter(
        by=request.user,
        posts=request.posts,
        letter_id=letter_id,
        purpose=lambda number: kept_purpose(request, number),
        now=clock.now(),
    )


@for_a_purpose
def show(
    request: OfficerRequest, /, letter_id: uuid.UUID, *, status: int = 200, **forms: Form
) -> HttpResponse:
    """The page of a letter."""
    opened = open_letter(request, letter_id)
    case = opened.reading.case
    item = document_of(case.snapshot_id)
    present = item.step(case.step) if case.is_open else None
    standing = opened.standing
    is_awaited = present is not None and present.after_letter == standing.letter.template
    return render(
        request,
        "cases/desk/letter.html",
        {
            "case": case,
            "item": item,
            "letter": standing.letter,
            "standing": standing,
            "opened": opened,
            "asks_for_answer": standing.letter.addressed_to != Addressee.APPLICANT,
            "waiting": waiting_in_words(standing, case.next_due_at) if is_awaited else "",
            "service_form": ServiceForm(prefix="service"),
            "answer_form": AnswerForm(prefix="answer"),
            "withdrawal_form": ReasonForm(prefix="withdrawal"),
            **forms,
        },
        status=status,
    )
