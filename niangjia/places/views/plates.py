"""Where a scanned plate leads: "I am here", and what one can say from there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from niangjia.core import clock, refusals
from niangjia.members.doors import visitor_or_account
from niangjia.places import services
from niangjia.places.forms import reporting
from niangjia.places.forms.arriving import ArrivalForm
from niangjia.places.models import Place, Plate, State
from niangjia.places.rules import visits as rules
from niangjia.places.selectors import places, rounds
from niangjia.places.selectors import visits as selectors
from niangjia.places.selectors.keepers import answers_for
from niangjia.places.views import result_list


@require_safe
@never_cache
def plate(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The plate in force lets one check in, or leads whoever is there on a round to their
    checklist; a dead one says so and where it belonged. The browser is given a name already, so
    that a tap sent twice is one."""
    place = places.access_public(code)
    found = place.plates.filter(key=key).first()
    if found is None or found.withdrawn_at is not None:
        context = {"place": place, "plate": found}
        return render(request, "places/portal/dead_plate.html", context, status=410)
    if place.state == State.CLOSED:
        return redirect("places:place", code)
    account = visitor_or_account(request)
    waiting = account and rounds.find_waiting(account, place, clock.today())
    if waiting:
        return redirect(f"{reverse('places:inspect', args=[waiting.pk])}?plate={found.key}")
    response = show(request, place, found, ArrivalForm())
    reporting.remember_device(request, response)
    return response


def show(
    request: HttpRequest,
    place: Place,
    plate: Plate,
    form: ArrivalForm,
    *,
    metres: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, also with what was refused, or how far away the phone says it is."""
    now = clock.now()
    visit = selectors.find_own_visit(place, reporting.speaker_of(request), now=now)
    context = {
        "place": place,
        "plate": plate,
        "form": form,
        "visit": visit,
        "is_there": selectors.is_there(visit, now=now),
        "crowd": result_list.crowd(selectors.find_crowd(place, now=now)),
        "stay_hours": int(rules.stay(place.kind).total_seconds() // 3600),
        "metres": metres,
        "kilometres": f"{metres / 1000:.1f}" if metres is not None else "",
    }
    return render(request, "places/portal/plate.html", context, status=status)


@require_POST
@never_cache
def arrival(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """ "I am here". A plate that is dead by now says so as its page does."""
    place = places.access_public(code)
    found = place.plates.filter(key=key, withdrawn_at=None).first()
    if found is None:
        return redirect("places:plate", code, key)
    form = ArrivalForm(request.POST)
    refused = refusals.beside(form)
    if form.is_valid():
        with refused:
            came = services.arrive(
                plate=found,
                visitor=reporting.speaker_of(request),
                by_keeper=answers_for(visitor_or_account(request), place),
                near=form.cleaned_data["near"],
                now=clock.now(),
            )
            if came.visit is None:
                return show(request, place, found, form, metres=came.metres, status=409)
            response = redirect("places:plate", code, key)
            reporting.remember_device(request, response)
            return response
    return show(request, place, found, form, status=refused.status)


@require_POST
@never_cache
def departure(request: HttpRequest, code: str) -> HttpResponse:
    """ "I am leaving". Twice is once."""
    place = places.access_public(code)
    services.leave(place=place, visitor=reporting.speaker_of(request), now=clock.now())
    messages.success(request, _("See you again. You are no longer counted."))
    back = reverse("places:place", args=[code])
    return redirect(back)
