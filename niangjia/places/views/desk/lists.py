"""The places within reach, and a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of, tabs_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import access_asked_union
from niangjia.places import services
from niangjia.places.forms.listing import ListingForm
from niangjia.places.models import Place, State
from niangjia.places.rules.points import System
from niangjia.places.selectors import desk as selectors
from niangjia.places.selectors.desk import KEEPS, Neighbour
from niangjia.places.views.desk.access import place_for
from niangjia.places.views.desk.picking import picking

TABS: dict[str, Promise] = {
    "": State.PUBLISHED.label,
    "wait": gettext_lazy("Waiting for you"),
    "progress": gettext_lazy("On the way"),
    "closed": State.CLOSED.label,
}
COUNTED = 100


@require_GET
@never_cache
@officer_page(KEEPS)
def desk(request: OfficerRequest) -> HttpResponse:
    """The newest first, by where they stand; by words in whatever tab."""
    current = request.GET.get("tab", "")
    current = current if current in TABS else ""
    words = request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = selectors.list_places_within(request.posts)
    found = found.filter(selectors.matching(words)) if words else found
    tabs = {key: found.filter(selectors.in_tab(key, request.posts)) for key in TABS}
    page = page_of(tabs[current], order=("-id",), cursor=request.GET.get("cursor"))
    context = {
        "page": page,
        "words": words,
        "current": current,
        "tabs": tabs_of(tabs, labels=TABS, current=current, limit=COUNTED),
    }
    return render(request, "places/desk/list.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def new(request: OfficerRequest) -> HttpResponse:
    """A place that is not there yet. Whatever lies near it under another name is shown first, and a
    person says whether it is the same."""
    unions = [post.union for post in holding(request.posts, KEEPS)]
    number = request.POST.get("union") or request.GET.get("union")
    union = access_asked_union(request.posts, KEEPS, number)
    form = ListingForm(
        ListingForm.mended(request.POST) if request.method == "POST" else None,
        union=union,
        # A point that a siting proposed.
        initial={"point": request.GET["point"], "system": System.WGS84}
        if "point" in request.GET
        else None,
    )
    near: list[Neighbour] = []
    if request.method == "POST" and form.is_valid():
        near = neighbours(form)
        if form.is_valid():
            with refusals.beside(form) as tried:
                made = services.draft_place(
                    by=access_acting_post(request.posts, KEEPS, union.path),
                    union=union,
                    listing=form.listing(),
                    now=clock.now(),
                    knows_neighbours=form.cleaned_data["knows_neighbours"],
                    knows_point=form.cleaned_data["knows_point"],
                )
                messages.success(request, _("Written down. Ask the union above when it is ready."))
                return redirect("places:desk_place", made.code)
            form.propose(tried.refusal)
    context = {"form": form, "union": union, "unions": unions, "near": near}
    context |= picking(union.division, _("Where the place is"))
    return render(request, "places/desk/form.html", context, status=422 if form.errors else 200)


def neighbours(form: ListingForm, place: Place | None = None) -> list[Neighbour]:
    """What lies near a new place, or where `place` moves to. Unless somebody has said that it is
    none of these, the form asks."""
    listing = form.listing()
    if place is not None and not listing.is_elsewhere(place):
        return []
    near = selectors.list_neighbours(listing, but=place)
    if near and not form.cleaned_data["knows_neighbours"]:
        form.add_error("knows_neighbours", _("Look at these first: is it one of them?"))
    return near


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def change(request: OfficerRequest, code: str) -> HttpResponse:
    """The listing anew; what is on the map changes at once."""
    place, by = place_for(request, code)
    form, near = ListingForm.of(place), list[Neighbour]()
    if request.method == "POST":
        form = ListingForm(ListingForm.mended(request.POST), union=place.union, place=place)
        near = neighbours(form, place) if form.is_valid() else []
        if form.is_valid():
            with refusals.beside(form) as tried:
                services.change_place(
                    by=by,
                    place=place,
                    listing=form.listing(),
                    now=clock.now(),
                    knows_neighbours=form.cleaned_data["knows_neighbours"],
                    knows_point=form.cleaned_data["knows_point"],
                )
                messages.success(request, _("Saved."))
                return redirect("places:desk_place", code)
            form.propose(tried.refusal)
    context = {"form": form, "union": place.union, "place": place, "near": near}
    context |= picking(place.division, _("Where the place is"))
    return render(request, "places/desk/form.html", context, status=422 if form.errors else 200)
