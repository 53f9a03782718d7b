"""/places: the nearest that is open, one place, and saying how one found it. Public."""

import uuid
from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.doors import visitor_or_account
from niangjia.places import services
from niangjia.places.forms import finding, reporting
from niangjia.places.forms.finding import Question
from niangjia.places.models import Place, PlacePhoto, Report
from niangjia.places.rules import facilities
from niangjia.places.schemas.portal import (
    PlaceDetail,
    PlaceList,
    PlaceReportIn,
    PlaceReportOut,
)
from niangjia.places.selectors import nearest, places
from niangjia.places.selectors.keepers import answers_for
from niangjia.places.selectors.places import Listed
from niangjia.places.selectors.showing import PlacePage, show_place
from niangjia.places.selectors.walks import CREDIT
from niangjia.places.services.photos import examined_of

router = Router(tags=["places"], auth=None)

MAX_SIZE = 50
OF_ITEM = ("code", "name", "kind", "address", "longitude", "latitude", "facilities", "is_made_up")
OF_PLACE = (
    *("code", "state", "name", "name_en", "kind", "introduction", "address", "way_in", "phone"),
    *("longitude", "latitude", "hours", "facilities", "haves", "languages", "accessibility"),
    *("welcome", "area_m2", "seats", "parking_bays", "is_made_up", "changed_at"),
)


@router.get("", response=PlaceList, summary="The nearest places")
def list_places(
    request: HttpRequest,
    near: Annotated[str, Query(description="latitude,longitude in degrees, WGS-84")] = "",
    address: Annotated[str, Query(description="a street, a square, a station, a division")] = "",
    spot: Annotated[str, Query(description="one of the choices of an address")] = "",
    division: str = "",
    need: Annotated[list[str], Query(description="facilities, all of which it must have")] = [],  # noqa: B006
    kind: str = "",
    open: Annotated[str, Query(description='"all": shut ones too')] = "",
    q: str = "",
    size: Annotated[int, Query(ge=1, le=MAX_SIZE)] = 20,
) -> dict[str, Any]:
    """Open now and within 50 km, nearest first, exactly; by words also from further away. Where an
    address may mean several places and nobody can know which, there are only `choices`."""
    question = finding.read(request.GET)
    if set(need) - set(facilities.BY_KEY):
        question.errors["need"] = _("There is no such entry. Choose from the list.")
    criteria = question.criteria
    if criteria is None and not question.errors and not question.is_unsure:
        question.errors["near"] = _("Say where: near, address or division, or by which words.")
    if question.errors:
        raise Invalid(_("Some places need another look."), fields=question.errors)
    now = clock.now()
    found = nearest.find_by_words(criteria, now=now, count=size).items if criteria else []
    listed = places.list_found(found, now=now)
    return {
        "items": [item(each, question) for each in listed],
        "next": None,
        "around": around(question),
        "choices": list(map(asdict, question.choices)),
        "attribution": CREDIT if question.is_osm else "",
    }


def around(question: Question) -> dict[str, Any] | None:
    """As `PlaceAround`; None by words alone."""
    if question.position is None:
        return None
    point = question.position
    return {
        "name": question.around,
        "longitude": point.longitude,
        "latitude": point.latitude,
        "is_exact": question.is_exact,
        "is_rough": question.is_rough,
    }


def item(each: Listed, question: Question) -> dict[str, Any]:
    """A place in a list; how far it is only from where somebody said they are."""
    lacking = each.near.lacking
    return {name: getattr(each.place, name) for name in OF_ITEM} | {
        "division": each.place.division_id,
        "missing": [kept.key for kept in facilities.FACILITIES if kept.mask & lacking],
        "open_until": each.near.open_until,
        "opens_at": each.near.opens_at,
        "found_shut": each.found_shut,
        "last_confirmed_at": each.last_confirmed_at,
        "metres": each.near.metres if question.is_somewhere else None,
        "minutes": each.minutes if question.is_exact else None,
        "crowd": each.crowd,
        "cover": address("small_photo", each.place.cover_id),
    }


def address(name: str, photo_id: uuid.UUID | None) -> str | None:
    """Where a picture is, if there is one."""
    return reverse(f"places:{name}", args=[photo_id]) if photo_id else None


@router.get("/{code}", response=PlaceDetail, summary="One place")
def show_public_place(request: HttpRequest, code: str) -> dict[str, Any]:
    """With the coming seven days and what people said in the last hours."""
    return detail(show_place(places.access_public(code), now=clock.now()))


def detail(page: PlacePage) -> dict[str, Any]:
    """A place as its page says it."""
    return {name: getattr(page.place, name) for name in OF_PLACE} | {
        "union": page.place.union.name,
        "division": page.place.division_id,
        "days": page.days,
        "open_until": page.open_until,
        "is_said_shut": page.is_said_shut,
        "found_shut": page.found_shut,
        "last_confirmed_at": page.last_confirmed_at,
        "missing": list(page.lacking),
        "said": [saying(each, photo) for each, _what, photo in page.said_lately],
        "photos": list(map(photo_shape, page.photos)),
        "crowd": page.crowd,
    }


def saying(report: Report, photo: PlacePhoto | None) -> dict[str, Any]:
    """As `PlaceSaying`."""
    values = {name: getattr(report, name) for name in ("at", "said", "facility", "by_keeper")}
    return values | {"photo": address("photo", photo.pk if photo else None)}


def photo_shape(photo: PlacePhoto) -> dict[str, Any]:
    """As `PlacePhotoOut`."""
    values = {name: getattr(photo, name) for name in ("id", "alt", "position", "width", "height")}
    pictures = {"small": address("small_photo", photo.pk), "whole": address("photo", photo.pk)}
    return values | pictures


@router.post("/{code}/reports", response={201: PlaceReportOut}, summary="Say how you found it")
def report_found(request: HttpRequest, code: str, payload: PlaceReportIn) -> Status[dict[str, Any]]:
    """No account needed; throttled for each account, device and network. It is shown at once, and
    believed when three voices say so."""
    return reported(request, places.access_public(code), payload.said, payload.facility)


@router.post(
    "/{code}/photographed-reports",
    response={201: PlaceReportOut},
    summary="Say how you found it, with a photo",
)
def report_found_with_photo(
    request: HttpRequest,
    code: str,
    photo: File[UploadedFile],
    said: Form[str],
    facility: Form[str] = "",
) -> Status[dict[str, Any]]:
    """The same; the photo is cleaned of where it was taken, and nobody sees it before a keeper or
    an officer has looked at it."""
    return reported(request, places.access_public(code), said, facility, photo)


def reported(
    request: HttpRequest, found: Place, said: str, facility: str, sent: UploadedFile | None = None
) -> Status[dict[str, Any]]:
    """What came of a word."""
    now, speaker, clean = clock.now(), reporting.speaker_of(request), None
    if sent is not None:
        sent.seek(0)
        clean = examined_of(speaker, sent, name=sent.name or "", now=now)
    report = services.report_place(
        place=found,
        said=said,
        facility=facility,
        speaker=speaker,
        by_keeper=answers_for(visitor_or_account(request), found),
        photo=clean,
        now=now,
    )
    page = show_place(found, now=now)
    answer = {name: getattr(report, name) for name in ("at", "said", "facility")}
    return Status(201, {**answer, "is_said_shut": page.is_said_shut})
