"""What somebody has with their union: where each matter stands, what comes next and by when."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases import selectors, services
from niangjia.cases.forms import StepForm, WordsForm
from niangjia.cases.selectors import document_of, owner_of_account
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
    rows = [(case, document_of(case.snapshot_id)) for case in page.items]
    return render(request, "cases/own/mine.html", {"page": page, "rows": rows})


@login_required
@never_cache
@require_GET
def own_case(request: HttpRequest, number: str) -> HttpResponse:
    """One of them."""
    return show(request, number)


@login_required
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Take the step that is one's own."""
    form = StepForm(request.POST)
    return act(
        request,
        number,
        form,
        _("Thank you. Your union goes on."),
        lambda case, data: services.answer_step(
            owner=owner_of(request), case_id=case.pk, now=clock.now(), **data
        ),
        "step_form",
    )


@login_required
@require_POST
def message(request: HttpRequest, number: str) -> HttpResponse:
    """Add something."""
    form = WordsForm(request.POST)
    return act(
        request,
        number,
        form,
        _("Your message has arrived."),
        lambda case, data: services.write_message(
            owner=owner_of(request), case_id=case.pk, words=data["words"], now=clock.now()
        ),
        "words_form",
    )


@login_required
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once whether it is meant, then take it back."""
    owner = owner_of(request)
    with protection.viewing(receipt=owner):
        case = selectors.access_own_case(owner, number)
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


def act(
    request: HttpRequest, number: str, form: Any, done: str, service: Any, name: str
) -> HttpResponse:
    """Check what was typed, do it, and come back; or say beside the field what is wrong."""
    owner = owner_of(request)
    with protection.viewing(receipt=owner):
        case = selectors.access_own_case(owner, number)
    if form.is_valid():
        try:
            service(case, form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect("cases:own_case", number)
    return show(request, number, status=422, **{name: form})


def show(request: HttpRequest, number: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one's own case."""
    reading = services.read_own_case(owner=owner_of(request), number=number)
    item = document_of(reading.case.snapshot_id)
    return render(
        request,
        "cases/own/case.html",
        {
            "reading": reading,
            "case": reading.case,
            "item": item,
            "present": item.step(reading.case.step),
            "words_form": WordsForm(),
            **forms,
        },
        status=status,
    )
