"""A round on a phone: where to go next, what to look at there, done."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from niangjia.core import clock, refusals
from niangjia.core.files import attachment, pictures
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places import services
from niangjia.places.forms.inspecting import InspectionForm
from niangjia.places.models import Inspection, Problem
from niangjia.places.selectors import problems, rounds
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.selectors.problems import Shown
from niangjia.places.services import inspecting, photographing


@never_cache
@officer_page(KEEPS)
@require_GET
def own(request: OfficerRequest) -> HttpResponse:
    """What was handed to whoever asks; the only one at once."""
    found = rounds.list_own_rounds(request.user, request.posts)
    if len(found) == 1:
        return redirect("places:inspecting_round", found[0].pk)
    return render(request, "places/inspecting/list.html", {"rounds": found})


@never_cache
@officer_page(KEEPS)
@require_GET
def show_round(request: OfficerRequest, round_id: str) -> HttpResponse:
    """Where to go next, and the rest of the way."""
    found = rounds.access_round(request.posts, round_id)
    page = rounds.show_round(found)
    context = {"round": found, "page": page, "routes": page.next and rounds.way_to(page.next)}
    return render(request, "places/inspecting/round.html", context)


@never_cache
@officer_page(KEEPS)
@require_http_methods(["GET", "POST"])
def inspect(request: OfficerRequest, inspection_id: str) -> HttpResponse:
    """The checklist of one place. Whatever is sent is kept first, then it is seen whether all of it
    is there: a photo that came is never asked for again."""
    found = rounds.access_inspection(request.posts, inspection_id)
    if found.done_at is not None or found.round.called_off_at is not None:
        return show_done(request, found)
    items = inspecting.items_of(found)
    form = InspectionForm.of(found, items, request.GET.get("plate", ""))
    if request.method == "POST":
        form = InspectionForm(request.POST, request.FILES, items=items)
        if keep(request, found, form) and "done" not in request.POST:
            messages.success(
                request, _("Kept. You can go on with it later, also on another phone.")
            )
            return redirect("places:inspecting_round", found.round_id)
        if form.is_valid() and finish(request, found, form):
            # The device may forget what it kept of the form (static/places/keep_typed.js).
            there = reverse("places:inspecting_round", args=[found.round_id])
            return redirect(f"{there}?taken=round-{found.pk}")
        found.refresh_from_db()
        form.forget_refused_plate()
    context = {
        "inspection": found,
        "place": found.place,
        "form": form,
        "has_plate": found.place.plates.filter(withdrawn_at=None).exists(),
        "rows": form.with_photos(photos_by_item(found)),
    }
    status = 422 if form.errors else 200
    return render(request, "places/inspecting/place.html", context, status=status)


def keep(request: OfficerRequest, found: Inspection, form: InspectionForm) -> bool:
    """Keep what was sent, photos first. Whether all of it could be kept."""
    form.is_valid()
    by = access_acting_post(request.posts, KEEPS, found.round.union.path)
    for item, sent in form.photos():
        field = f"{item}_photo"
        with refusals.beside(form, photo=field):
            clean = pictures.examined(sent, name=sent.name, field="photo")
            photographing.add_to_inspection(
                inspection=found, item=item, clean=clean, now=clock.now()
            )
    with refusals.beside(form, plate="no_plate_reason"):
        services.note_findings(by=by, inspection=found, notes=form.notes(), now=clock.now())
    return not form.errors


def finish(request: OfficerRequest, found: Inspection, form: InspectionForm) -> bool:
    """Whether the service took it; otherwise the form says why not."""
    by = access_acting_post(request.posts, KEEPS, found.round.union.path)
    with refusals.beside(form):
        services.finish_inspection(by=by, inspection=found, notes=form.notes(), now=clock.now())
        messages.success(request, _("Done. Whoever has to mend something has been told."))
        return True
    return False


def photos_by_item(found: Inspection) -> dict[str, list[str]]:
    """Where the photos that were kept are, by item. One query."""
    by_item: dict[str, list[str]] = {}
    for photo in found.photos.order_by("id"):
        url = reverse("places:desk_site_photo", args=[photo.pk])
        by_item.setdefault(photo.item, []).append(url)
    return by_item


def show_done(request: OfficerRequest, found: Inspection) -> HttpResponse:
    """What was found, to be read."""
    opened = Problem.objects.filter(inspection=found).select_related("place").order_by("id")
    context = {
        "inspection": found,
        "place": found.place,
        "problems": [Shown(each, clock.now()) for each in opened.prefetch_related("steps")],
    }
    return render(request, "places/inspecting/done.html", context)


@require_safe
@officer_page(KEEPS)
def photo(request: OfficerRequest, photo_id: str) -> StreamingHttpResponse:
    """A photo of a round or of a problem."""
    return attachment(photographing.open_photo(problems.access_photo(request.posts, photo_id)))
