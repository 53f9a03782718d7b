"""Whom stations reach of a union's own members: for unions that do not stand for a division.

An industrial union's, a company's or a joint union's members work here and there, in one county or
in many. So each of its unions below, in either tree, is looked up where it has its office, in the
cells that were measured there (ADR 131). What is read of a cell is how it is reached, never how
many people are in it; how many are in one's own unions is no secret from whoever keeps them.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from niangjia.core import scope
from niangjia.organisations.models import Kind, Union
from niangjia.places.models import Coverage, People
from niangjia.places.rules.coverage import (
    CELL,
    CELL_METRES,
    COARSE_METRES,
    COARSER,
    ON_THE_ROAD,
    SMALLEST_TOLD,
    STEP,
    Week,
)

MOST_WORST = 10
OWN = """
    SELECT own.number, own.name, division.name, own.members, own.is_placed,
        coalesce(fine.covered, coarse.covered)::text
    FROM (
        SELECT union_.id, union_.number, union_.name, union_.division_id, count(*) AS members,
            union_.longitude, union_.latitude,
            union_.longitude IS NOT NULL AND union_.latitude IS NOT NULL
                AND NOT union_.admits_directly::text[] && %(on_the_road)s::text[] AS is_placed
        FROM organisations_union AS union_
        JOIN members_membership AS membership ON membership.union_id = union_.id
        WHERE membership.status = 'admitted'
            AND (union_.path >= %(path)s AND union_.path < %(after)s
                OR union_.industry_path >= %(trade)s AND union_.industry_path < %(after_trade)s)
        GROUP BY union_.id
    ) AS own
    JOIN regions_division AS division ON division.code = own.division_id
    LEFT JOIN places_demandcell AS fine
        ON fine.people = 'members' AND fine.side_m = %(cell)s
        AND fine.division_id = own.division_id AND own.is_placed
        AND floor(fine.longitude / %(width)s) = floor(own.longitude / %(width)s)
        AND floor(fine.latitude / %(height)s) = floor(own.latitude / %(height)s)
    LEFT JOIN places_demandcell AS coarse
        ON coarse.people = 'members' AND coarse.side_m = %(coarse)s
        AND coarse.division_id = left(own.division_id, 6) AND own.is_placed
        AND floor(coarse.longitude / (%(width)s * %(coarser)s))
            = floor(floor(own.longitude / %(width)s) / %(coarser)s)
        AND floor(coarse.latitude / (%(height)s * %(coarser)s))
            = floor(floor(own.latitude / %(height)s) / %(coarser)s)
"""


@dataclass(frozen=True)
class OwnUnion:
    """One of a union's unions, and how its office is reached, hour by hour of a week, of ten."""

    number: str
    name: str
    division: str
    members: int
    week: Week


@dataclass(frozen=True)
class OwnMeasured:
    """`week` counts members where their union has its office, in tens. `unplaced`: members of the
    same unions whose union has no point, who work on the road, or where too few are counted.
    `divisions`: in how many the unions lie."""

    week: Week
    unplaced: int
    divisions: int
    first_date: dt.date
    unions: list[OwnUnion]

    def worst(self, window: str) -> list[OwnUnion]:
        """Those with the most members not reached over the hours of the window."""
        missed = [each for each in self.unions if each.week.share_in(window) < 100]
        return sorted(
            missed,
            key=lambda each: (-each.members * (100 - each.week.share_in(window)), each.number),
        )[:MOST_WORST]


def stands_for_division(union: Union) -> bool:
    """Whether all who work in its division are its concern: a federation's."""
    return union.kind == Kind.FEDERATION


def find_own(union: Union) -> OwnMeasured | None:
    """What was measured last where the members of a union and of those below it work, along both
    trees; None where fewer than eight of them can be placed. Two queries."""
    latest = Coverage.objects.filter(people=People.MEMBERS).order_by("-first_date").first()
    if latest is None:
        return None
    rows = rows_of(union)
    placed = [(*row[:4], row[5]) for row in rows if row[5]]
    total = sum(members for _number, _name, _division, members, _bits in placed)
    if total < SMALLEST_TOLD:
        return None
    everybody = sum(row[3] for row in rows)
    hours = [
        sum(members for *_names, members, bits in placed if bits[hour] == "1")
        for hour in range(len(placed[0][4]))
    ]
    return OwnMeasured(
        in_tens(total, hours),
        (everybody - total) // STEP * STEP,
        len({row[2] for row in rows}),
        latest.first_date,
        [
            OwnUnion(number, name, division, members, in_tens(STEP, [STEP * int(b) for b in bits]))
            for number, name, division, members, bits in placed
        ],
    )


def in_tens(total: int, hours: list[int]) -> Week:
    """People as they are told: whole tens, and of those as many reached as the share says."""
    told = max(STEP, round(total / STEP) * STEP)
    return Week(told, tuple(round(told * reached / total) for reached in hours))


def rows_of(union: Union) -> list[tuple[str, str, str, int, bool, str | None]]:
    """Each union of its own with members."""
    trade = union.industry_path or union.path
    values: dict[str, Any] = {
        "path": union.path,
        "after": scope.after(union.path),
        "trade": trade,
        "after_trade": scope.after(trade),
        "on_the_road": ON_THE_ROAD,
        "cell": CELL_METRES,
        "coarse": COARSE_METRES,
        "coarser": COARSER,
        "width": CELL[0],
        "height": CELL[1],
    }
    with connection.cursor() as cursor:
        cursor.execute(OWN, values)
        return list(cursor.fetchall())
