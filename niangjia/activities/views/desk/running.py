"""One activity at the desk: its runs and sessions, and whatever may happen to them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.activities import services
from niangjia.activities.forms.planning import (
    MeetingForm,
    MessageForm,
    ReasonForm,
    RunForm,
    SeatsForm,
    SessionForm,
)
from niangjia.activities.models import OPEN, Activity, Run, State
from niangjia.activities.selectors.co_organisers import list_of_activity
from niangjia.activities.selectors.planning import list_runs
from niangjia.activities.selectors.progress import list_underway
from niangjia.activities.views.desk.access import RUNS, activity_for, run_for, session_for
from niangjia.allocation.models import Draw, Mode
from niangjia.allocation.selectors import draws_of
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page


@require_GET
@never_cache
@officer_page(RUNS)
def plan(request: OfficerRequest, number: str) -> HttpResponse:
    """How it stands: runs, sessions, seats, and what can be done."""
    found, _by = activity_for(request, number)
    return shown(request, found)


def shown(
    request: OfficerRequest, found: Activity, form: forms.Form | None = None, **context: Any
) -> HttpResponse:
    """The page of one activity, with a form that needs another look."""
    now = clock.now()
    values = {
        "activity": found,
        "together": list_of_activity(found).filter(state__in=OPEN),
        "runs": with_draws(found, list_runs(found)),
        "underway": list_underway(found),
        "is_draft": found.state == State.DRAFT,
        "is_on": found.state == State.PUBLISHED and bool(found.ends_at and found.ends_at > now),
        "now": now,
        "forms": {"reason": ReasonForm(), "message": MessageForm(), "seats": SeatsForm()},
        "wrong": form,
        **context,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "activities/desk/activity.html", values, status=status)


def with_draws(found: Activity, runs: list[Run]) -> list[tuple[Run, Draw | None]]:
    """Each run with the draw that counts for its seats, where they are given by lot."""
    if found.mode != Mode.DRAW or found.state == State.DRAFT:
        return [(run, None) for run in runs]
    draws = draws_of(run.pool_id for run in runs if run.pool_id)
    return [(run, draws.get(run.pool_id) if run.pool_id else None) for run in runs]


def act(
    request: OfficerRequest,
    found: Activity,
    form: forms.Form,
    service: Callable[[dict[str, Any]], Any],
    said: Promise,
) -> HttpResponse:
    """Do what a valid form says, or show it again with what is wrong."""
    if form.is_valid():
        with refusals.beside(form):
            service(form.cleaned_data)
            messages.success(request, str(said))
            return redirect("activities:plan", found.number)
    return shown(request, found, form)


@require_POST
@officer_page(RUNS)
def cancellation(request: OfficerRequest, number: str) -> HttpResponse:
    """Call all of it off."""
    found, by = activity_for(request, number)

    def call_off(data: dict[str, Any]) -> None:
        services.cancel_activity(by=by, activity=found, reason=data["reason"], now=clock.now())

    return act(request, found, ReasonForm(request.POST), call_off, TOLD)


#: What is said when people are being told.
TOLD = gettext_lazy("Called off. Everybody who signed up is being told.")


@require_POST
@officer_page(RUNS)
def run_cancellation(request: OfficerRequest, run_id: str) -> HttpResponse:
    """Call one run off."""
    run, by = run_for(request, run_id)

    def call_off(data: dict[str, Any]) -> None:
        services.cancel_run(by=by, run=run, reason=data["reason"], now=clock.now())

    return act(request, run.activity, ReasonForm(request.POST), call_off, TOLD)


@require_POST
@officer_page(RUNS)
def message(request: OfficerRequest, run_id: str) -> HttpResponse:
    """A word to everybody of a run."""
    run, by = run_for(request, run_id)

    def send(data: dict[str, Any]) -> None:
        services.send_message(by=by, run=run, words=data["words"], now=clock.now())

    said = gettext_lazy("Everybody is being told.")
    return act(request, run.activity, MessageForm(request.POST), send, said)


@require_POST
@officer_page(RUNS)
def seats(request: OfficerRequest, run_id: str) -> HttpResponse:
    """More seats of a run, or fewer."""
    run, by = run_for(request, run_id)

    def add(data: dict[str, Any]) -> None:
        services.add_seats(by=by, run=run, count=data["count"], now=clock.now())

    said = gettext_lazy("Changed. Whoever waits first has them first.")
    return act(request, run.activity, SeatsForm(request.POST), add, said)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def session(request: OfficerRequest, session_id: str) -> HttpResponse:
    """Another time or place."""
    held, by = session_for(request, session_id)
    activity = held.run.activity
    is_sent = request.method == "POST"
    form = MeetingForm(request.POST) if is_sent else MeetingForm.of(held)
    is_public = activity.state == State.PUBLISHED

    def move(now: dt.datetime) -> None:
        services.move_session(by=by, session=held, meeting=form.meeting(held.name), now=now)

    said = _("Moved. Everybody who signed up is being told.") if is_public else _("Saved.")
    heading = _("Another time or place")
    return meeting_page(request, activity, form, move, (heading, said), tells=is_public)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def session_addition(request: OfficerRequest, run_id: str) -> HttpResponse:
    """Another session of a run."""
    run, by = run_for(request, run_id)
    form = SessionForm(request.POST if request.method == "POST" else None)

    def add(now: dt.datetime) -> None:
        meeting = form.meeting(form.cleaned_data["name"])
        services.add_session(by=by, run=run, meeting=meeting, now=now)

    words = (_("Another session"), _("Added."))
    return meeting_page(request, run.activity, form, add, words)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def addition(request: OfficerRequest, number: str) -> HttpResponse:
    """Another run, with seats of its own."""
    found, by = activity_for(request, number)
    form = RunForm(request.POST if request.method == "POST" else None)

    def add(now: dt.datetime) -> None:
        named = {name: form.cleaned_data[name] for name in ("seats", "name")}
        services.add_run(by=by, activity=found, meeting=form.meeting(), now=now, **named)

    words = (_("Another run with seats of its own"), _("Added."))
    return meeting_page(request, found, form, add, words)


def meeting_page(
    request: OfficerRequest,
    activity: Activity,
    form: forms.Form,
    service: Callable[[dt.datetime], None],
    words: tuple[str, str],
    *,
    tells: bool = False,
) -> HttpResponse:
    """A form about a time and a place: do it, or show what is wrong. `words` are the heading, and
    what is said afterwards."""
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            service(clock.now())
            messages.success(request, words[1])
            return redirect("activities:plan", activity.number)
    context = {"activity": activity, "form": form, "heading": words[0], "tells": tells}
    status = 422 if form.errors else 200
    return render(request, "activities/desk/meeting.html", context, status=status)


@require_POST
@officer_page(RUNS)
def removal(request: OfficerRequest, session_id: str) -> HttpResponse:
    """Take a session out of a draft."""
    held, by = session_for(request, session_id)
    with refusals.told(request):
        services.remove_session(by=by, session=held)
        messages.success(request, _("Taken out."))
    return redirect("activities:plan", held.run.activity.number)
