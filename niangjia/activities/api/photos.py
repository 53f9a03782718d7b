"""/activities/…/photos, /activity-photos; /desk/…: adding, deleting, deciding."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from niangjia.activities.api.desk import RUNS
from niangjia.activities.models import Photo
from niangjia.activities.schemas.photos import (
    DeskPhotoOut,
    PhotoOut,
    PhotoVerdictIn,
    TakeDownIn,
)
from niangjia.activities.selectors import photos as selectors
from niangjia.activities.selectors import planning
from niangjia.activities.services import photos as services
from niangjia.core import clock
from niangjia.core.files import pictures
from niangjia.members.doors import account_of, posts_for, visitor_or_account
from niangjia.members.selectors.posts import access_acting_post

public = Router(tags=["activities"], auth=None)
mine = Router(tags=["activities"])
of_session = Router(tags=["desk"])
desk = Router(tags=["desk"])
requests = Router(tags=["desk"])


@public.get("/{number}/photos", response=list[PhotoOut], summary="Photos of an activity")
def list_photos(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """Those that nobody asked to take down; 60 at most."""
    _found, shown = selectors.access_gallery(number, visitor_or_account(request))
    return list(map(shape, shown))


def shape(row: Photo) -> dict[str, Any]:
    """As `PhotoOut`."""
    names = ("id", "alt", "width", "height", "added_at")
    return {name: getattr(row, name) for name in names} | {
        "session": row.session_id,
        "small": reverse("activities:small_photo", args=[row.pk]),
        "whole": reverse("activities:photo", args=[row.pk]),
    }


@mine.post("/{photo_id}/take-down", response={202: None}, summary="Ask that it is taken down")
def ask_take_down(request: HttpRequest, photo_id: str, payload: TakeDownIn) -> Status[None]:
    """It is hidden at once; the organisers decide."""
    account = account_of(request)
    found = selectors.access_shown(photo_id, account)
    services.ask_take_down(by=account, photo=found, words=payload.words, now=clock.now())
    return Status(202, None)


def desk_shape(row: Photo) -> dict[str, Any]:
    """As `DeskPhotoOut`."""
    return {
        "id": row.pk,
        "alt": row.alt,
        "is_hidden": row.hidden_at is not None,
        "asked": [
            {"id": each.pk, "words": each.words or "", "made_at": each.made_at}
            for each in row.waiting  # type: ignore[attr-defined]
        ],
    }


@of_session.get("/{session_id}/photos", response=list[DeskPhotoOut], summary="Its photos")
def list_session_photos(request: HttpRequest, session_id: str) -> list[dict[str, Any]]:
    """Hidden ones as well, with what was asked."""
    session = planning.access_session(posts_for(request, RUNS), session_id)
    return list(map(desk_shape, selectors.list_of_session(session)))


@of_session.post("/{session_id}/photos", response={201: PhotoOut}, summary="Add a photo")
def add_photo(
    request: HttpRequest, session_id: str, file: File[UploadedFile], alt: Form[str]
) -> Status[dict[str, Any]]:
    """Cleaned of what the camera wrote beside the picture."""
    posts = posts_for(request, RUNS)
    session = planning.access_session(posts, session_id)
    by = access_acting_post(posts, RUNS, session.run.activity.union.path)
    file.seek(0)
    made = services.add_photo(
        by=by,
        session=session,
        clean=pictures.examined(file, name=file.name or ""),
        alt=alt,
        now=clock.now(),
    )
    return Status(201, shape(made))


@desk.delete("/{photo_id}", response={204: None}, summary="Delete a photo")
def remove_photo(request: HttpRequest, photo_id: str) -> Status[None]:
    """For good."""
    posts = posts_for(request, RUNS)
    found = selectors.access_photo(posts, photo_id)
    by = access_acting_post(posts, RUNS, found.session.run.activity.union.path)
    services.remove_photo(by=by, photo=found)
    return Status(204, None)


@requests.post("/{request_id}/decision", response={204: None}, summary="Decide about a photo")
def decide_photo_request(
    request: HttpRequest, request_id: str, payload: PhotoVerdictIn
) -> Status[None]:
    """Whoever asked is told. Twice is once."""
    posts = posts_for(request, RUNS)
    asked = selectors.access_request(posts, request_id)
    by = access_acting_post(posts, RUNS, asked.photo.session.run.activity.union.path)
    services.decide_photo_request(by=by, asked=asked, is_upheld=payload.is_upheld, now=clock.now())
    return Status(204, None)
