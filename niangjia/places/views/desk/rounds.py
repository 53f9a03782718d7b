"""Rounds at the desk: planned, handed over, called off, and how far they are."""

from collections.abc import Callable
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

from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_asked_union
from niangjia.places import services
from niangjia.places.forms.inspecting import CallOffForm, InspectorsForm, RoundForm, WantedForm
from niangjia.places.models import Round
from niangjia.places.selectors import rounds as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.views.desk.picking import picking

TABS: dict[str, Promise] = {
    "": gettext_lazy("Going on"),
    "done": gettext_lazy("Done"),
    "off": gettext_lazy("Called off"),
}


@require_GET
@never_cache
@officer_page(KEEPS)
def desk(request: OfficerRequest) -> HttpResponse:
    """The rounds within reach, by day."""
    current = request.GET.get("tab", "")
    current = current if current in TABS else ""
    found = selectors.list_rounds(request.posts).filter(selectors.in_tab(current))
    page = page_of(found, order=("-date", "-id"), cursor=request.GET.get("cursor"))
    tabs = [
        {"key": key, "label": label, "is_current": key == current} for key, label in TABS.items()
    ]
    return render(request, "places/desk/rounds.html", {"page": page, "tabs": tabs})


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def new(request: OfficerRequest) -> HttpResponse:
    """Which places, then who goes and when; the order is worked out."""
    union = access_asked_union(request.posts, KEEPS, request.GET.get("union"))
    asked = WantedForm(request.GET if request.GET else None)
    candidates = selectors.list_candidates(request.posts, asked.wanted(), clock.now())
    form = RoundForm(union=union, candidates=candidates, initial=first_values(request, candidates))
    if request.method == "POST":
        form = RoundForm(request.POST, union=union, candidates=candidates)
        if form.is_valid():
            with refusals.beside(form):
                made = services.plan_round(
                    by=access_acting_post(request.posts, KEEPS, union.path),
                    union=union,
                    places=form.chosen(),
                    tour=form.tour(),
                    now=clock.now(),
                )
                messages.success(request, _("Planned. Whoever goes has been told."))
                return redirect("places:desk_round", made.pk)
    context = {
        "form": form,
        "asked": asked,
        "union": union,
        "candidates": candidates,
        "rows": form.rows(),
        **picking(union.division, _("Where the way begins"), candidates),
    }
    status = 422 if form.errors else 200
    return render(request, "places/desk/round_form.html", context, status=status)


def first_values(request: OfficerRequest, candidates: list[Any]) -> dict[str, Any]:
    """What a round begins with: today, oneself, and the first dozen."""
    return {
        "date": clock.today(),
        "inspectors": [str(request.user.pk)],
        "places": [each.code for each in candidates[:12]],
        "drives": True,
    }


def round_for(request: OfficerRequest, round_id: str) -> tuple[Round, Post]:
    """A round within reach, and the nearest post to act by. Raises `NotFound`."""
    found = selectors.access_round(request.posts, round_id)
    return found, access_acting_post(request.posts, KEEPS, found.union.path)


@require_GET
@never_cache
@officer_page(KEEPS)
def show(request: OfficerRequest, round_id: str) -> HttpResponse:
    """How far it is, place by place."""
    found, _by = round_for(request, round_id)
    return render_round(request, found)


def render_round(
    request: OfficerRequest, found: Round, wrong: forms.Form | None = None
) -> HttpResponse:
    """The page, also with what was refused."""
    page = selectors.show_round(found)
    going = [str(each.account_id) for each in found.inspectors.all()]
    initial = {"date": found.date, "inspectors": going}
    handing = InspectorsForm(union=found.union, initial=initial)
    labels = dict(handing.fields["inspectors"].choices)  # type: ignore[attr-defined]
    context = {
        "round": found,
        "page": page,
        "going": [labels[each] for each in going if each in labels],
        "handing": wrong if isinstance(wrong, InspectorsForm) else handing,
        "calling_off": wrong if isinstance(wrong, CallOffForm) else CallOffForm(),
        "wrong": wrong,
        "map": {
            "id": "round-map",
            "label": _("Map of the round"),
            "division": page.inspections[0].place.division_id[:6],
            "markers": page.markers,
            "note": "",
        },
    }
    return render(request, "places/desk/round.html", context, status=422 if wrong else 200)


@require_POST
@never_cache
@officer_page(KEEPS)
def hand_over(request: OfficerRequest, round_id: str) -> HttpResponse:
    """Somebody else goes, or on another day."""
    found, by = round_for(request, round_id)
    form = InspectorsForm(request.POST, union=found.union)
    return acted(
        request,
        found,
        form,
        lambda data: services.hand_over_round(
            by=by,
            found=found,
            account_ids=form.account_ids(),
            date=data["date"],
            now=clock.now(),
        ),
        _("Saved. Whoever goes now has been told."),
    )


@require_POST
@never_cache
@officer_page(KEEPS)
def call_off(request: OfficerRequest, round_id: str) -> HttpResponse:
    """Nobody goes on with it."""
    found, by = round_for(request, round_id)
    return acted(
        request,
        found,
        CallOffForm(request.POST),
        lambda data: services.call_off_round(
            by=by, found=found, reason=data["reason"], now=clock.now()
        ),
        _("Called off; what was found stays."),
    )


def acted(
    request: OfficerRequest,
    found: Round,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """One act about a round; what is wrong stands on its page."""
    return refusals.act(
        request,
        form,
        do,
        said=said,
        to=reverse("places:desk_round", args=[found.pk]),
        again=lambda: render_round(request, found, form),
    )
