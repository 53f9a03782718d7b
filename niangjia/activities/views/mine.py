"""What I signed up for: the list, the ticket, giving it back, taking an offer."""

from collections.abc import Callable, Iterable, Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from niangjia.activities import selectors, services
from niangjia.activities.models import Companion, SignUp
from niangjia.activities.rules import questions
from niangjia.activities.rules.questions import Question
from niangjia.activities.selectors.draws import shown_draw
from niangjia.activities.selectors.matching import find_terms
from niangjia.activities.services.asking import may_change
from niangjia.activities.services.signing_up import may_return
from niangjia.activities.views.showing import tickets
from niangjia.allocation.models import ClaimState, Mode
from niangjia.allocation.selectors import draws_of, gate_of_claim, place_in_line
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in

#: So many that are to come stand above the others.
COMING = 50


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I signed up for: what is to come, the soonest first; below it everything else."""
    account, now, cursor = signed_in(request), clock.now(), request.GET.get("cursor")
    coming = list(selectors.list_coming(account, now)[:COMING])
    others = selectors.list_own(account).exclude(pk__in=[each.pk for each in coming])
    page = page_of(others, order=("-id",), cursor=cursor)
    context = {
        "page": page,
        "coming": [] if cursor else tickets(coming, now),
        "others": tickets(page.items, now),
    }
    return render(request, "activities/portal/mine.html", context)


@never_cache
@login_required
@require_safe
def ticket(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """The card: what, when, where, how things stand, and what comes next."""
    sign_up = selectors.access_own(signed_in(request), sign_up_id)
    now, claim = clock.now(), sign_up.claim
    leads, is_on = sign_up.leads, sign_up.run.ends_at > now
    [(_same, words)] = tickets([sign_up], now)
    attended = sign_up.attendances.exists()
    companions = list(sign_up.companions.all())
    said = list(asked_of(sign_up, companions))
    context = {
        "sign_up": sign_up,
        "claim": claim,
        "activity": sign_up.run.activity,
        "words": words,
        "sessions": list(sign_up.run.sessions.all()),
        "companions": companions,
        "said": said,
        "open_questions": any(q.is_required and not words for _who, q, words in said),
        "may_change": may_change(sign_up, now),
        "has_seat": claim.state == ClaimState.CONFIRMED,
        "waits_for_me": leads and claim.state in (ClaimState.OFFERED, ClaimState.HELD),
        "may_return": leads and claim.is_live and may_return(sign_up, now, came=attended),
        "names_each_other": find_terms(sign_up.run.activity) is not None,
        "attended": attended,
        "now": now,
        "is_on": is_on,
    }
    if sign_up.run.activity.mode == Mode.DRAW:
        context["draw"] = shown_draw(draws_of([claim.pool_id]).get(claim.pool_id))
    if leads and context["has_seat"]:
        context["gate"] = gate_of_claim(claim, now=now)
    if claim.state == ClaimState.WAITING and is_on:
        context["place"] = place_in_line(claim)
        context["last_offer_at"] = sign_up.run.pool and sign_up.run.pool.last_offer_at
    return render(request, "activities/portal/ticket.html", context)


def asked_of(
    sign_up: SignUp, companions: Iterable[Companion]
) -> Iterator[tuple[str, Question, str]]:
    """The activity's own questions with what was answered: of oneself (""), then by companion."""
    asked = questions.read(sign_up.run.activity.questions)
    for question, words in questions.in_words(asked, sign_up.told.get("more", {})):
        yield "", question, words
    for each in companions:
        told = each.told.get("more", {})
        for question, words in questions.in_words(questions.of_each(asked), told):
            yield each.name or "", question, words


@login_required
@require_POST
def give_back(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """Somebody else can come."""
    return act(request, sign_up_id, services.return_seat, _("Given back. Thank you for telling."))


@login_required
@require_POST
def confirm(request: HttpRequest, sign_up_id: str) -> HttpResponse:
    """Take what was offered."""
    return act(request, sign_up_id, services.confirm_seat, _("The seat is yours."))


def act(
    request: HttpRequest, sign_up_id: str, service: Callable[..., SignUp], said: str
) -> HttpResponse:
    """Do something with one's own sign-up, and say what came of it on the ticket."""
    with refusals.told(request):
        service(by=signed_in(request), sign_up_id=sign_up_id, now=clock.now())
        messages.success(request, said)
    return redirect("activities:ticket", sign_up_id)
