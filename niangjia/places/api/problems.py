"""/desk/place-problems, /kept-problems: what has to be mended, as the pages do it."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Status
from ninja.files import UploadedFile

from niangjia.core import clock
from niangjia.core.files import pictures
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Account, Post
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places import services
from niangjia.places.models import Problem
from niangjia.places.rules import mending
from niangjia.places.schemas.rounds import (
    MoreTimeIn,
    ProblemDetail,
    ProblemList,
    ProblemReviewIn,
    ProblemWordsIn,
)
from niangjia.places.selectors import problems as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.services import photographing
from niangjia.places.services.mending import may_review

router = Router(tags=["desk"])
kept = Router(tags=["places"])
OF_PROBLEM = (
    *("id", "about", "facility", "severity", "source", "mender", "state", "opened_at", "due_at"),
    "closed_at",
)


def item(found: Problem) -> dict[str, Any]:
    """As `ProblemItem`."""
    return {name: getattr(found, name) for name in OF_PROBLEM} | {
        "place": found.place.code,
        "place_name": found.place.name,
        "label": str(mending.label_of(found)),
        "is_late": mending.is_late(found, clock.now()),
    }


def detail(found: Problem) -> dict[str, Any]:
    """As `ProblemDetail`."""
    return item(found) | {"steps": selectors.list_steps(found)}


def problem_for(request: HttpRequest, key: str) -> tuple[Problem, Post]:
    """A problem within reach, and the post to act by: one that may review it, if any. Raises
    `NotFound`."""
    posts = posts_for(request, KEEPS)
    found = selectors.access_problem(posts, key)
    able = [post for post in posts if may_review(found, post)]
    return found, access_acting_post(able or posts, KEEPS, found.place.union.path)


@router.get("", response=ProblemList, summary="What has to be mended within reach")
def list_place_problems(
    request: HttpRequest, tab: str = "", cursor: str | None = None
) -> dict[str, Any]:
    """`tab` is late, review, closed, or nothing for what is to be mended."""
    found = selectors.list_problems(posts_for(request, KEEPS))
    rows = found.filter(selectors.in_tab(tab, clock.now()))
    page = page_of(rows, order=("due_at", "id"), cursor=cursor)
    return {"items": list(map(item, page.items)), "next": page.next}


@router.get("/{problem_id}", response=ProblemDetail, summary="One, with every step")
def show_place_problem(request: HttpRequest, problem_id: str) -> dict[str, Any]:
    """What happened to it."""
    return detail(problem_for(request, problem_id)[0])


@router.post("/{problem_id}/mending", response=ProblemDetail, summary="Say that it is mended")
def mend_place_problem(
    request: HttpRequest, problem_id: str, payload: ProblemWordsIn
) -> dict[str, Any]:
    """Another officer reviews it. Twice is once."""
    found, by = problem_for(request, problem_id)
    services.mark_mended(by=by.account, problem=found, words=payload.words, now=clock.now())
    return detail(problem_for(request, problem_id)[0])


def photographed(by: Account, found: Problem, photo: UploadedFile) -> Status[None]:
    """One more photo of what was mended."""
    photo.seek(0)
    clean = pictures.examined(photo, name=photo.name or "", field="photo")
    photographing.add_to_mending(by=by, problem=found, clean=clean, now=clock.now())
    return Status(201, None)


@router.post("/{problem_id}/mending/photos", response={201: None}, summary="Photo of what I mended")
def add_mending_photo(
    request: HttpRequest, problem_id: str, photo: File[UploadedFile]
) -> Status[None]:
    """By whoever said that it is mended, until it was reviewed; the same again is kept once."""
    found, by = problem_for(request, problem_id)
    return photographed(by.account, found, photo)


@router.post("/{problem_id}/review", response=ProblemDetail, summary="Review it")
def review_place_problem(
    request: HttpRequest, problem_id: str, payload: ProblemReviewIn
) -> dict[str, Any]:
    """All right, or to be mended again within a new term."""
    found, by = problem_for(request, problem_id)
    services.review_problem(by=by, problem=found, now=clock.now(), **payload.dict())
    return detail(problem_for(request, problem_id)[0])


@router.post("/{problem_id}/more-time", response=ProblemDetail, summary="Give more time")
def extend_place_problem(
    request: HttpRequest, problem_id: str, payload: MoreTimeIn
) -> dict[str, Any]:
    """Before the deadline, with the reason, twice at most."""
    found, by = problem_for(request, problem_id)
    services.extend_problem(
        by=by, problem=found, days=payload.days, reason=payload.words, now=clock.now()
    )
    return detail(problem_for(request, problem_id)[0])


@router.post("/{problem_id}/reopening", response=ProblemDetail, summary="It is wrong again")
def reopen_place_problem(
    request: HttpRequest, problem_id: str, payload: ProblemWordsIn
) -> dict[str, Any]:
    """Within thirty days of its review."""
    found, by = problem_for(request, problem_id)
    services.reopen_problem(by=by, problem=found, words=payload.words, now=clock.now())
    return detail(problem_for(request, problem_id)[0])


@kept.get("/{problem_id}", response=ProblemDetail, summary="Something I must mend")
def show_kept_problem(request: HttpRequest, problem_id: str) -> dict[str, Any]:
    """At a place one keeps."""
    return detail(selectors.access_kept_problem(account_of(request), problem_id))


@kept.post("/{problem_id}/mending", response=ProblemDetail, summary="Say that I have mended it")
def mend_kept_problem(
    request: HttpRequest, problem_id: str, payload: ProblemWordsIn
) -> dict[str, Any]:
    """Somebody else looks at it. Twice is once."""
    account = account_of(request)
    found = selectors.access_kept_problem(account, problem_id)
    services.mark_mended(by=account, problem=found, words=payload.words, now=clock.now())
    return detail(selectors.access_kept_problem(account, problem_id))


@kept.post(
    "/{problem_id}/mending/photos", response={201: None}, summary="Photo of what I have mended"
)
def add_kept_mending_photo(
    request: HttpRequest, problem_id: str, photo: File[UploadedFile]
) -> Status[None]:
    """By whoever said that it is mended, until somebody looked at it."""
    account = account_of(request)
    return photographed(account, selectors.access_kept_problem(account, problem_id), photo)
