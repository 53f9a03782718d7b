"""Nearest first, exactly.

The index knows distances on Mercator's plane only. So the nearest on the plane are fetched, with
a few to spare, and put in order by their distance over the ground; when the plane's distortion
could hide a nearer union among those not fetched, everything within reach is fetched.
"""

import math
from dataclasses import astuple, dataclass
from typing import Any

from django.db import connection

from niangjia.organisations.rules import positions, search_strata
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.rules.search_queries import Query
from niangjia.organisations.selectors.search_rows import COLUMNS, FoundUnion

#: How many of the nearest unions are tried one by one, at first and at most, before the words are
#: asked instead.
FIRST_WALK, WALK = 200, 4_000
SPARE = 10

#: Exact matches come first, the rest by distance.
EXACT_STAGE, NEAR_STAGE = 0, 1

ENTRY = """
    union_id, rank, point(easting, northing) <-> point(%(easting)s, %(northing)s) AS plane,
    12742017.6 * asin(least(1, sqrt(
        power(sin(radians(latitude - %(latitude)s) / 2), 2)
        + cos(radians(latitude)) * cos(radians(%(latitude)s))
        * power(sin(radians(longitude - %(longitude)s) / 2), 2)
    ))) AS distance
"""
MATCHES = "tokens @@ (%(queries)s::tsquery[])[(rank / %(stratum_size)s)::int + 1]"
#: Distance first, words tried on each: quick when many match.
WALKING = """
    SELECT * FROM (
        SELECT {entry}, {matches} AS matches
        FROM organisations_unionsearch WHERE easting IS NOT NULL
        ORDER BY point(easting, northing) <-> point(%(easting)s, %(northing)s)
        LIMIT %(walk)s
    ) AS walked WHERE matches LIMIT %(limit)s
"""
#: Everything within a circle on the plane.
WITHIN = """
    SELECT {entry}, true AS matches FROM organisations_unionsearch
    WHERE point(easting, northing) <@ circle(point(%(easting)s, %(northing)s), %(reach)s)
        AND {matches}
    ORDER BY distance, rank LIMIT %(limit)s
"""
#: Words first, distance computed for each: quick when few match.
MATCHING = """
    SELECT {entry}, true AS matches
    FROM unnest(%(queries)s::tsquery[]) AS strata(wanted)
    CROSS JOIN LATERAL (
        SELECT * FROM organisations_unionsearch
        WHERE tokens @@ wanted AND easting IS NOT NULL OFFSET 0
    ) AS hit
    ORDER BY distance, rank LIMIT %(limit)s
"""
SHOWN = """
    WITH found AS MATERIALIZED ({found})
    SELECT found.plane, found.distance, found.rank, {columns}, found.distance
    FROM found
    JOIN organisations_unionsearch AS s ON s.union_id = found.union_id
    JOIN organisations_union AS u ON u.id = found.union_id
    ORDER BY found.distance, found.rank
"""

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Seen:
    """How far somebody has read: the last row's distance and rank, and how many before it."""

    stage: int = EXACT_STAGE
    distance: float = -1.0
    rank: int = 0
    count: int = 0


def find(
    query: Query, *, near: Position, after: Seen, size: int
) -> tuple[list[FoundUnion], tuple[Any, ...] | None]:
    """The page after `after`, and where the next one begins (None: there is no more)."""
    rows: list[Row] = []
    seen = after
    if query.exact and after.stage == EXACT_STAGE:
        rows = beyond(matching(query.exact, near, after.count + size + 1), after)
        if len(rows) > size:
            return page(rows[:size]), astuple(moved(after, rows[:size]))
    if after.stage == EXACT_STAGE:
        seen = Seen(stage=NEAR_STAGE)
    left = size - len(rows)
    needed = seen.count + left + 1
    nearest = beyond(nearest_matches(query.contained, near, needed), seen)
    if query.loose and not rows and not nearest and not seen.count:
        nearest = nearest_matches(query.loose, near, size)
    following = moved(seen, nearest[:left]) if len(nearest) > left else None
    return page([*rows, *nearest[:left]]), astuple(following) if following else None


def beyond(rows: list[Row], seen: Seen) -> list[Row]:
    """The rows after the last one seen."""
    return [row for row in rows if (row[1], row[2]) > (seen.distance, seen.rank)]


def moved(seen: Seen, rows: list[Row]) -> Seen:
    """How far somebody has read after these rows too."""
    if not rows:
        return seen
    _, distance, rank, *_ = rows[-1]
    return Seen(seen.stage, distance, rank, seen.count + len(rows))


def page(rows: list[Row]) -> list[FoundUnion]:
    return [FoundUnion(*row[3:]) for row in rows]


def nearest_matches(template: str, near: Position, needed: int) -> list[Row]:
    """The `needed` nearest that match, or all there are; maybe a few more.

    A short walk outwards shows how many around here match; if a longer one promises enough, it
    is taken, and otherwise few match at all and are looked up by their words.
    """
    limit = needed + SPARE
    walk = max(FIRST_WALK, 2 * limit)
    rows = run(WALKING, template, near, limit=limit, walk=walk)
    if 0 < len(rows) < limit:
        walk = 2 * walk * limit // len(rows)
        rows = run(WALKING, template, near, limit=limit, walk=walk) if walk <= WALK else []
    if len(rows) < limit:
        return matching(template, near, needed)
    on_plane = max(row[0] for row in rows)
    reach = positions.mercator_reach(near, rows[needed - 1][1])
    if reach < on_plane:
        return rows
    if math.isinf(reach):
        return matching(template, near, needed)
    # A millimetre for rounding, so that no union at exactly this distance is left out.
    return run(WITHIN, template, near, limit=needed, reach=reach + 0.001)


def matching(template: str, near: Position, needed: int) -> list[Row]:
    """The `needed` nearest among all that match."""
    return run(MATCHING, template, near, limit=needed)


def run(found: str, template: str, near: Position, **params: Any) -> list[Row]:
    """Rows of (plane, distance, rank, columns…, distance) in order of distance over the ground."""
    values = {
        "queries": search_strata.in_each(template),
        "stratum_size": search_strata.LENGTHS * search_strata.NUMBERS,
        "easting": near.easting,
        "northing": near.northing,
        "longitude": near.longitude,
        "latitude": near.latitude,
        **params,
    }
    with connection.cursor() as cursor:
        inner = found.format(entry=ENTRY, matches=MATCHES)
        cursor.execute(SHOWN.format(found=inner, columns=COLUMNS), values)
        rows: list[Row] = cursor.fetchall()
    return rows
