"""Coming on duty, handing over, taking over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, ids, protection, refusals
from niangjia.hotline import services
from niangjia.hotline.forms.shifts import HandOverForm
from niangjia.hotline.models import Line
from niangjia.hotline.selectors.shifts import (
    access_shift,
    find_own_shift,
    list_hand_overs,
    list_on_duty,
    list_to_acknowledge,
)
from niangjia.hotline.services.shifts import left_over, words_of
from niangjia.hotline.views.desk.access import ANSWERS, line_for, lines_for, post_for
from niangjia.members.doors import OfficerRequest, officer_page


@require_GET
@never_cache
@officer_page(ANSWERS)
def shifts(request: OfficerRequest) -> HttpResponse:
    """Who is on duty, what was handed over, and one's own shift."""
    return show(request, line_for(request, lines_for(request)))


@require_POST
@officer_page(ANSWERS)
def beginning(request: OfficerRequest) -> HttpResponse:
    """Come on duty."""
    line = line_for(request, lines_for(request))
    with refusals.told(request):
        services.begin_shift(by=post_for(request, line), line=line, now=clock.now())
        messages.success(request, _("You are on duty."))
        return back_to("hotline:desk", line)
    return back_to("hotline:shifts", line)


@require_POST
@officer_page(ANSWERS)
def ending(request: OfficerRequest) -> HttpResponse:
    """Go off duty and hand over."""
    line = line_for(request, lines_for(request))
    shift, post = find_own_shift(request.user), post_for(request, line)
    if shift is None or shift.line_id != line.pk:
        return back_to("hotline:shifts", line)
    with protection.viewing(account=request.user.pk):
        form = HandOverForm(left_over(post, line), request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.end_shift(
                by=post,
                shift_id=shift.pk,
                note=form.cleaned_data["note"],
                words=form.words(),
                now=clock.now(),
            )
            messages.success(request, _("Handed over. Thank you, and have a good rest."))
            return back_to("hotline:shifts", line)
    return show(request, line, form=form, status=422)


@require_POST
@officer_page(ANSWERS)
def acknowledgement(request: OfficerRequest, shift_id: str) -> HttpResponse:
    """Take over what a colleague left."""
    shift = access_shift(request.posts, ids.parse_uuid(shift_id))
    line = shift.line
    with refusals.told(request):
        services.acknowledge_shift(by=post_for(request, line), shift_id=shift.pk, now=clock.now())
        messages.success(request, _("You have taken it over."))
    return back_to("hotline:shifts", line)


def back_to(name: str, line: Line) -> HttpResponse:
    """A page of the desk, for this line."""
    return redirect(f"{reverse(name)}?line={line.number}")


def show(
    request: OfficerRequest, line: Line, *, form: HandOverForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of shifts."""
    own = find_own_shift(request.user)
    handed = list(list_to_acknowledge(line, request.user)[:20])
    context: dict[str, Any] = {"line": line, "shift": own, "on_duty": list_on_duty(line)}
    with protection.viewing(account=request.user.pk):
        rows = list(list_hand_overs(handed, request.posts, account=request.user))
        if own and own.line_id == line.pk and form is None:
            form = HandOverForm(left_over(post_for(request, line), line))
    context["handed"] = [
        (shift, [(row, words_of(row)) for row in rows if row.shift_id == shift.pk])
        for shift in handed
    ]
    return render(request, "hotline/desk/shifts.html", {**context, "form": form}, status=status)
