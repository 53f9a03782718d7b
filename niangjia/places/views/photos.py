"""Photos of a place: for everybody, and where its keeper and its officers put them up."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.core import clock, refusals
from niangjia.core.files import attachment, pictures
from niangjia.core.files.fields import PictureForm
from niangjia.members.doors import OfficerRequest, officer_page, signed_in
from niangjia.members.models import Account
from niangjia.places.forms.photos import PhotoChangeForm
from niangjia.places.models import Place, PlacePhoto
from niangjia.places.selectors import keeping
from niangjia.places.selectors import photos as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.services import photos as services
from niangjia.places.views.desk.access import place_for

#: A browser shows a photo again without asking for so long; one that is deleted is gone by then.
SHOWN_AGAIN = "private, max-age=3600"


def picture(found: PlacePhoto, *, small: bool) -> StreamingHttpResponse:
    """One of its two files."""
    return attachment(pictures.opened(found, small=small))


@require_safe
def photo(request: HttpRequest, photo_id: str) -> StreamingHttpResponse:
    """A whole photo."""
    return public(photo_id, small=False)


@require_safe
def small_photo(request: HttpRequest, photo_id: str) -> StreamingHttpResponse:
    """A small one."""
    return public(photo_id, small=True)


def public(photo_id: str, *, small: bool) -> StreamingHttpResponse:
    """A photo that everybody may see, kept by their browser for a while. Raises `NotFound`."""
    response = picture(selectors.access_shown(photo_id), small=small)
    response["Cache-Control"] = SHOWN_AGAIN
    return response


@dataclass(frozen=True)
class Door:
    """By which door somebody puts up photos: the names of its addresses, the page they begin on and
    the frame they stand in."""

    base: str
    page: str
    photos: str
    change: str
    file: str


DESK = Door(
    "places/desk/base.html",
    *("places:desk_place", "places:desk_photos", "places:desk_photo", "places:desk_photo_file"),
)
KEEPING = Door(
    "places/keeping/base.html",
    *("places:keep", "places:keep_photos", "places:keep_photo", "places:keep_photo_file"),
)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def desk_photos(request: OfficerRequest, code: str) -> HttpResponse:
    """All photos of a place at the desk; adding one."""
    found, by = place_for(request, code)
    return show(request, found, by.account, DESK)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def keep_photos(request: HttpRequest, code: str) -> HttpResponse:
    """The same for whoever keeps it, on a phone."""
    account = signed_in(request)
    return show(request, keeping.access_kept(account, code), account, KEEPING)


def show(request: HttpRequest, place: Place, by: Account, door: Door) -> HttpResponse:
    """The page, also with what was refused."""
    is_sent = request.method == "POST"
    form = PictureForm(request.POST, request.FILES) if is_sent else PictureForm()
    with refusals.beside(form) as tried:
        if is_sent and form.is_valid():
            sent = form.cleaned_data["file"]
            services.add_photo(
                by=by,
                place=place,
                clean=pictures.examined(sent, name=sent.name),
                alt=form.cleaned_data["alt"],
                now=clock.now(),
            )
            messages.success(request, _("It is on the page."))
            return redirect(door.photos, place.code)
    context = {
        "place": place,
        "door": door,
        "base": door.base,
        "form": form,
        "on_page": selectors.list_on_page(place),
        "waiting": selectors.list_waiting(place),
    }
    return render(request, "places/photos.html", context, status=tried.status)


@require_POST
@officer_page(KEEPS)
def desk_photo(request: OfficerRequest, photo_id: str) -> HttpResponse:
    """Show it to everybody, say anew what it shows, move it to the front, or delete it."""
    found = selectors.access_within(request.posts, photo_id)
    _place, by = place_for(request, found.place.code)
    return change(request, found, by.account, DESK)


@require_POST
@login_required
def keep_photo(request: HttpRequest, photo_id: str) -> HttpResponse:
    """The same for whoever keeps the place."""
    account = signed_in(request)
    return change(request, selectors.access_kept(account, photo_id), account, KEEPING)


def change(request: HttpRequest, found: PlacePhoto, by: Account, door: Door) -> HttpResponse:
    """What was pressed, then back to the page."""
    form = PhotoChangeForm(request.POST)
    with refusals.told(request):
        if "delete" in request.POST:
            services.remove_photo(by=by, photo=found)
            messages.success(request, _("It is deleted."))
        elif found.report_id is not None:
            services.show_photo(by=by, photo=found, now=clock.now())
            messages.success(request, _("Everybody sees it now."))
        else:
            form.is_valid()
            services.change_photo(
                by=by,
                photo=found,
                alt=form.cleaned_data.get("alt", ""),
                position=0 if "first" in request.POST else None,
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
    return redirect(door.photos, found.place.code)


@require_safe
@officer_page(KEEPS)
def desk_photo_file(request: OfficerRequest, photo_id: str) -> StreamingHttpResponse:
    """One that waits to be looked at, or is shown."""
    return picture(selectors.access_within(request.posts, photo_id), small=False)


@require_safe
@login_required
def keep_photo_file(request: HttpRequest, photo_id: str) -> StreamingHttpResponse:
    """The same for whoever keeps the place."""
    return picture(selectors.access_kept(signed_in(request), photo_id), small=False)
