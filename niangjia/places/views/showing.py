"""The page of one place, and the taps that say what is true of it."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from niangjia.core import clock
from niangjia.core.errors import DomainError, NotFound, Text
from niangjia.core.files import PHOTOS, accept_attribute
from niangjia.members.doors import visitor_or_account
from niangjia.organisations.models import WorkerKind
from niangjia.places import services
from niangjia.places.forms import reporting
from niangjia.places.forms.requests import AskingForm
from niangjia.places.models import Access, Language, Place, Said
from niangjia.places.rules import truth
from niangjia.places.selectors.hours_ahead import stretches_of
from niangjia.places.selectors.keepers import answers_for
from niangjia.places.selectors.places import access_public
from niangjia.places.selectors.showing import PlacePage, show_place
from niangjia.places.services.photos import examined_of
from niangjia.places.views import result_list


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """All there is to know before going there. Raises `NotFound`."""
    return show(request, access_public(code))


def show(
    request: HttpRequest,
    found: Place,
    *,
    asking: forms.Form | None = None,
    problem: Text = "",
    status: int = 200,
) -> HttpResponse:
    """The page, also with what was refused."""
    more = {"problem": problem, "asking": asking or AskingForm(place=found)}
    return render(request, "places/portal/place.html", context_of(found) | more, status=status)


def context_of(found: Place) -> dict[str, Any]:
    shown = show_place(found, now=clock.now())
    return {
        "page": shown,
        "place": found,
        "now": shown.now,
        "photo_kinds": accept_attribute(PHOTOS),
        "map": map_of(found, shown),
        "state": result_list.state(shown, now=shown.now) + result_list.crowd(shown.crowd),
        "welcome": labels(WorkerKind, found.welcome),
        "access": labels(Access, found.accessibility),
        "languages": labels(Language, found.languages),
    }


def labels(choices: type[TextChoices], values: list[str]) -> list[str]:
    """The names of these values; none twice."""
    return [str(choices(value).label) for value in choices.values if value in values]


def map_of(found: Place, shown: PlacePage) -> dict[str, Any]:
    """Where it is."""
    marker = {
        "longitude": found.longitude,
        "latitude": found.latitude,
        "label": result_list.marker_label(found, shown),
        "number": "1",
        "url": "#main",
    }
    return {
        "id": "place-map",
        "label": _("Where it is"),
        "division": found.division_id,
        "markers": [marker],
        "note": "",
    }


@require_POST
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Say how one found it. No account needed. Raises `NotFound`."""
    found = access_public(code)
    word, speaker = reporting.read(request.POST), reporting.speaker_of(request)
    sent, now = request.FILES.get("photo"), clock.now()
    try:
        services.report_place(
            place=found,
            said=word.said,
            facility=word.facility,
            speaker=speaker,
            by_keeper=answers_for(visitor_or_account(request), found),
            photo=examined_of(speaker, sent, name=sent.name or "", now=now) if sent else None,
            now=now,
        )
    except NotFound:
        raise
    except DomainError as refusal:
        return show(request, found, problem=refusal.message, status=refusal.status)
    messages.success(request, thanks(word.said, found, now))
    if sent:
        messages.success(request, _("Your photo is shown once its keeper has looked at it."))
    response = redirect("places:place", found.code)
    reporting.remember_device(request, response)
    return response


def thanks(said: str, place: Place, now: dt.datetime) -> str:
    """What happens now."""
    if truth.is_as_meant(said, stretches_of(place, now=now), now):
        return _("Thank you. It is meant to be shut now; its hours stand on this page.")
    if said == Said.OPEN:
        return _("Thank you. Whoever looks next sees that it was open.")
    return _("Thank you. Whoever looks next sees it, and whoever keeps the place has been told.")
