"""Signs of manipulation, for the unions above to judge."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.feedback import selectors, services
from niangjia.feedback.forms.desk import JudgementForm
from niangjia.feedback.models import Signal
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action


@require_GET
@officer_page(Action.RECTIFY)
def signals(request: OfficerRequest) -> HttpResponse:
    """What looks odd at the unions below, the newest first."""
    return show(request)


@require_POST
@officer_page(Action.RECTIFY)
def judgement(request: OfficerRequest, signal_id: str) -> HttpResponse:
    """Say what it was. The ratings stay as they are."""
    found = selectors.access_signal(request.posts, signal_id)
    form = JudgementForm(request.POST, auto_id=ids_of(found))
    if form.is_valid():
        with refusals.beside(form):
            services.judge_signal(
                by=request.user,
                signal=found,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Written down."))
            return redirect("feedback:signals")
    return show(request, wrong=(str(found.pk), form))


def ids_of(signal: Signal) -> str:
    """How the ids of its form are made: many stand on one page."""
    return f"{signal.pk}_%s"


def show(request: OfficerRequest, wrong: tuple[str, JudgementForm] | None = None) -> HttpResponse:
    """The list."""
    judged = request.GET.get("judged") == "on"
    found = selectors.list_signals(request.posts, judged=judged)
    page = page_of(found, order=("-id",), cursor=request.GET.get("cursor"))
    rows = [
        (
            signal,
            wrong[1]
            if wrong and wrong[0] == str(signal.pk)
            else JudgementForm(auto_id=ids_of(signal)),
        )
        for signal in page.items
    ]
    context = {"page": page, "rows": rows, "judged": judged, "form": wrong and wrong[1]}
    return render(request, "feedback/desk/signals.html", context, status=422 if wrong else 200)
