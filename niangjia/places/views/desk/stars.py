"""Stars at the desk: by number, objections to decide, one place."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of, tabs_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.places import services
from niangjia.places.forms.stars import DecisionForm, ObjectionForm, StarsForm
from niangjia.places.models import Place
from niangjia.places.rules import stars as rules
from niangjia.places.selectors import stars as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.services.acting import stands_above
from niangjia.places.views.desk.access import approver_for, place_for
from niangjia.places.views.stars import objected, star_context

COUNTED = 100
NUMBERS = tuple(str(n) for n in range(rules.BEST, rules.WORST - 1, -1))


@require_GET
@never_cache
@officer_page(KEEPS)
def desk(request: OfficerRequest) -> HttpResponse:
    """The stations within reach by their stars, how far this month's rating is, and objections."""
    current = request.GET.get("stars", "")
    current = current if current in (*NUMBERS, "none") else ""
    found = selectors.list_starred(request.posts)
    tabs = {"": found} | {n: found.filter(stars=int(n)) for n in NUMBERS}
    tabs["none"] = found.filter(stars=None)
    context = {
        "page": page_of(tabs[current], order=("-id",), cursor=request.GET.get("cursor")),
        "tabs": tabs_of(tabs, labels={}, current=current, limit=COUNTED),
        "objections": selectors.list_objections(request.posts),
        "run": selectors.find_last_run(),
    }
    return render(request, "places/desk/stars.html", context)


@require_GET
@never_cache
@officer_page(KEEPS)
def place(request: OfficerRequest, code: str) -> HttpResponse:
    """Why, how many before, and what may be done."""
    found, _by = place_for(request, code)
    return show(request, found)


def show(request: OfficerRequest, found: Place, wrong: forms.Form | None = None) -> HttpResponse:
    """The page, also with what was refused."""
    by = approver_for(request, found)
    context = {
        **star_context(found, wrong if isinstance(wrong, ObjectionForm) else ObjectionForm()),
        "may_decide": stands_above(found, by),
        "deciding": wrong if isinstance(wrong, DecisionForm) else DecisionForm(),
        "giving": wrong if isinstance(wrong, StarsForm) else StarsForm(),
        "wrong": wrong,
    }
    return render(request, "places/desk/place_stars.html", context, status=422 if wrong else 200)


@require_POST
@never_cache
@officer_page(KEEPS)
def objection(request: OfficerRequest, code: str) -> HttpResponse:
    """The union of the place objects."""
    found, _by = place_for(request, code)
    form = ObjectionForm(request.POST)
    if objected(request, request.user, found, form):
        return redirect("places:desk_place_stars", code)
    return show(request, found, form)


@require_POST
@never_cache
@officer_page(KEEPS)
def decision(request: OfficerRequest, objection_id: str) -> HttpResponse:
    """The stars stay as they were, or do not."""
    found = selectors.access_objection(request.posts, objection_id)
    about = found.rating.place
    form = DecisionForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.decide_objection(
                by=approver_for(request, about),
                objection=found,
                is_upheld=request.POST.get("verdict") == "upheld",
                answer=form.cleaned_data["answer"],
                now=clock.now(),
            )
            messages.success(request, _("Decided. They are being told."))
            return redirect("places:desk_place_stars", about.code)
    return show(request, about, form)


@require_POST
@never_cache
@officer_page(KEEPS)
def by_hand(request: OfficerRequest, code: str) -> HttpResponse:
    """Other stars than the rules give, with the reason."""
    found, _by = place_for(request, code)
    form = StarsForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.set_stars(
                by=approver_for(request, found),
                place=found,
                stars_given=form.cleaned_data["stars"],
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("Saved; the page of the place says why."))
            return redirect("places:desk_place_stars", code)
    return show(request, found, form)
