"""One activity at the desk: its runs and sessions, and whatever may happen to them."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.activities import services
from niangjia.activities.forms.planning import (
    ClosingForm,
    MeetingForm,
    MessageForm,
    MoreRunForm,
    ReasonForm,
    RunForm,
    SeatsForm,
    SessionForm,
    SessionsForm,
)
from niangjia.activities.models import OPEN, Activity, Run, Session, State
from niangjia.activities.rules import questions
from niangjia.activities.selectors.co_organisers import list_of_activity
from niangjia.activities.selectors.planning import list_runs
from niangjia.activities.selectors.progress import list_underway
from niangjia.activities.views.desk.access import RUNS, activity_for, run_for, session_for
from niangjia.activities.views.desk.charts import chart_of_seats
from niangjia.allocation.models import Draw, Mode
from niangjia.allocation.selectors import draws_of
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.places.selectors.naming import list_names


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
    runs = list_runs(found)
    values = {
        "activity": found,
        "together": list_of_activity(found).filter(state__in=OPEN),
        "runs": rows_of(found, runs, form),
        "chart": chart_of_seats(runs),
        "underway": list_underway(found),
        "asked": questions.read(found.questions),
        "is_draft": found.state == State.DRAFT,
        "is_on": found.state == State.PUBLISHED and bool(found.ends_at and found.ends_at > now),
        "now": now,
        "forms": forms_for(None, form),
        "wrong": form,
        **context,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "activities/desk/activity.html", values, status=status)


def rows_of(
    found: Activity, runs: list[Run], wrong: forms.Form | None
) -> list[tuple[Run, Draw | None, dict[str, forms.Form]]]:
    """Each run with the draw that counts for its seats, where they are given by lot, and its
    forms."""
    by_lot = found.mode == Mode.DRAW and found.state != State.DRAFT
    draws = draws_of(run.pool_id for run in runs if run.pool_id) if by_lot else {}
    return [
        (run, draws.get(run.pool_id) if run.pool_id else None, forms_for(run, wrong))
        for run in runs
    ]


def form_for(
    made: type[forms.Form], run: Run | None, request: OfficerRequest | None = None
) -> forms.Form:
    """A form about a run, or about all of it; each of a page has ids of its own."""
    place = run.position if run else "all"
    return made(request.POST if request else None, auto_id=f"{made.__name__}-{place}-%s".lower())


def forms_for(run: Run | None, wrong: forms.Form | None) -> dict[str, forms.Form]:
    """The forms about a run, or about all of it; the one that needs another look as it was sent."""
    fresh = {
        "message": form_for(MessageForm, run),
        "seats": form_for(SeatsForm, run),
        "reason": form_for(ReasonForm, run),
        "closing": form_for(ClosingForm, run),
    }
    return {
        name: wrong if wrong is not None and wrong.auto_id == form.auto_id else form
        for name, form in fresh.items()
    }


def act(
    request: OfficerRequest,
    found: Activity,
    form: forms.Form,
    service: Callable[[dict[str, Any]], Any],
    said: Promise,
) -> HttpResponse:
    """Do what a valid form says, or show the page again with what is wrong."""
    to = reverse("activities:plan", args=[found.number])
    again = partial(shown, request, found, form)
    return refusals.act(request, form, service, to=to, said=said, again=again)


@require_POST
@officer_page(RUNS)
def cancellation(request: OfficerRequest, number: str) -> HttpResponse:
    """Call all of it off."""
    found, by = activity_for(request, number)

    def call_off(data: dict[str, Any]) -> None:
        services.cancel_activity(by=by, activity=found, reason=data["reason"], now=clock.now())

    return act(request, found, form_for(ReasonForm, None, request), call_off, TOLD)


#: What is said when people are being told.
TOLD = gettext_lazy("Called off. Everybody who signed up is being told.")


@require_POST
@officer_page(RUNS)
def run_cancellation(request: OfficerRequest, run_id: str) -> HttpResponse:
    """Call one run off."""
    run, by = run_for(request, run_id)

    def call_off(data: dict[str, Any]) -> None:
        services.cancel_run(by=by, run=run, reason=data["reason"], now=clock.now())

    return act(request, run.activity, form_for(ReasonForm, run, request), call_off, TOLD)


@require_POST
@officer_page(RUNS)
def message(request: OfficerRequest, run_id: str) -> HttpResponse:
    """A word to everybody of a run."""
    run, by = run_for(request, run_id)

    def send(data: dict[str, Any]) -> None:
        services.send_message(by=by, run=run, words=data["words"], now=clock.now())

    said = gettext_lazy("Everybody is being told.")
    return act(request, run.activity, form_for(MessageForm, run, request), send, said)


@require_POST
@officer_page(RUNS)
def seats(request: OfficerRequest, run_id: str) -> HttpResponse:
    """More seats of a run, or fewer."""
    run, by = run_for(request, run_id)

    def add(data: dict[str, Any]) -> None:
        services.add_seats(by=by, run=run, count=data["count"], now=clock.now())

    said = gettext_lazy("Changed. Whoever waits first has them first.")
    return act(request, run.activity, form_for(SeatsForm, run, request), add, said)


@require_POST
@officer_page(RUNS)
def sign_up_end(request: OfficerRequest, run_id: str) -> HttpResponse:
    """Nobody signs up for a run any more."""
    run, by = run_for(request, run_id)
    with refusals.told(request):
        services.close_sign_up(by=by, run=run, now=clock.now())
        messages.success(request, _("Sign-up is closed. Whoever waits keeps their place."))
    return redirect("activities:plan", run.activity.number)


@require_POST
@officer_page(RUNS)
def sign_up_longer(request: OfficerRequest, run_id: str) -> HttpResponse:
    """One can sign up for a run for longer."""
    run, by = run_for(request, run_id)

    def prolong(data: dict[str, Any]) -> None:
        services.prolong_sign_up(by=by, run=run, closes_at=data["closes_at"], now=clock.now())

    said = gettext_lazy("One can sign up for longer now.")
    return act(request, run.activity, form_for(ClosingForm, run, request), prolong, said)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def session(request: OfficerRequest, session_id: str) -> HttpResponse:
    """Another time or place."""
    held, by = session_for(request, session_id)
    is_sent = request.method == "POST"
    form = MeetingForm(request.POST) if is_sent else MeetingForm.of(held)
    is_public = held.run.activity.state == State.PUBLISHED

    def move(now: dt.datetime) -> None:
        services.move_session(by=by, session=held, meeting=form.meeting(held.name), now=now)

    said = _("Moved. Everybody who signed up is being told.") if is_public else _("Saved.")
    words = (_("Another time or place"), said)
    return meeting_page(request, held.run.activity, form, move, words, **about(held))


def about(held: Session, off: forms.Form | None = None) -> dict[str, Any]:
    """What the page of a session needs to call it off: where others take place as well."""
    if held.run.activity.state != State.PUBLISHED:
        return {}
    return {"tells": True, "session": held, "off": off or ReasonForm(auto_id="off-%s")}


@require_POST
@never_cache
@officer_page(RUNS)
def session_cancellation(request: OfficerRequest, session_id: str) -> HttpResponse:
    """Call one date off."""
    held, by = session_for(request, session_id)
    off = ReasonForm(request.POST, auto_id="off-%s")

    def call_off(data: dict[str, Any]) -> None:
        services.cancel_session(by=by, session=held, reason=data["reason"], now=clock.now())

    to = reverse("activities:plan", args=[held.run.activity.number])
    shown_again = (held.run.activity, MeetingForm.of(held), _("Another time or place"))
    again = partial(meeting_shown, request, *shown_again, **about(held, off))
    return refusals.act(request, off, call_off, to=to, said=TOLD, again=again)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def session_addition(request: OfficerRequest, run_id: str) -> HttpResponse:
    """Another session of a run."""
    run, by = run_for(request, run_id)
    last = run.sessions.filter(cancelled_at=None).order_by("starts_at", "id").last()
    if request.method == "POST":
        form = SessionForm(request.POST)
    else:
        form = SessionForm.after(last) if last else SessionForm()

    def add(now: dt.datetime) -> None:
        meeting = form.meeting(form.cleaned_data["name"])
        services.add_session(by=by, run=run, meeting=meeting, now=now)

    is_public = run.activity.state == State.PUBLISHED
    said = _("Added. Everybody who signed up is being told.") if is_public else _("Added.")
    words = (_("Another session"), said)
    hint = _("Whoever has a seat has one at this date as well, and everybody is told.")
    return meeting_page(request, run.activity, form, add, words, hint=hint if is_public else "")


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def sessions(request: OfficerRequest, run_id: str) -> HttpResponse:
    """Several dates at once: other days, another time, another place."""
    run, by = run_for(request, run_id)
    now = clock.now()
    coming = list(run.sessions.filter(cancelled_at=None, ends_at__gt=now))
    form = SessionsForm(coming, request.POST if request.method == "POST" else None)

    def move(now: dt.datetime) -> None:
        ids = [uuid.UUID(key) for key in form.cleaned_data["sessions"]]
        services.move_sessions(by=by, run=run, session_ids=ids, shift=form.shift(), now=now)

    is_public = run.activity.state == State.PUBLISHED
    said = _("Moved. Everybody who signed up is being told.") if is_public else _("Saved.")
    words = (_("Change several dates"), said)
    return meeting_page(request, run.activity, form, move, words, tells=is_public)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(RUNS)
def addition(request: OfficerRequest, number: str) -> HttpResponse:
    """Another run, with seats of its own."""
    found, by = activity_for(request, number)
    is_public = found.state == State.PUBLISHED
    made = MoreRunForm if is_public else RunForm
    form = made(request.POST if request.method == "POST" else None)

    def add(now: dt.datetime) -> None:
        names = ("seats", "name", "closes_at") if is_public else ("seats", "name")
        named = {name: form.cleaned_data[name] for name in names}
        services.add_run(by=by, activity=found, meeting=form.meeting(), now=now, **named)

    said = _("Added: people can sign up for it.") if is_public else _("Added.")
    words = (_("Another run with seats of its own"), said)
    hint = _("It is on the page at once. Whoever waits for a seat elsewhere is told.")
    return meeting_page(request, found, form, add, words, hint=hint if is_public else "")


def meeting_page(
    request: OfficerRequest,
    activity: Activity,
    form: forms.Form,
    service: Callable[[dt.datetime], None],
    words: tuple[str, str],
    **context: Any,
) -> HttpResponse:
    """A form about a time and a place: do it, or show what is wrong. `words` are the heading, and
    what is said afterwards."""
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            service(clock.now())
            messages.success(request, words[1])
            return redirect("activities:plan", activity.number)
    return meeting_shown(request, activity, form, words[0], **context)


def meeting_shown(
    request: OfficerRequest, activity: Activity, form: forms.Form, heading: str, **context: Any
) -> HttpResponse:
    values = {"activity": activity, "form": form, "heading": heading, **context}
    values["venues"] = list_names(activity.union)
    off = context.get("off")
    status = 422 if form.errors or (off and off.errors) else 200
    return render(request, "activities/desk/meeting.html", values, status=status)


@require_POST
@officer_page(RUNS)
def removal(request: OfficerRequest, session_id: str) -> HttpResponse:
    """Take a session out of a draft."""
    held, by = session_for(request, session_id)
    with refusals.told(request):
        services.remove_session(by=by, session=held)
        messages.success(request, _("Taken out."))
    return redirect("activities:plan", held.run.activity.number)
