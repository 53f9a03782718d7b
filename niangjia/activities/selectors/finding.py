"""Finding activities: by place, time, kind and words, nearest first or soonest first."""

import datetime as dt
import math
import uuid
from dataclasses import dataclass

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ATan2, Cos, Power, Radians, Sin, Sqrt

from niangjia.activities.models import Activity, ActivitySearch, Answer, CoOrganiser, State
from niangjia.core import scope
from niangjia.core.pagination import Page, page_of
from niangjia.members.models import Account, MembershipStatus
from niangjia.members.selectors import find_membership
from niangjia.organisations.rules import ancestor_paths
from niangjia.organisations.rules.positions import EARTH_RADIUS_METRES, Position
from niangjia.places.rules.finding import tsquery
from niangjia.regions.models import Division

#: The soonest comes first; what began goes on being found until it is over.
ORDER = ("starts_at", "id")
NEAREST = ("metres", "id")
#: Nobody goes farther for an evening.
FARTHEST_METRES = 100_000
METRES_A_DEGREE = EARTH_RADIUS_METRES * math.pi / 180
PAGE_SIZE = 20


@dataclass(frozen=True)
class Criteria:
    """What somebody looks for. Empty fields do not matter; `since` and `until` bound the time."""

    words: str = ""
    kind: str = ""
    programme: str = ""
    division: Division | None = None
    near: Position | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    union_path: str = ""


def path_of(account: Account | None) -> str:
    """Where somebody's membership lies; nothing for whoever is no member. One query at most."""
    membership = find_membership(account) if account else None
    if membership is None or membership.status == MembershipStatus.ENDED:
        return ""
    return membership.union.path


def visible_to(path: str) -> Q:
    """The activities that a member at `path` may find: everybody's, and those of the unions that
    they belong to, or that put one on together with others."""
    if not path:
        return Q(seen_by=None)
    above = ancestor_paths(path)
    beside = CoOrganiser.objects.filter(
        activity=OuterRef("pk"), state=Answer.ACCEPTED, opens=True, union__path__in=above
    )
    return Q(seen_by=None) | Q(seen_by__path__in=above) | Q(Exists(beside))


def may_see(activity: Activity, account: Account | None) -> bool:
    """Whether a page may be shown. Nobody sees a draft here. Two
    queries where it is not public."""
    if activity.is_hidden:
        return False
    if activity.seen_by is None:
        return True
    return Activity.objects.filter(visible_to(path_of(account)), pk=activity.pk).exists()


def list_found(criteria: Criteria, *, path: str, now: dt.datetime) -> QuerySet[Activity]:
    """The published activities that are not over and match."""
    found = Activity.objects.filter(visible_to(path), state=State.PUBLISHED, ends_at__gt=now)
    if criteria.kind:
        found = found.filter(kind=criteria.kind)
    if criteria.programme:
        found = found.filter(programme=criteria.programme)
    if criteria.division:
        inside = Q(division__path__startswith=criteria.division.path)
        found = found.filter(inside | Q(division=None))
    if criteria.since:
        found = found.filter(ends_at__gte=criteria.since)
    if criteria.until:
        found = found.filter(starts_at__lt=criteria.until)
    if criteria.union_path:
        found = found.filter(scope.subtree(criteria.union_path, field="union__path"))
    if query := tsquery(criteria.words):
        found = found.filter(pk__in=matching(query))
    return found.select_related("union", "division")


def matching(query: str) -> QuerySet[ActivitySearch, dict[str, uuid.UUID]]:
    """The activities with all words of `query`, in characters, pinyin or initials, by the index."""
    entries = ActivitySearch.objects.extra(where=["tokens @@ %s::tsquery"], params=[query])
    return entries.values("activity_id")


def find_activities(
    criteria: Criteria, *, path: str, now: dt.datetime, cursor: str | None = None
) -> Page[Activity]:
    """A page of what matches: the soonest first, or with a position the nearest first, each then
    with its distance in `metres`. One query. Raises `Invalid` for a cursor of another list."""
    found = list_found(criteria, path=path, now=now)
    if criteria.near is None:
        return page_of(found, order=ORDER, cursor=cursor, size=PAGE_SIZE)
    return page_of(nearest(found, criteria.near), order=NEAREST, cursor=cursor, size=PAGE_SIZE)


def nearest(found: QuerySet[Activity], near: Position) -> QuerySet[Activity]:
    """Those within `FARTHEST_METRES`, each with its great-circle distance in `metres`."""
    span = FARTHEST_METRES / METRES_A_DEGREE
    beside = found.filter(latitude__gte=near.latitude - span, latitude__lte=near.latitude + span)
    across = Radians(F("longitude") - near.longitude) / 2
    up = Radians(F("latitude") - near.latitude) / 2
    here = Value(math.cos(math.radians(near.latitude)), FloatField())
    chord = Power(Sin(up), 2) + here * Cos(Radians(F("latitude"))) * Power(Sin(across), 2)
    metres = Value(2 * EARTH_RADIUS_METRES, FloatField()) * ATan2(
        Sqrt(chord), Sqrt(Value(1.0) - chord)
    )
    return beside.annotate(metres=metres).filter(metres__lte=FARTHEST_METRES)
