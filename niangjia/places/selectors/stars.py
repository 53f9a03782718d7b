"""What stars are judged by, and the stars of a place as people read them."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, ids
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.places.models import (
    Inspection,
    OpeningDay,
    Place,
    Problem,
    Severity,
    Source,
    StarObjection,
    StarRating,
    StarRun,
    State,
    Supply,
)
from niangjia.places.rules import stars as rules
from niangjia.places.rules import supplies
from niangjia.places.rules.star_terms import Terms
from niangjia.places.rules.stars import Explained, Facts
from niangjia.places.selectors.desk import list_places_within

MOST_SHOWN = 36


@dataclass(frozen=True)
class Month:
    """A month in China: its days, and the moments at which it begins and ends."""

    first: dt.date

    @property
    def last(self) -> dt.date:
        return rules.end_of_month(self.first)

    @property
    def begins(self) -> dt.datetime:
        return dt.datetime.combine(self.first, dt.time(), clock.CHINA)

    @property
    def ends(self) -> dt.datetime:
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), clock.CHINA)


def facts_of(places: Collection[Place], month: Month) -> dict[uuid.UUID, Facts]:
    """What the stars of these places are judged by, as it was in that month. Five queries."""
    ids_of = [place.pk for place in places]
    ticks = ticks_of(ids_of, month)
    inspected = inspected_at(ids_of, month)
    lacking = lacking_of(ids_of, month)
    problems = problems_of(ids_of, month)
    return {
        place.pk: Facts(
            area=place.area_m2 or 0,
            facilities=list(place.facilities),
            haves=len(place.haves),
            days=ticks.get(place.pk, (0, 0))[0],
            ticked=ticks.get(place.pk, (0, 0))[1],
            inspected_days=inspected.get(place.pk),
            lacking=lacking.get(place.pk, []),
            **counted(problems.get(place.pk, []), month),
        )
        for place in places
    }


def ticks_of(place_ids: list[uuid.UUID], month: Month) -> dict[uuid.UUID, tuple[int, int]]:
    """On how many days somebody ticked or was asked to, and on how many they did in time."""
    days = OpeningDay.objects.filter(place__in=place_ids, date__range=(month.first, month.last))
    in_time = Count("pk", filter=Q(ticked_at__isnull=False, is_late=False))
    rows = days.order_by().values("place").annotate(days=Count("pk"), in_time=in_time)
    return {row["place"]: (row["days"], row["in_time"]) for row in rows}


def inspected_at(place_ids: list[uuid.UUID], month: Month) -> dict[uuid.UUID, int]:
    """How many days before the end of the month each was inspected last."""
    done = Inspection.objects.filter(place__in=place_ids, done_at__lt=month.ends)
    rows = done.order_by().values_list("place").annotate(last=Max("done_at"))
    return {place_id: (month.ends - last).days for place_id, last in rows}


def lacking_of(place_ids: list[uuid.UUID], month: Month) -> dict[uuid.UUID, list[str]]:
    """What stood in the cupboard at the end of the month and could not be used."""
    there = Supply.objects.filter(place__in=place_ids, added_at__lt=month.ends)
    found: dict[uuid.UUID, list[str]] = {}
    for supply in there.filter(Q(ended_at=None) | Q(ended_at__gte=month.ends)).order_by("name"):
        if supplies.is_expired(supply, month.last) or supplies.is_overdue(supply, month.last):
            found.setdefault(supply.place_id, []).append(supply.name)
    return found


def problems_of(place_ids: list[uuid.UUID], month: Month) -> dict[uuid.UUID, list[Problem]]:
    """What was wrong at some time of the month."""
    known = Problem.objects.filter(place__in=place_ids, opened_at__lt=month.ends)
    found: dict[uuid.UUID, list[Problem]] = {}
    for each in known.filter(Q(closed_at=None) | Q(closed_at__gte=month.begins)).order_by("id"):
        found.setdefault(each.place_id, []).append(each)
    return found


def counted(problems: Iterable[Problem], month: Month) -> dict[str, Any]:
    """The problems of a place, as the facts name them."""
    counts: Counter[str] = Counter()
    broken = set()
    for each in problems:
        mended = each.mended_at or month.ends
        is_late = each.due_at < month.ends and mended > each.due_at
        counts["dangers"] += each.severity == Severity.DANGER
        counts["shut"] += each.about == "open" and each.opened_at >= month.begins
        counts["complaints"] += is_late and each.source == Source.PUBLIC
        if is_late and each.facility:
            broken.add(each.facility)
    names = ("dangers", "shut", "complaints")
    return {**{name: counts[name] for name in names}, "broken": sorted(broken)}


@dataclass(frozen=True)
class StarPage:
    """The stars of a place, why, and how they were before; `announced` do not count yet."""

    place: Place
    history: list[StarRating]

    @property
    def current(self) -> StarRating | None:
        """What counts now."""
        counting = [each for each in self.history if each.counts_from and not each.withdrawn_at]
        return max(counting, key=lambda each: each.counts_from, default=None)  # type: ignore[arg-type,return-value]

    @property
    def announced(self) -> StarRating | None:
        """Fewer stars that were announced."""
        return next((each for each in self.history if each.is_announced), None)

    @property
    def why(self) -> list[Explained]:
        """The rules, and what was found."""
        newest = self.announced or self.current
        if newest is None:
            return []
        return rules.explain(newest.findings, newest.facts, Terms(**newest.terms))


def show_stars(place: Place) -> StarPage:
    """One query."""
    ratings = place.star_ratings.select_related("objection").order_by("-made_at", "-id")
    return StarPage(place, list(ratings[:MOST_SHOWN]))


def list_starred(posts: Iterable[Post]) -> QuerySet[Place]:
    """The stations within reach that are open to the public. Order by "-stars", "-id"."""
    return list_places_within(posts).filter(state=State.PUBLISHED, kind__in=rules.KINDS)


def list_objections(posts: Iterable[Post]) -> list[StarObjection]:
    """What waits for a decision, within reach, the oldest first. One query."""
    places = list_places_within(posts).order_by().values("pk")
    found = StarObjection.objects.filter(decided_at=None, rating__place__in=places)
    waiting = found.filter(rating__counts_from=None, rating__withdrawn_at=None)
    return list(waiting.select_related("rating__place__union").order_by("at")[:50])


def access_objection(posts: Iterable[Post], key: str) -> StarObjection:
    """One about a place within reach. Raises `NotFound`."""
    number = ids.parse_uuid(key)
    places = list_places_within(posts).order_by().values("pk")
    rows = StarObjection.objects.filter(rating__place__in=places)
    rows = rows.select_related("rating__place__union")
    found = rows.filter(pk=number).first() if number else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def find_last_run() -> StarRun | None:
    """The newest month's. One query."""
    return StarRun.objects.order_by("-month").first()
