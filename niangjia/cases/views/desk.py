"""The officers' work on cases."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases import selectors, services
from niangjia.cases.forms import PauseForm, PurposeForm, ReasonForm, StepForm, WordsForm
from niangjia.cases.models import Case
from niangjia.cases.selectors import document_of
from niangjia.core import clock, protection
from niangjia.core.errors import DomainError
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, add_refusal, officer_page
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import find_acting_post, holding

HANDLES = Action.HANDLE_CASES


@require_GET
@never_cache
@officer_page(HANDLES)
def queue(request: OfficerRequest) -> HttpResponse:
    """Open cases within reach, the most urgent first."""
    now = clock.now()
    chosen = selectors.QueueFilter(
        mine="mine" in request.GET,
        unassigned="unassigned" in request.GET,
        raised="raised" in request.GET,
        late="late" in request.GET,
        urgent="urgent" in request.GET,
        item=request.GET.get("item", ""),
    )
    with protection.viewing(account=request.user.pk):
        cases = selectors.list_queue(request.posts, account=request.user, chosen=chosen, now=now)
        page = page_of(cases, order=selectors.QUEUE_ORDER, cursor=request.GET.get("cursor"))
        count = selectors.count_queue(cases)
    rows = [(case, document_of(case.snapshot_id)) for case in page.items]
    return render(
        request,
        "cases/desk/queue.html",
        {"page": page, "rows": rows, "count": count, "chosen": chosen, "now": now},
    )


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(HANDLES)
def case(request: OfficerRequest, number: str) -> HttpResponse:
    """One case. Whoever does not handle it says why they open it first (POST)."""
    form = PurposeForm(request.POST if request.method == "POST" else None)
    purpose = form.stated() if request.method == "POST" and form.is_valid() else ""
    if request.method == "GET" or purpose:
        try:
            return show(request, number, purpose=purpose)
        except DomainError as refusal:
            if refusal.code != "purpose-needed":
                raise
    return render(
        request,
        "cases/desk/purpose.html",
        {"number": number, "form": form},
        status=200 if request.method == "GET" else 422,
    )


@require_POST
@officer_page(HANDLES)
def step(request: OfficerRequest, number: str) -> HttpResponse:
    """End the present step."""
    return act(
        request,
        number,
        StepForm(request.POST),
        lambda post, found, data: services.take_step(
            by=post, case_id=found.pk, now=clock.now(), **data
        ),
        "step_form",
    )


@require_POST
@officer_page(HANDLES)
def note(request: OfficerRequest, number: str) -> HttpResponse:
    """Keep a note, or write to the applicant."""
    return act(
        request,
        number,
        WordsForm(request.POST),
        lambda post, found, data: services.write_note(
            by=post, case_id=found.pk, now=clock.now(), **data
        ),
        "words_form",
    )


@require_POST
@officer_page(HANDLES)
def pause(request: OfficerRequest, number: str) -> HttpResponse:
    """Let the clock stand still."""
    return act(
        request,
        number,
        PauseForm(request.POST),
        lambda post, found, data: services.pause_case(
            by=post, case_id=found.pk, now=clock.now(), **data
        ),
        "pause_form",
    )


@require_POST
@officer_page(HANDLES)
def resumption(request: OfficerRequest, number: str) -> HttpResponse:
    """Let it go on."""
    return act(
        request,
        number,
        Form(request.POST),
        lambda post, found, data: services.resume_case(by=post, case_id=found.pk, now=clock.now()),
        "pause_form",
    )


@require_POST
@officer_page(HANDLES)
def extension(request: OfficerRequest, number: str) -> HttpResponse:
    """Make the term longer."""
    return act(
        request,
        number,
        ReasonForm(request.POST),
        lambda post, found, data: services.extend_case(
            by=post, case_id=found.pk, now=clock.now(), **data
        ),
        "extension_form",
    )


def act(
    request: OfficerRequest,
    number: str,
    form: Form,
    service: Callable[[Post, Case, dict[str, Any]], Any],
    name: str,
) -> HttpResponse:
    """Find the case and the post to act by, do it and come back; or say beside the field what is
    wrong, with everything that was typed."""
    with protection.viewing(account=request.user.pk):
        found = selectors.access_case(request.posts, number, account=request.user)
    post = find_acting_post(request.posts, HANDLES, found.handler_path)
    if form.is_valid():
        try:
            service(post or holding(request.posts, HANDLES)[0], found, form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Done."))
            return redirect("cases:case", number)
    return show(request, number, status=422, forms={name: form})


def show(
    request: OfficerRequest,
    number: str,
    *,
    purpose: str = "",
    status: int = 200,
    forms: Mapping[str, Form] | None = None,
) -> HttpResponse:
    """The page of a case. Opening it is recorded in `services.read_case`."""
    now = clock.now()
    reading = services.read_case(
        by=request.user, posts=request.posts, number=number, purpose=purpose, now=now
    )
    item = document_of(reading.case.snapshot_id)
    return render(
        request,
        "cases/desk/case.html",
        {
            "reading": reading,
            "case": reading.case,
            "item": item,
            "present": item.step(reading.case.step),
            "may_act": bool(find_acting_post(request.posts, HANDLES, reading.case.handler_path)),
            "step_form": StepForm(initial={"step": reading.case.step}),
            "words_form": WordsForm(),
            "pause_form": PauseForm(),
            "extension_form": ReasonForm(),
            "now": now,
            **(forms or {}),
        },
        status=status,
    )
