"""One place: where it stands, and the next step."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.places import services
from niangjia.places.forms.keeping import (
    ChecklistForm,
    ClosingForm,
    KeeperForm,
    PlateForm,
    WordsForm,
)
from niangjia.places.models import Place, State
from niangjia.places.rules import checklists, facilities, supplies
from niangjia.places.selectors import keeping
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.services.opening import may_approve
from niangjia.places.views.desk.access import approver_for, place_for

MOST_STEPS = 30


@require_GET
@never_cache
@officer_page(KEEPS)
def place(request: OfficerRequest, code: str) -> HttpResponse:
    """All of it."""
    found, _by = place_for(request, code)
    return show(request, found)


def show(
    request: OfficerRequest,
    found: Place,
    wrong: forms.Form | None = None,
    link: str = "",
) -> HttpResponse:
    """The page, also with what was refused or a link that was just made."""
    now = clock.now()
    overrides = keeping.list_overrides(found, now)
    context = {
        "place": found,
        "wrong": wrong,
        "link": link,
        "steps": [
            {"step": step, "bad": bad_items(step.answers)}
            for step in found.steps.order_by("-at", "-id")[:MOST_STEPS]
        ],
        "overrides": overrides,
        "days": keeping.preview(found.hours, found.division, overrides, now=now),
        "keepers": list(found.keepers.filter(ended_at=None).order_by("since_at")),
        "today": keeping.find_today(found, now),
        "supplies": [
            {"supply": each, "state": supplies.state_of(each, now.astimezone(clock.CHINA).date())}
            for each in keeping.list_supplies(found)
        ],
        "facilities": facilities.named(found.facilities),
        "may_approve": found.state in {State.APPLIED, State.CHECKED}
        and may_approve(found, approver_for(request, found)),
        "words": WordsForm(),
        "closing": ClosingForm(),
        "keeper_form": KeeperForm(),
        "plate": keeping.find_plate(found),
        "plate_form": PlateForm(),
        "map": map_of(found),
    }
    return render(request, "places/desk/place.html", context, status=422 if wrong else 200)


def bad_items(answers: dict[str, list[str]]) -> list[tuple[object, str]]:
    """What was found bad, with what was said of it."""
    return [
        (checklists.BY_KEY[key].label, words)
        for key, (answer, words) in answers.items()
        if answer == "bad" and key in checklists.BY_KEY
    ]


def map_of(found: Place) -> dict[str, object]:
    """Its point, to be looked at."""
    marker = {"longitude": found.longitude, "latitude": found.latitude, "label": found.name}
    return {
        "id": "place-map",
        "label": _("Map of the place"),
        "division": found.division_id[:6],
        "markers": [{**marker, "number": 1}],
        "note": "",
    }


@require_POST
@officer_page(KEEPS)
def application(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask the union above."""
    return act(
        request,
        code,
        WordsForm(request.POST),
        services.apply_for_place,
        said=_("The union above has been asked."),
    )


def act(
    request: OfficerRequest,
    code: str,
    form: forms.Form,
    service: Callable[..., Any],
    *,
    said: str,
    by: Callable[[OfficerRequest, Place], Post] | None = None,
) -> HttpResponse:
    """What a form of the page says, the service does; then back to the page. `by` says by which
    post, where it is not the nearest."""
    found, nearest = place_for(request, code)
    acting = by(request, found) if by else nearest
    return refusals.act(
        request,
        form,
        lambda data: service(by=acting, place=found, now=clock.now(), **data),
        said=said,
        to=reverse("places:desk_place", args=[code]),
        again=lambda: show(request, found, form),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def check(request: OfficerRequest, code: str) -> HttpResponse:
    """The checklist, filled in on the spot."""
    found, by = place_for(request, code)
    name = getattr(by, "holder", "") or ""
    form = ChecklistForm(
        request.POST if request.method == "POST" else None, place=found, initial={"who": name}
    )
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            checked = services.check_place(
                by=by,
                place=found,
                who=form.cleaned_data["who"],
                answers=form.answers(),
                words=form.words_of_items(),
                now=clock.now(),
            )
            if checked.state == State.CHECKED:
                messages.success(request, _("Checked. The union above can approve it now."))
            else:
                messages.warning(request, _("Kept. Something that is needed is not all right yet."))
            # The device may forget what it kept of the form (static/places/keep_typed.js).
            return redirect(reverse("places:desk_place", args=[code]) + "?taken=check")
    context = {"place": found, "form": form}
    return render(request, "places/desk/check.html", context, status=422 if form.errors else 200)


@require_POST
@officer_page(KEEPS)
def approval(request: OfficerRequest, code: str) -> HttpResponse:
    """Let it open, or send it back with what is to be put right."""
    is_back = "back" in request.POST
    service = services.return_place if is_back else services.approve_place
    return act(
        request,
        code,
        WordsForm(request.POST),
        service,
        said=_("Sent back.") if is_back else _("Approved."),
        by=approver_for,
    )


@require_POST
@officer_page(KEEPS)
def publication(request: OfficerRequest, code: str) -> HttpResponse:
    """Put it on the map."""
    found, by = place_for(request, code)
    with refusals.told(request):
        services.open_place(by=by, place=found, now=clock.now())
        messages.success(request, _("It is on the map."))
    return redirect("places:desk_place", code)


@require_POST
@officer_page(KEEPS)
def closing(request: OfficerRequest, code: str) -> HttpResponse:
    """Close it for good, with the reason."""
    return act(
        request,
        code,
        ClosingForm(request.POST),
        services.close_place,
        said=_("Closed for good; its page says why."),
    )
