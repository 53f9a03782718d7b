"""The page of one activity, and signing up for it."""

import datetime as dt
import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.activities import selectors, services
from niangjia.activities.forms.signing_up import SignUpForm
from niangjia.activities.models import Activity, Answer, Run, SignUp
from niangjia.activities.rules import seats
from niangjia.activities.selectors.co_organisers import SEES
from niangjia.activities.selectors.matching import find_terms
from niangjia.activities.selectors.showing import (
    ActivityPage,
    page_of,
    published_number,
    read_activity_facts,
    refuse_hidden,
)
from niangjia.allocation.rules import words
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors.pools import pool_standing
from niangjia.core import clock, idempotency, refusals
from niangjia.core.edge.kept import kept_this_minute, kept_while_true
from niangjia.core.errors import NotFound
from niangjia.members.doors import signed_in, visitor_or_account
from niangjia.members.models import Account


@require_safe
@kept_while_true
def activity(request: HttpRequest, number: str) -> HttpResponse:
    """What, when, where, for whom, how many seats; and whoever has signed up sees that first."""
    now = clock.now()
    shown, main = drawn(read_activity_facts(number), now)
    account = visitor_or_account(request)
    refuse_hidden(shown, account)
    context: dict[str, Any] = {"shown": shown, "activity": shown.activity, "main": main}
    if account is not None:
        context["mine"] = tickets(selectors.find_live(account, shown.activity), now)
    return render(request, "activities/portal/activity.html", context)


@require_safe
def run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Where the seats of a run lead back to: the page of its activity, which decides who sees it.
    A draft's number is nobody's business."""
    number = published_number(run_id)
    if number is None:
        raise NotFound(_("There is no such page"))
    return redirect("activities:activity", number)


@kept_this_minute
def drawn(facts: str, now: dt.datetime) -> tuple[ActivityPage, SafeString]:
    """The activity, and all of the page that is about it: the same for everybody."""
    shown = page_of(facts, now=now)
    return shown, render_to_string("activities/portal/activity_main.html", main_context(shown))


def main_context(shown: ActivityPage) -> dict[str, Any]:
    """What the main part of the page needs, at the portal and in the officer's preview."""
    context: dict[str, Any] = {"shown": shown, "activity": shown.activity}
    session = shown.first
    if session.longitude is not None:
        marker = {
            "longitude": session.longitude,
            "latitude": session.latitude,
            "label": session.place,
            "number": "●",
        }
        context["map"] = {
            "id": "activity-map",
            "label": session.place,
            "division": shown.activity.division_id or "",
            "markers": [marker],
            "note": "",
        }
    return context


def tickets(sign_ups: list[SignUp], now: dt.datetime) -> list[tuple[SignUp, seats.Words]]:
    """Sign-ups with what their tickets say."""
    return [
        (
            each,
            seats.ticket_words(
                each.claim.state,
                each.run.pool.mode,
                is_over=each.run.ends_at <= now,
                is_dropped=bool(each.team and each.team.is_dropped),
                is_late=each.claim.changed_at >= each.run.ends_at,
            ),
        )
        for each in sign_ups
        if each.run.pool
    ]


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest, number: str) -> HttpResponse:
    """The form, with what this activity asks and nothing else; or why it is not for this person."""
    idempotency.keeps_its_key(request)
    account, now = signed_in(request), clock.now()
    found = access_published(number, account)
    coming = found.runs.filter(cancelled_at=None, ends_at__gt=now)
    runs = list(coming.select_related("pool").order_by("position"))
    verdict = verdict_of(runs, account, now)
    if found.takes_teams and len(selectors.find_live(account, found)) >= len(runs):
        verdict = Verdict.HAS_SHARE
    if verdict != Verdict.GRANTED:
        return not_for_you(request, found, verdict)
    initial = {"name": account.person.name if account.person else ""}
    form = SignUpForm(found, runs, request.POST or None, initial)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            made = services.sign_up(
                by=account,
                run_id=uuid.UUID(form.run_id),
                answers=form.answers(),
                team=form.team(),
                key=request.POST.get("idempotency_key") or None,
                now=now,
            )
            return redirect("activities:ticket", made.pk)
    return render(
        request,
        "activities/portal/sign_up.html",
        {"activity": found, "form": form, "runs": runs, "seen_also": seen_also(found)}
        | {"names_each_other": find_terms(found) is not None},
        status=422 if form.errors else 200,
    )


def seen_also(found: Activity) -> str:
    """The other unions whose officers see who comes, to be said before anybody signs up."""
    sees = found.co_organisers.filter(state=Answer.ACCEPTED, part__in=SEES)
    return _(", ").join(sees.values_list("union__name", flat=True))


def not_for_you(request: HttpRequest, found: Activity, verdict: Verdict) -> HttpResponse:
    """Why somebody cannot sign up, what helps, and what they have already."""
    account = signed_in(request)
    context = {
        "activity": found,
        "words": words.WORDS[verdict],
        "helps_joining": verdict in words.JOINING,
        "helps_naming": verdict in words.NAMING,
        "mine": tickets(selectors.find_live(account, found), clock.now()),
    }
    return render(request, "activities/portal/not_for_you.html", context)


def access_published(number: str, account: Account) -> Activity:
    """An activity that this person may see. Raises `NotFound`."""
    found = Activity.objects.select_related("union", "seen_by").filter(number=number).first()
    if found is None or not selectors.may_see(found, account):
        raise NotFound(_("There is no such page"))
    return found


def verdict_of(runs: list[Run], account: Account, now: dt.datetime) -> Verdict:
    """Whether this person can sign up for any of the runs, or why not for the last of them."""
    verdict = Verdict.CANCELLED
    for run in runs:
        if run.pool is not None:
            verdict = pool_standing(run.pool, account, now=now).verdict
        if verdict == Verdict.GRANTED:
            break
    return verdict
