"""/desk/…, /keeping/…: photos of a place, as the pages put them up and look at them."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from niangjia.core import clock
from niangjia.core.files import pictures
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Account
from niangjia.places import services
from niangjia.places.api.portal import photo_shape
from niangjia.places.models import Place, PlacePhoto
from niangjia.places.schemas.portal import PlacePhotoChangeIn, PlacePhotoOut, SentPhotoOut
from niangjia.places.selectors import photos as selectors
from niangjia.places.selectors.desk import KEEPS, access_place_within
from niangjia.places.selectors.keeping import access_kept

desk = Router(tags=["desk"])
keeping = Router(tags=["keeping"])


def added(by: Account, place: Place, file: UploadedFile, alt: str) -> Status[dict[str, Any]]:
    """A photo that was put on the page."""
    file.seek(0)
    clean = pictures.examined(file, name=file.name or "")
    made = services.add_photo(by=by, place=place, clean=clean, alt=alt, now=clock.now())
    return Status(201, photo_shape(made))


def changed(by: Account, photo: PlacePhoto, payload: PlacePhotoChangeIn) -> dict[str, Any]:
    """A photo that is described or placed anew."""
    done = services.change_photo(by=by, photo=photo, now=clock.now(), **payload.dict())
    return photo_shape(done)


def waiting(place: Place) -> list[dict[str, Any]]:
    """As `SentPhotoOut`."""
    return [
        {"id": each.pk, "said": each.report.said, "facility": each.report.facility}
        for each in selectors.list_waiting(place)
        if each.report is not None
    ]


@desk.get("/places/{code}/sent-photos", response=list[SentPhotoOut], summary="Photos to look at")
def list_sent_photos(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Those that came with a word and nobody has looked at."""
    return waiting(access_place_within(posts_for(request, KEEPS), code))


@desk.post("/places/{code}/photos", response={201: PlacePhotoOut}, summary="Add a photo of a place")
def add_place_photo(
    request: HttpRequest, code: str, file: File[UploadedFile], alt: Form[str]
) -> Status[dict[str, Any]]:
    """Cleaned of what the camera wrote beside the picture; the first is the cover."""
    place = access_place_within(posts_for(request, KEEPS), code)
    return added(account_of(request), place, file, alt)


@desk.put("/place-photos/{photo_id}", response=PlacePhotoOut, summary="Describe or place a photo")
def change_place_photo(
    request: HttpRequest, photo_id: str, payload: PlacePhotoChangeIn
) -> dict[str, Any]:
    """`position` from 0; left out it stays where it is."""
    photo = selectors.access_within(posts_for(request, KEEPS), photo_id)
    return changed(account_of(request), photo, payload)


@desk.delete("/place-photos/{photo_id}", response={204: None}, summary="Delete a photo of a place")
def remove_place_photo(request: HttpRequest, photo_id: str) -> Status[None]:
    """For good, of the page or one that was sent."""
    photo = selectors.access_within(posts_for(request, KEEPS), photo_id)
    services.remove_photo(by=account_of(request), photo=photo)
    return Status(204, None)


@desk.post("/place-photos/{photo_id}/release", response={204: None}, summary="Let everybody see it")
def release_place_photo(request: HttpRequest, photo_id: str) -> Status[None]:
    """Somebody has looked at it. Twice is once."""
    photo = selectors.access_within(posts_for(request, KEEPS), photo_id)
    services.show_photo(by=account_of(request), photo=photo, now=clock.now())
    return Status(204, None)


@keeping.get(
    "/places/{code}/sent-photos", response=list[SentPhotoOut], summary="Photos sent to my place"
)
def list_kept_sent_photos(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """Those that nobody has looked at."""
    return waiting(access_kept(account_of(request), code))


@keeping.post("/places/{code}/photos", response={201: PlacePhotoOut}, summary="Add a photo of mine")
def add_kept_photo(
    request: HttpRequest, code: str, file: File[UploadedFile], alt: Form[str]
) -> Status[dict[str, Any]]:
    """Of a place one keeps."""
    account = account_of(request)
    return added(account, access_kept(account, code), file, alt)


@keeping.put("/photos/{photo_id}", response=PlacePhotoOut, summary="Describe or place a kept photo")
def change_kept_photo(
    request: HttpRequest, photo_id: str, payload: PlacePhotoChangeIn
) -> dict[str, Any]:
    """`position` from 0; left out it stays where it is."""
    account = account_of(request)
    return changed(account, selectors.access_kept(account, photo_id), payload)


@keeping.delete("/photos/{photo_id}", response={204: None}, summary="Delete a kept photo")
def remove_kept_photo(request: HttpRequest, photo_id: str) -> Status[None]:
    """For good, of the page or one that was sent."""
    account = account_of(request)
    services.remove_photo(by=account, photo=selectors.access_kept(account, photo_id))
    return Status(204, None)


@keeping.post("/photos/{photo_id}/release", response={204: None}, summary="Let all see a photo")
def release_kept_photo(request: HttpRequest, photo_id: str) -> Status[None]:
    """Somebody has looked at it. Twice is once."""
    account = account_of(request)
    photo = selectors.access_kept(account, photo_id)
    services.show_photo(by=account, photo=photo, now=clock.now())
    return Status(204, None)
