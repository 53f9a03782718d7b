"""Moving to another province while a case runs, and the record that goes along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.cases import services
from niangjia.cases.forms.moving_away import MoveForm
from niangjia.cases.selectors import document_of, owner_of_account
from niangjia.cases.services import moving_away
from niangjia.cases.views.desk.case import HANDLES, find_case, for_a_purpose, kept_purpose
from niangjia.core import clock, refusals
from niangjia.core.errors import Conflict
from niangjia.core.files import serving
from niangjia.members.doors import OfficerRequest, officer_page, signed_in
from niangjia.regions.models import Division, Level


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, number: str) -> HttpResponse:
    """Say where to; what becomes of the case stands above the form."""
    owner = owner_of_account(signed_in(request).pk)
    reading = services.read_own_case(owner=owner, number=number)
    provinces = Division.objects.filter(level=Level.PROVINCE).values_list("code", "name")
    form = MoveForm(list(provinces), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            moving_away.tell_move(
                owner=owner, case_id=reading.case.pk, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Your union knows. It goes on with this as promised."))
            return redirect("cases:own_move", number)
    return render(
        request,
        "cases/own/move.html",
        {
            "case": reading.case,
            "item": document_of(reading.case.snapshot_id),
            "form": form,
            "may_go_along": moving_away.may_go_along(reading.timeline),
        },
        status=422 if form.errors else 200,
    )


@login_required
@never_cache
@require_GET
def record(request: HttpRequest, number: str) -> HttpResponse:
    """The record, for whoever asked, to take along."""
    owner = owner_of_account(signed_in(request).pk)
    reading = services.read_own_case(owner=owner, number=number)
    try:
        made = moving_away.record_of(reading, now=clock.now())
    except Conflict as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("cases:own_move", number)
    return serving.pdf(made, f"{number}.pdf")


@require_GET
@never_cache
@officer_page(HANDLES)
@for_a_purpose
def desk_record(request: OfficerRequest, number: str) -> HttpResponse:
    """The record, for an officer who gives it to the union there."""
    found = find_case(request, number)
    try:
        made = moving_away.take_record(
            by=request.user,
            posts=request.posts,
            number=found.number,
            purpose=kept_purpose(request, number),
            now=clock.now(),
        )
    except Conflict as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("cases:case", number)
    return serving.pdf(made, f"{number}.pdf")
