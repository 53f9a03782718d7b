"""Naming others after one met: taking part, choosing, and whom one found."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.activities.forms.matching import JoinForm, NumberForm, ReportForm
from niangjia.activities.selectors.matching import Side, access_side
from niangjia.activities.services import matching as services
from niangjia.core import clock, refusals
from niangjia.members.doors import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def matching(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """My number, whom I named, whom I found; or what it is, and taking part."""
    side = access_side(signed_in(request), sign_up_id, now=clock.now())
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(request, sign_up_id, form, services.join_matching):
        messages.success(request, str(_("You take part. Your number is on this page.")))
        return redirect("activities:matching", sign_up_id)
    return shown(request, side, join=form)


def done(
    request: HttpRequest, sign_up_id: str, form: forms.Form, service: Callable[..., Any]
) -> bool:
    """Whether what a form says was done; if not, the form says why."""
    if not form.is_valid():
        return False
    with refusals.beside(form):
        service(by=signed_in(request), sign_up_id=sign_up_id, now=clock.now(), **form.cleaned_data)
        return True
    return False


def shown(request: HttpRequest, side: Side, **filled: forms.Form) -> HttpResponse:
    """The page, with a form that needs another look."""
    wrong = next((form for form in filled.values() if form.errors), None)
    context = {
        "side": side,
        "sign_up": side.sign_up,
        "activity": side.sign_up.run.activity,
        "forms": {"join": JoinForm(), "choice": NumberForm(), "block": NumberForm()}
        | {"report": ReportForm()}
        | filled,
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "activities/portal/matching.html", context, status=status)


SERVICES: dict[str, Callable[..., Any]] = {
    "choice": services.choose,
    "choice_removal": services.unchoose,
    "block": services.block,
    "report": services.report,
    "departure": services.leave_matching,
}


def act(
    request: HttpRequest, sign_up_id: str, name: str, form: forms.Form, said: Promise
) -> HttpResponse:
    """Do what a form says; show the page again with what is wrong."""
    if done(request, sign_up_id, form, SERVICES[name]):
        messages.success(request, str(said))
        return redirect("activities:matching", sign_up_id)
    side = access_side(signed_in(request), sign_up_id, now=clock.now())
    return shown(request, side, **{name: form})


@login_required
@require_POST
def matching_choice(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """Name somebody."""
    said = _("Kept. Only if they name you as well will either of you learn of it.")
    return act(request, sign_up_id, "choice", NumberForm(request.POST), said)


@login_required
@require_POST
def matching_choice_removal(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """Take it back."""
    return act(request, sign_up_id, "choice_removal", NumberForm(request.POST), _("Taken back."))


@login_required
@require_POST
def matching_block(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """Nothing to do with somebody."""
    said = _("Kept. Nothing will come of it, and they are not told.")
    return act(request, sign_up_id, "block", NumberForm(request.POST), said)


@login_required
@require_POST
def matching_report(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """Tell the union what happened."""
    said = _("The union has it. A person looks at it, and you get a notice.")
    return act(request, sign_up_id, "report", ReportForm(request.POST), said)


@login_required
@require_POST
def matching_departure(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """No longer."""
    said = _("You take part no longer. What you said here is erased.")
    return act(request, sign_up_id, "departure", forms.Form(request.POST), said)
