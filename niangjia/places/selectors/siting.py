"""What a siting is worked out from, and what officers see of it."""

import math
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Union
from niangjia.organisations.rules.positions import Position
from niangjia.places.models import DemandCell, Place, Proposal, Siting, State, Who
from niangjia.places.rules.coverage import CELL, COUNTED, KINDS, REACH_METRES, week_bits
from niangjia.places.rules.siting import Covering, within
from niangjia.places.rules.walks import cell_at, key_of
from niangjia.places.selectors.desk import IN_PROGRESS, KEEPS
from niangjia.regions.models import Division

#: The cells that a point reaches along streets, by their keys; None where no street is near.
Walks = Mapping[Position, frozenset[int] | None]
NEEDS = """
    SELECT cell.longitude, cell.latitude, cell.side_m, cell.count,
        bit_count(cell.covered & %s::text::bit(168))
    FROM places_demandcell AS cell
    JOIN regions_division AS division ON division.code = cell.division_id
    WHERE cell.people = ANY(%s) AND cell.covered IS NOT NULL
        AND division.path >= %s AND division.path < %s
    ORDER BY cell.count DESC, cell.longitude, cell.latitude, cell.id
"""
#: One office for each cell of the grid: that of the union furthest up.
OFFICES = """
    SELECT DISTINCT ON (col, line)
        organisation.id, organisation.longitude, organisation.latitude
    FROM organisations_union AS organisation
    JOIN regions_division AS division ON division.code = organisation.division_id
    CROSS JOIN LATERAL (SELECT floor(organisation.longitude / %s) AS col,
        floor(organisation.latitude / %s) AS line) AS cell
    WHERE organisation.status = 'active' AND col IS NOT NULL AND line IS NOT NULL
        AND division.path >= %s AND division.path < %s
    ORDER BY col, line, organisation.depth, organisation.number
"""


@dataclass(frozen=True)
class Need:
    """A cell: so many people, in so many hours of the window a station is open near them."""

    point: Position
    side_m: int
    count: int
    hours: int


@dataclass(frozen=True)
class Site:
    """Where a station may be opened; at a place or at a union's office if there is one."""

    point: Position
    place_id: uuid.UUID | None = None
    union_id: uuid.UUID | None = None


def list_needs(division: Division, who: str, window: str) -> list[Need]:
    """The cells there, those with the most people first. One query."""
    people = [each.value for each in COUNTED[Who(who)]]
    values: list[Any] = [week_bits(window), people, division.path, scope.after(division.path)]
    with connection.cursor() as cursor:
        cursor.execute(NEEDS, values)
        rows = cursor.fetchall()
    return [Need(Position(row[0], row[1]), *row[2:]) for row in rows]


def list_sites(union: Union, needs: Iterable[Need]) -> list[Site]:
    """One site for each cell of the grid that has any: a place on its way to the public, of `union`
    or one below it; else one that is open to the public, though not always, a station before
    anything else, which could have longer hours or a station inside; else a union's office, else
    the middle of a cell where people are. Two queries."""
    division = union.division
    inside = scope.subtree(division.path, field="division__path")
    inside &= scope.subtree(union.path, field="union__path")
    coming = Q(state__in=IN_PROGRESS, kind__in=KINDS)
    there = Q(state=State.PUBLISHED) & ~Q(hours="24/7")
    known = Place.objects.filter(inside, coming | there).annotate(
        rank=Case(When(coming, then=0), When(kind__in=KINDS, then=1), default=2)
    )
    found: dict[tuple[int, int], Site] = {}
    rows = known.order_by("rank", "code").values_list("pk", "longitude", "latitude")
    for key, longitude, latitude in rows:
        point = Position(longitude, latitude)
        found.setdefault(cell_of(point), Site(point, place_id=key))
    with connection.cursor() as cursor:
        cursor.execute(OFFICES, [*CELL, division.path, scope.after(division.path)])
        for key, longitude, latitude in cursor.fetchall():
            point = Position(longitude, latitude)
            found.setdefault(cell_of(point), Site(point, union_id=key))
    for need in needs:
        found.setdefault(cell_of(need.point), Site(need.point))
    return list(found.values())


def cell_of(point: Position) -> tuple[int, int]:
    """The cell of the grid that a point lies in."""
    return math.floor(point.longitude / CELL[0]), math.floor(point.latitude / CELL[1])


def covering_of(needs: list[Need], sites: list[Site], hours: int, walked: Walks) -> Covering:
    """Worth of a cell is people times the hours of the window in which nothing is open near them;
    a station that is opened is taken to be open in all of them. `walked`: the cells that sites
    reach along streets; for a site of which nothing is known the straight line counts."""
    reached = within([site.point for site in sites], [need.point for need in needs], REACH_METRES)
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, need in enumerate(needs):
        numbers[key_of(cell_at(need.point, need.side_m))].append(number)
    for number, site in enumerate(sites):
        if (keys := walked.get(site.point)) is not None:
            reached[number] = tuple(sorted(cell for key in keys for cell in numbers.get(key, ())))
    return Covering([need.count * (hours - need.hours) for need in needs], reached)


def has_needs(division: Division, who: str) -> bool:
    """Whether anybody is counted there. One query."""
    inside = scope.subtree(division.path, field="division__path")
    counted = DemandCell.objects.filter(inside, people__in=COUNTED[Who(who)])
    return counted.filter(covered__isnull=False).exists()


def list_sitings_within(posts: Iterable[Post]) -> QuerySet[Siting]:
    """What was asked for the unions that `posts` reach. Order by "-id"."""
    found = Siting.objects.filter(scope.within(reaches(posts, KEEPS), field="union__path"))
    return found.select_related("union__division").defer("cells", "kept")


def access_siting_within(posts: Iterable[Post], key: str) -> Siting:
    """One of them. Raises `NotFound`."""
    number = ids.parse_uuid(key)
    found = number and list_sitings_within(posts).defer(None).filter(pk=number).first()
    if not found:
        raise NotFound(_("There is no such page"))
    return found


def list_proposals(siting: Siting) -> list[Proposal]:
    """The sites that were chosen, by rank. One query."""
    return list(siting.proposals.select_related("place", "union").order_by("rank"))
