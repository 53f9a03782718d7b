"""Problems as officers, keepers and everybody see them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, scope
from niangjia.core.errors import NotFound, Text
from niangjia.members.models import Account, Post
from niangjia.members.selectors.posts import reaches
from niangjia.places.models import (
    Mender,
    Place,
    Problem,
    ProblemState,
    ProblemStep,
    SitePhoto,
)
from niangjia.places.rules import mending
from niangjia.places.selectors.desk import KEEPS, list_places_within

MOST_SHOWN = 50


@dataclass(frozen=True)
class Shown:
    """A problem with what it is called and whether it is late."""

    problem: Problem
    now: dt.datetime

    @property
    def label(self) -> Text:
        return mending.label_of(self.problem)

    @property
    def is_late(self) -> bool:
        return mending.is_late(self.problem, self.now)

    @property
    def first_words(self) -> str:
        """What was said when it was found last."""
        said = [each.words for each in self.problem.steps.all() if each.words]
        return said[-1] if said else ""


def list_problems(posts: Iterable[Post]) -> QuerySet[Problem]:
    """The problems of places within reach. Order by "due_at", "id"."""
    places = list_places_within(posts).order_by().values("pk")
    return Problem.objects.filter(place__in=places).select_related("place__union", "union")


def in_tab(tab: str, now: dt.datetime) -> Q:
    """The problems of a tab: "" to be mended, "review", "late", "closed"."""
    return {
        "review": Q(state=ProblemState.MENDED),
        "late": Q(state=ProblemState.OPEN, due_at__lt=now),
        "closed": Q(state=ProblemState.CLOSED),
    }.get(tab, Q(state=ProblemState.OPEN))


def access_problem(posts: Iterable[Post], key: str) -> Problem:
    """A problem of a place within reach. Raises `NotFound`."""
    number = ids.parse_uuid(key)
    found = list_problems(posts).filter(pk=number).first() if number else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def access_kept_problem(account: Account, key: str) -> Problem:
    """Something that somebody must mend at a place they keep. Raises `NotFound`."""
    number = ids.parse_uuid(key)
    kept = Problem.objects.filter(
        mender=Mender.KEEPER, place__keepers__account=account, place__keepers__ended_at=None
    ).select_related("place__union", "union")
    found = kept.filter(pk=number).first() if number else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_found_photos(problem: Problem) -> list[SitePhoto]:
    """Photos of it from the round on which it was found. One query at most."""
    photos = SitePhoto.objects.filter(inspection=problem.inspection_id, item=problem.about)
    return list(photos.order_by("id")) if problem.inspection_id else []


def list_steps(problem: Problem) -> list[ProblemStep]:
    """What happened to it, in turn, with photos. Two queries."""
    return list(problem.steps.order_by("id").prefetch_related("photos"))


def list_to_mend(place: Place, now: dt.datetime) -> list[Shown]:
    """What its keeper must mend, and what waits for its review, the most urgent first. Two
    queries, one where there is nothing."""
    found = place.problems.filter(mender=Mender.KEEPER).exclude(state=ProblemState.CLOSED)
    steps = Prefetch("steps", ProblemStep.objects.order_by("id"))
    return [Shown(each, now) for each in found.prefetch_related(steps).order_by("due_at", "id")]


def list_open(place: Place) -> list[Problem]:
    """What is known to be wrong there, as everybody reads it. One query."""
    found = place.problems.exclude(state=ProblemState.CLOSED)
    return list(found.order_by("due_at", "id")[:MOST_SHOWN])


def access_photo(posts: Iterable[Post], key: str) -> SitePhoto:
    """A photo of a round or of a problem within reach. Raises `NotFound`."""
    reached = reaches(posts, KEEPS)
    within = scope.within(reached, field="inspection__round__union__path") | scope.within(
        reached, field="step__problem__place__union__path"
    )
    return access(SitePhoto.objects.filter(within), key)


def access_kept_photo(account: Account, key: str) -> SitePhoto:
    """A photo of what somebody must mend at a place they keep. Raises `NotFound`."""
    mine = Q(step__problem__place__keepers__account=account) & Q(
        step__problem__place__keepers__ended_at=None
    )
    found = Q(inspection__problems__place__keepers__account=account) & Q(
        inspection__problems__place__keepers__ended_at=None
    )
    return access(SitePhoto.objects.filter(mine | found), key)


def access(photos: QuerySet[SitePhoto], key: str) -> SitePhoto:
    """The one among these. Raises `NotFound`."""
    number = ids.parse_uuid(key)
    found = photos.filter(pk=number).select_related("stored").first() if number else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
