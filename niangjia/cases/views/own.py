"""What somebody has with their union: where each matter stands, what comes next and by when."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases import selectors, services
from niangjia.cases.forms import StepForm, WordsForm
from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.models import Case
from niangjia.cases.rules.wording import RESULTS
from niangjia.cases.selectors import document_of, owner_of_account
from niangjia.cases.views.standing import questions_for, standing
from niangjia.core import clock, protection
from niangjia.core.errors import DomainError
from niangjia.core.pagination import page_of
from niangjia.members.doors import add_refusal, signed_in


def owner_of(request: HttpRequest) -> bytes:
    """By what the asker's cases are found."""
    return owner_of_account(signed_in(request).pk)


@login_required
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    owner = owner_of(request)
    with protection.viewing(receipt=owner):
        page = page_of(
            selectors.list_own_cases(owner),
            order=selectors.NEWEST,
            cursor=request.GET.get("cursor"),
        )
    documents = [document_of(case.snapshot_id) for case in page.items]
    rows = [
        (case, item, item.step(case.step), RESULTS.get(case.result, ""))
        for case, item in zip(page.items, documents, strict=True)
    ]
    return render(request, "cases/own/mine.html", {"page": page, "rows": rows, "now": clock.now()})


@login_required
@never_cache
@require_GET
def own_case(request: HttpRequest, number: str) -> HttpResponse:
    """One of them."""
    return show(request, number)


@login_required
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Take the step that is one's own, with the answers to its questions."""
    found = find_case(request, number)
    present = document_of(found.snapshot_id).step(request.POST.get("step", ""))
    questions = questions_for(present, request.POST)
    return act(
        request,
        found,
        StepForm(request.POST),
        _("Thank you. Your union goes on."),
        lambda data: services.answer_step(
            owner=owner_of(request),
            case_id=found.pk,
            answers=questions.answers() if questions else None,
            now=clock.now(),
            **data,
        ),
        "step_form",
        questions=questions,
    )


@login_required
@require_POST
def message(request: HttpRequest, number: str) -> HttpResponse:
    """Add something."""
    found = find_case(request, number)
    return act(
        request,
        found,
        WordsForm(request.POST),
        _("Your message has arrived."),
        lambda data: services.write_message(
            owner=owner_of(request), case_id=found.pk, words=data["words"], now=clock.now()
        ),
        "words_form",
    )


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
    try:
        services.withdraw_case(owner=owner, case_id=case.pk, now=clock.now())
    except DomainError as refusal:
        messages.warning(request, str(refusal.message))
    else:
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
    done: str,
    service: Callable[[dict[str, Any]], Any],
    name: str,
    *,
    questions: QuestionsForm | None = None,
) -> HttpResponse:
    """Check what was typed, do it, and come back; or say beside the field what is wrong."""
    # Each is checked, so that everything that is wrong is said at once.
    if all([form.is_valid(), questions is None or questions.is_valid()]):
        try:
            service(form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect("cases:own_case", found.number)
    forms = {name: form, **({"questions_form": questions} if questions else {})}
    return show(request, found.number, status=422, **forms)


def show(request: HttpRequest, number: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one's own case."""
    reading = services.read_own_case(owner=owner_of(request), number=number)
    return render(
        request,
        "cases/own/case.html",
        {
            **standing(reading, signed_in(request).pk),
            "step_form": StepForm(initial={"step": reading.case.step}, auto_id="id_own_%s"),
            "words_form": WordsForm(),
            **forms,
        },
        status=status,
    )
