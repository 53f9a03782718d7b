"""/desk/place-rounds, /desk/place-inspections: planning rounds and doing them, as the pages do."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.files import pictures
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.organisations.rules.positions import BadPosition, Position, parse_position
from niangjia.places import services
from niangjia.places.forms.finding import BAD_POSITION
from niangjia.places.models import Inspection, Place, Round
from niangjia.places.schemas.rounds import (
    CallingOffRoundIn,
    HandingOverIn,
    InspectionDetail,
    InspectionIn,
    RoundDetail,
    RoundIn,
    RoundList,
)
from niangjia.places.selectors import rounds as selectors
from niangjia.places.selectors.desk import KEEPS, list_places_within
from niangjia.places.services import inspecting, photographing
from niangjia.places.services.inspecting import Notes
from niangjia.places.services.planning import Tour

router = Router(tags=["desk"])
inspections = Router(tags=["desk"])
OF_INSPECTION = (
    *("id", "position", "metres", "minutes", "found", "begun_at", "arrived_at", "done_at"),
)


def item(found: Round) -> dict[str, Any]:
    """As `RoundItem`."""
    names = ("id", "name", "date", "called_off_at", "places", "done")
    return {name: getattr(found, name) for name in names} | {"union": found.union.name}


def stop(each: Inspection) -> dict[str, Any]:
    """As `InspectionItem`."""
    place = each.place
    return {name: getattr(each, name) for name in OF_INSPECTION} | {
        "place": place.code,
        "name": place.name,
        "longitude": place.longitude,
        "latitude": place.latitude,
    }


def detail(posts: list[Post], key: str) -> dict[str, Any]:
    """As `RoundDetail`, read anew."""
    found = selectors.access_round(posts, key)
    return item(found) | {"inspections": list(map(stop, selectors.show_round(found).inspections))}


def places_of(posts: list[Post], codes: list[str]) -> list[Place]:
    """The places with these codes. Raises `Invalid` on "places" when one is out of reach."""
    found = list(list_places_within(posts).filter(code__in=codes))
    if len(found) != len(set(codes)):
        problem = _("One of these is not open to the public, or not yours to inspect.")
        raise Invalid(problem, fields={"places": problem})
    return found


def start_of(text: str) -> Position | None:
    """A point, or nothing. Raises `Invalid` on "start"."""
    try:
        return parse_position(text) if text.strip() else None
    except BadPosition as bad:
        problem = BAD_POSITION[bad.reason]
        raise Invalid(problem, fields={"start": problem}) from bad


@router.get("", response=RoundList, summary="Rounds within reach")
def list_place_rounds(
    request: HttpRequest, tab: str = "", cursor: str | None = None
) -> dict[str, Any]:
    """`tab` is done, off, or nothing for what is going on."""
    found = selectors.list_rounds(posts_for(request, KEEPS)).filter(selectors.in_tab(tab))
    page = page_of(found, order=("-date", "-id"), cursor=cursor)
    return {"items": list(map(item, page.items)), "next": page.next}


@router.post("", response={201: RoundDetail}, summary="Plan a round")
def plan_place_round(request: HttpRequest, payload: RoundIn) -> Status[dict[str, Any]]:
    """Whoever goes is told; the order is worked out."""
    posts = posts_for(request, KEEPS)
    by = holding(posts, KEEPS)[0]
    made = services.plan_round(
        by=by,
        union=by.union,
        places=places_of(posts, payload.places),
        tour=Tour(
            name=payload.name,
            date=payload.date,
            account_ids=payload.inspectors or [by.account_id],
            start=start_of(payload.start),
            drives=payload.drives,
        ),
        now=clock.now(),
    )
    return Status(201, detail(posts, str(made.pk)))


@router.get("/{round_id}", response=RoundDetail, summary="One round, in order")
def show_place_round(request: HttpRequest, round_id: str) -> dict[str, Any]:
    """How far it is."""
    return detail(posts_for(request, KEEPS), round_id)


@router.post("/{round_id}/hand-over", response=RoundDetail, summary="Hand a round over")
def hand_over_place_round(
    request: HttpRequest, round_id: str, payload: HandingOverIn
) -> dict[str, Any]:
    """Somebody else goes, or on another day; what is done stays."""
    posts = posts_for(request, KEEPS)
    found = selectors.access_round(posts, round_id)
    services.hand_over_round(
        by=access_acting_post(posts, KEEPS, found.union.path),
        found=found,
        account_ids=payload.inspectors,
        date=payload.date or found.date,
        now=clock.now(),
    )
    return detail(posts, round_id)


@router.post("/{round_id}/calling-off", response=RoundDetail, summary="Call a round off")
def call_off_place_round(
    request: HttpRequest, round_id: str, payload: CallingOffRoundIn
) -> dict[str, Any]:
    """What was found stays."""
    posts = posts_for(request, KEEPS)
    found = selectors.access_round(posts, round_id)
    by = access_acting_post(posts, KEEPS, found.union.path)
    services.call_off_round(by=by, found=found, reason=payload.reason, now=clock.now())
    return detail(posts, round_id)


def inspection_for(request: HttpRequest, key: str) -> tuple[Inspection, Post]:
    """A place on a round, and the post to act by. Raises `NotFound`."""
    posts = posts_for(request, KEEPS)
    found = selectors.access_inspection(posts, key)
    return found, access_acting_post(posts, KEEPS, found.round.union.path)


def inspected(found: Inspection) -> dict[str, Any]:
    """As `InspectionDetail`."""
    items = [
        {"key": each.key, "label": str(each.label), "facility": each.facility}
        for each in inspecting.items_of(found)
    ]
    return stop(found) | {"items": items, "answers": found.answers, "words": found.words}


@inspections.get("/{inspection_id}", response=InspectionDetail, summary="What to look at there")
def show_place_inspection(request: HttpRequest, inspection_id: str) -> dict[str, Any]:
    """With what was noted so far."""
    return inspected(inspection_for(request, inspection_id)[0])


@inspections.put("/{inspection_id}", response=InspectionDetail, summary="Note what was found")
def note_place_inspection(
    request: HttpRequest, inspection_id: str, payload: InspectionIn
) -> dict[str, Any]:
    """Kept as it is; with `is_done` it is judged, and what is wrong has to be mended."""
    found, by = inspection_for(request, inspection_id)
    values = payload.dict(exclude={"is_done"})
    notes = Notes(**{**values, "found": values["found"] or ""})
    act = services.finish_inspection if payload.is_done else services.note_findings
    act(by=by, inspection=found, notes=notes, now=clock.now())
    return inspected(inspection_for(request, inspection_id)[0])


@inspections.post("/{inspection_id}/photos", response={201: None}, summary="Add a photo")
def add_inspection_photo(
    request: HttpRequest, inspection_id: str, photo: File[UploadedFile], item: Form[str] = ""
) -> Status[None]:
    """Of an item of the checklist; the same again is kept once."""
    found, _by = inspection_for(request, inspection_id)
    photo.seek(0)
    clean = pictures.examined(photo, name=photo.name or "", field="photo")
    photographing.add_to_inspection(inspection=found, item=item, clean=clean, now=clock.now())
    return Status(201, None)
