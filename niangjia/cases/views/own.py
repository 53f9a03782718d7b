"""What somebody has with their union: where each matter stands, what comes next and by when."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases import selectors, services
from niangjia.cases.forms import OwnWordsForm, StepForm
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.models import Case
from niangjia.cases.rules.content import Item, Step
from niangjia.cases.rules.wording import RESULTS
from niangjia.cases.selectors import document_of, owner_of_account
from niangjia.cases.selectors.groups import list_memberships
from niangjia.cases.selectors.rectification import asked_again
from niangjia.cases.services.shelves import OwnShelf
from niangjia.cases.views.left_over import left_over
from niangjia.cases.views.standing import (
    ASKED,
    SAID,
    message_questions,
    standing,
    taken_in,
    turn_questions,
)
from niangjia.cases.views.taking_in import upload
from niangjia.core import clock, protection, refusals
from niangjia.core.errors import Text
from niangjia.core.files import attachment
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in


class Row(NamedTuple):
    """One of them in the list. `again`: it was put right, and waits to be rated once more."""

    case: Case
    item: Item
    step: Step | None
    result: Text
    is_late: bool
    again: bool


def owner_of(request: HttpRequest) -> bytes:
    """By what the asker's cases are found."""
    return owner_of_account(signed_in(request).pk)


@login_required
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first, and what is begun and not sent."""
    owner = owner_of(request)
    with protection.viewing(receipt=owner):
        page = page_of(
            selectors.list_own_cases(owner),
            order=selectors.NEWEST,
            cursor=request.GET.get("cursor"),
        )
    documents = [document_of(case.snapshot_id) for case in page.items]
    now = clock.now()
    again = asked_again(page.items, now)
    rows = [
        Row(
            case,
            item,
            item.step(case.step),
            RESULTS.get(case.result, ""),
            case.is_late(now),
            case.pk in again,
        )
        for case, item in zip(page.items, documents, strict=True)
    ]
    drafts = [
        (draft, document_of(draft.snapshot_id))
        for draft in services.list_drafts(owner=owner)
        if draft.snapshot_id
    ]
    return render(
        request,
        "cases/own/mine.html",
        {
            "page": page,
            "rows": rows,
            "drafts": drafts,
            "parts": parts_of(owner),
            "now": now,
        },
    )


def parts_of(owner: bytes) -> list[tuple[Case, Item]]:
    """The cases of others that the asker takes part in."""
    cases = [part.case for part in list_memberships(owner)]
    return [
        (case, document_of(case.snapshot_id)) for case in cases if bytes(case.owner_digest) != owner
    ]


@login_required
@never_cache
@require_GET
def own_case(request: HttpRequest, number: str) -> HttpResponse:
    """One of them."""
    return show(request, number)


@login_required
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Take the step that is one's own, with the answers to its questions and the files for it."""
    owner = owner_of(request)
    reading = services.read_own_case(owner=owner, number=number)
    questions = turn_questions(reading, request.POST.get("step", ""))
    asked = taken_in(request, reading, owner, questions, ASKED)
    return act(
        request,
        reading.case,
        StepForm(request.POST, auto_id="id_own_%s"),
        asked,
        _("Thank you. Your union goes on."),
        lambda data: services.answer_step(
            owner=owner,
            case_id=reading.case.pk,
            answers=asked.answers(),
            files=asked.handed_in(),
            now=clock.now(),
            **data,
        ),
        ("step_form", "questions_form"),
    )


@login_required
@require_POST
def message(request: HttpRequest, number: str) -> HttpResponse:
    """Add something: words, files, or both."""
    owner = owner_of(request)
    reading = services.read_own_case(owner=owner, number=number)
    asked = taken_in(request, reading, owner, message_questions(reading), SAID)
    return act(
        request,
        reading.case,
        OwnWordsForm(request.POST),
        asked,
        _("Your message has arrived."),
        lambda data: services.write_message(
            owner=owner,
            case_id=reading.case.pk,
            words=data["words"],
            files=asked.handed_in(),
            now=clock.now(),
        ),
        ("words_form", "files_form"),
    )


@login_required
@require_POST
def file_arrival(request: HttpRequest, number: str) -> HttpResponse:
    """Keep one file that a script sends."""
    owner = owner_of(request)
    reading = services.read_own_case(owner=owner, number=number)
    return upload(request, turn_questions(reading), OwnShelf(owner, reading.case.pk))


@login_required
@require_GET
def file(request: HttpRequest, file_id: uuid.UUID) -> StreamingHttpResponse:
    """One file of one's own cases."""
    return attachment(services.read_own_file(owner=owner_of(request), file_id=str(file_id)))


@login_required
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once whether it is meant, then take it back."""
    owner, case = owner_of(request), find_case(request, number)
    if request.method == "GET":
        return render(
            request,
            "cases/own/withdrawal.html",
            {"case": case, "item": document_of(case.snapshot_id)},
        )
    with refusals.told(request):
        services.withdraw_case(owner=owner, case_id=case.pk, now=clock.now())
        messages.success(request, _("It is taken back."))
    return redirect("cases:own_case", number)


def find_case(request: HttpRequest, number: str) -> Case:
    """One's own case. Raises `NotFound`."""
    owner = owner_of(request)
    with protection.viewing(receipt=owner):
        return selectors.access_own_case(owner, number)


def act(
    request: HttpRequest,
    found: Case,
    form: Form,
    asked: QuestionsForm,
    done: str,
    service: Callable[[dict[str, Any]], Any],
    names: tuple[str, str],
) -> HttpResponse:
    """Check what was typed, do it, and come back; or say beside the field what is wrong."""
    if again := asked.reshaped():
        return show(request, found.number, forms=dict(zip(names, (form, again), strict=True)))
    # Each is checked, so that everything that is wrong is said at once.
    if all([form.is_valid(), asked.is_valid()]):
        with refusals.beside(form, asked):
            service(form.cleaned_data)
            messages.success(request, done)
            return redirect("cases:own_case", found.number)
    forms = dict(zip(names, (form, asked), strict=True))
    return show(request, found.number, status=422, forms=forms)


def show(
    request: HttpRequest,
    number: str,
    *,
    status: int = 200,
    forms: Mapping[str, Form] | None = None,
) -> HttpResponse:
    """The page of one's own case."""
    reading = services.read_own_case(owner=owner_of(request), number=number)
    shown = {
        **standing(reading, signed_in(request).pk),
        "reading": reading,
        "step_form": StepForm(initial={"step": reading.case.step}, auto_id="id_own_%s"),
        "words_form": OwnWordsForm(),
    }
    sent = forms or {}
    return render(
        request,
        "cases/own/case.html",
        {**shown, **sent, **left_over(shown, sent, is_at_hand=shown["is_my_turn"])},
        status=status,
    )
