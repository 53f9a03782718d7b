"""Rounds: which places to go to, the rounds within reach, and one as it is done."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Union
from niangjia.places.models import Inspection, Place, Report, Round, Said, State
from niangjia.places.rules import touring
from niangjia.places.rules.routes import Route, routes
from niangjia.places.selectors.desk import KEEPS, list_places_within, matching

#: What people complain of counts for so long.
COMPLAINTS_FOR = dt.timedelta(days=30)


@dataclass(frozen=True)
class Wanted:
    """Which places a round is for: in a street or town, not inspected for so many days, with so
    many complaints in the last 30, with so many stars at most."""

    words: str = ""
    days: int = 0
    complaints: int = 0
    stars: int = 0


def list_candidates(posts: Iterable[Post], wanted: Wanted, now: dt.datetime) -> list[Place]:
    """The places to go to, the longest not inspected first, each with `inspected_at` and
    `complained`; what waits on another round is left out. At most 60. One query."""
    done = Inspection.objects.filter(place=OuterRef("pk")).exclude(done_at=None)
    waiting = Inspection.objects.filter(
        place=OuterRef("pk"), done_at=None, round__called_off_at=None
    )
    bad = Report.objects.filter(place=OuterRef("pk"), at__gt=now - COMPLAINTS_FOR, by_keeper=False)
    counted = (
        bad.exclude(Q(said=Said.OPEN) | Q(is_as_meant=True))
        .order_by()
        .values("place")
        .annotate(n=Count("pk"))
    )
    found = (
        list_places_within(posts)
        .filter(~Exists(waiting), state=State.PUBLISHED)
        .annotate(
            inspected_at=Subquery(done.order_by("-done_at").values("done_at")[:1]),
            complained=Coalesce(Subquery(counted.values("n")), 0),
        )
    )
    if wanted.words:
        found = found.filter(matching(wanted.words) | Q(division__name__icontains=wanted.words))
    if wanted.days:
        since = now - dt.timedelta(days=wanted.days)
        found = found.filter(Q(inspected_at=None) | Q(inspected_at__lt=since))
    if wanted.complaints:
        found = found.filter(complained__gte=wanted.complaints)
    if wanted.stars:
        found = found.filter(stars__lte=wanted.stars)
    oldest_first = F("inspected_at").asc(nulls_first=True)
    return list(found.order_by(oldest_first, "-complained", "-id")[: touring.MOST_STOPS])


def list_able(union: Union) -> list[Post]:
    """Posts at a union whose holders may go on a round, each with its `holder`. One query."""
    roles = [role for role, actions in permissions.MAY.items() if KEEPS in actions]
    found = Post.objects.filter(union=union, ended_at=None, role__in=roles, account__is_active=True)
    named = found.annotate(holder=F("account__person__name"))
    return list(named.order_by("account", "id").distinct("account"))


def list_rounds(posts: Iterable[Post]) -> QuerySet[Round]:
    """The rounds of the unions within reach, each with how many places it has (`places`) and how
    many are done (`done`). Order by "-date", "-id"."""
    within = Round.objects.filter(scope.within(reaches(posts, KEEPS), field="union__path"))
    return within.select_related("union").annotate(
        places=Count("inspections"),
        done=Count("inspections", filter=Q(inspections__done_at__isnull=False)),
    )


#: The tabs of the list: "" what is going on.
def in_tab(tab: str) -> Q:
    """The rounds of a tab: "" still to be done, "done", "off" called off."""
    is_off = Q(called_off_at__isnull=False)
    return {"off": is_off, "done": ~is_off & Q(done=F("places"))}.get(
        tab, ~is_off & Q(done__lt=F("places"))
    )


def list_own_rounds(account: Account, posts: Iterable[Post]) -> list[Round]:
    """What was handed to somebody and is not done, by day. One query."""
    own = list_rounds(posts).filter(
        in_tab(""), pk__in=Round.objects.filter(inspectors__account=account)
    )
    return list(own.order_by("date", "id")[:20])


def access_round(posts: Iterable[Post], key: str) -> Round:
    """A round within reach. Raises `NotFound`."""
    number = ids.parse_uuid(key)
    found = list_rounds(posts).filter(pk=number).first() if number else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def access_inspection(posts: Iterable[Post], key: str) -> Inspection:
    """A place on a round within reach. Raises `NotFound`."""
    number = ids.parse_uuid(key)
    within = scope.within(reaches(posts, KEEPS), field="round__union__path")
    rows = Inspection.objects.filter(within).select_related(
        "round__union", "place__union", "place__division"
    )
    found = rows.filter(pk=number).first() if number else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def find_waiting(account: Account, place: Place, today: dt.date) -> Inspection | None:
    """Where somebody who scans the plate of a place is on their round: the one handed to them, not
    done, nearest to today. One query."""
    mine = Inspection.objects.filter(
        place=place, done_at=None, round__called_off_at=None, round__inspectors__account=account
    )
    past_first = sorted(
        mine.select_related("round")[:10], key=lambda each: abs((each.round.date - today).days)
    )
    return past_first[0] if past_first else None


@dataclass(frozen=True)
class RoundPage:
    """A round with its places in order."""

    round: Round
    inspections: Sequence[Inspection]

    @property
    def next(self) -> Inspection | None:
        """Where to go now: what was begun and not done, else the first that was not."""
        left = [each for each in self.inspections if each.done_at is None]
        return next((each for each in left if each.begun_at), left[0] if left else None)

    @property
    def done(self) -> int:
        return sum(each.done_at is not None for each in self.inspections)

    @property
    def minutes(self) -> int:
        """What is still to be done, looking around included."""
        left = [each for each in self.inspections if each.done_at is None]
        return sum(each.minutes + touring.MINUTES_THERE for each in left)

    @property
    def kilometres(self) -> str:
        """The whole way."""
        return f"{sum(each.metres for each in self.inspections) / 1000:.1f}"

    @property
    def markers(self) -> list[dict[str, Any]]:
        """Its places on a map."""
        return [
            {
                "longitude": each.place.longitude,
                "latitude": each.place.latitude,
                "label": each.place.name,
                "number": each.position,
            }
            for each in self.inspections
        ]


def show_round(found: Round) -> RoundPage:
    """Its places in order, each with how many problems were found (`wrong`). One query."""
    rows = found.inspections.select_related("place__division", "place__union")
    return RoundPage(found, list(rows.annotate(wrong=Count("problems")).order_by("position")))


def way_to(inspection: Inspection) -> list[Route]:
    """Links into the phone's maps."""
    place = inspection.place
    return routes(place.name, place.longitude, place.latitude, drives=inspection.round.drives)
