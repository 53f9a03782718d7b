"""A case of many people, for officers: who takes part, who stands, entering and taking out."""

import uuid
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.cases.forms.groups import ListForm, NominationForm, RemovalForm, VoicesForm
from niangjia.cases.models import Case
from niangjia.cases.selectors import document_of
from niangjia.cases.services import groups
from niangjia.cases.views.desk.case import (
    HANDLES,
    find_case,
    for_a_purpose,
    kept_purpose,
    post_for,
)
from niangjia.core import clock, ids, refusals
from niangjia.core.errors import DomainError, NotFound
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import find_acting_post

Service = Callable[[Post, Case, dict[str, Any]], Any]


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(HANDLES)
def group(request: OfficerRequest, number: str) -> HttpResponse:
    """Who takes part, with a code to pass on; POST makes it a group."""
    if request.method == "GET":
        return show(request, number)
    return act(
        request,
        find_case(request, number),
        Form(request.POST),
        lambda post, case, data: groups.open_group(by=post, case_id=case.pk, now=clock.now()),
    )


@require_POST
@never_cache
@officer_page(HANDLES)
def entry(request: OfficerRequest, number: str) -> HttpResponse:
    """Enter people from a list; their receipts are shown once, to be printed and handed out."""
    found = find_case(request, number)
    form = ListForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals.beside(form) as tried:
            entered = groups.enter_members(
                by=post_for(request, found, HANDLES),
                case_id=found.pk,
                rows=form.cleaned_data["rows"],
                now=clock.now(),
            )
            return render(
                request, "cases/desk/group_receipts.html", {"case": found, "entered": entered}
            )
        name_rows(form, tried.refusal)
    return show(request, number, list_form=form)


def name_rows(form: ListForm, refusal: DomainError | None) -> None:
    """Say of each row that is wrong what it is: the rows of a list are no fields of the form."""
    for row, problem in (refusal.fields if refusal else {}).items():
        if row.isdecimal():
            said = _("Row %(row)s: %(problem)s") % {"row": row, "problem": problem}
            form.add_error(None, said)


@require_POST
@officer_page(HANDLES)
def removal(request: OfficerRequest, number: str) -> HttpResponse:
    """Take somebody out."""
    return act(
        request,
        find_case(request, number),
        RemovalForm(request.POST),
        lambda post, case, data: groups.remove_member(
            by=post, member_id=data["member"], reason=data["reason"], now=clock.now()
        ),
    )


@require_POST
@officer_page(HANDLES)
def nomination(request: OfficerRequest, number: str) -> HttpResponse:
    """Note whom the group thought of."""
    return act(
        request,
        find_case(request, number),
        NominationForm(request.POST),
        lambda post, case, data: groups.nominate(
            by=post, case_id=case.pk, member_id=data["member"], now=clock.now()
        ),
    )


@require_POST
@officer_page(HANDLES)
def voices(request: OfficerRequest, number: str) -> HttpResponse:
    """Write down who has signed for somebody."""
    found = find_case(request, number)
    return act(
        request,
        found,
        VoicesForm(request.POST.getlist("members"), request.POST),
        lambda post, case, data: groups.record_voices(
            by=post,
            case_id=case.pk,
            representative_id=data["representative"],
            members=[parse_member(key) for key in data["members"]],
            now=clock.now(),
        ),
    )


def parse_member(key: str) -> uuid.UUID:
    """The id of a member. Raises `NotFound`."""
    found = ids.parse_uuid(key)
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def act(request: OfficerRequest, found: Case, form: Form, service: Service) -> HttpResponse:
    """Do it and come back, or say what is wrong."""
    return refusals.act(
        request,
        form,
        lambda data: service(post_for(request, found, HANDLES), found, data),
        to=reverse("cases:desk_group", args=[found.number]),
        again=lambda: show(request, found.number, refused=form),
    )


@for_a_purpose
def show(
    request: OfficerRequest,
    number: str,
    *,
    list_form: ListForm | None = None,
    refused: Form | None = None,
) -> HttpResponse:
    """The page. Whoever has to state a purpose does so on the case's own page first."""
    reading = groups.read_group(
        by=request.user,
        posts=request.posts,
        number=number,
        purpose=kept_purpose(request, number),
        now=clock.now(),
    )
    found = reading.case
    wrong = bool(refused or (list_form and list_form.errors))
    acting = find_acting_post(request.posts, HANDLES, found.handler_path)
    return render(
        request,
        "cases/desk/group.html",
        {
            "reading": reading,
            "case": found,
            "item": document_of(found.snapshot_id),
            "list_form": list_form or ListForm(),
            "refused": refused,
            "may_act": acting is not None and found.is_open,
        },
        status=422 if wrong else 200,
    )
