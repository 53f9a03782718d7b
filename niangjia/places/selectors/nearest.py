"""The nearest places that are open now and have what one needs: exact, and quick.

The index knows Mercator's plane, which stretches every direction alike, and the more the nearer the
pole. So some more than wanted of the nearest on the plane are fetched and put in order over the
ground. Nothing else can belong among the first k when the last one fetched lies further off on
the plane than anything within the ground distance of the k-th can (`positions.mercator_reach`).
Only where that proof fails is everything within that circle fetched. See docs/adr/0116.
"""

import datetime as dt
import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from niangjia.core.prepared import Asked, together
from niangjia.organisations.rules import positions
from niangjia.organisations.rules.positions import Position
from niangjia.places.rules import facilities, opening
from niangjia.places.rules.finding import PAGE, Criteria, tsquery

#: Fetched beyond what is wanted, so that the proof nearly always holds.
SPARE = 3
#: Floating point is off by less than this many metres on either side.
ROUNDING_METRES = 0.01
#: So many matches of words, the nearest on the plane, are put in order over the ground.
MOST_MATCHES = 400

PLANE = "point(easting, northing) <-> point(%(easting)s, %(northing)s)"
GROUND = """
    12742017.6 * asin(least(1, sqrt(
        power(sin(radians(latitude - %(latitude)s) / 2), 2)
        + cos(radians(latitude)) * cos(radians(%(latitude)s))
        * power(sin(radians(longitude - %(longitude)s) / 2), 2)
    )))
"""
ENTRY = f"""
    place_id, {PLANE} AS plane, {GROUND} AS distance, longitude, latitude, offers, open,
    CASE WHEN missing_until > %(now)s THEN missing ELSE 0 END AS lacking
"""
#: The square around the circle: an index asks it of every entry, at half of what the circle costs.
#: What lies in its corners is too far over the ground, and left out by that.
WITHIN = """
    point(easting, northing) <@ box(
        point(%(easting)s - %(reach)s, %(northing)s - %(reach)s),
        point(%(easting)s + %(reach)s, %(northing)s + %(reach)s))
"""
#: Nearest on the plane first; the index hands them out in this order.
WALKING = f"""
    SELECT {ENTRY} FROM places_placesearch WHERE {WITHIN} {{conditions}}
    ORDER BY {PLANE} LIMIT %(limit)s
"""  # noqa: S608 - texts of ours, no values
MATCHING = f"""
    SELECT {ENTRY} FROM places_placesearch WHERE tokens @@ %(query)s::tsquery {{conditions}}
    ORDER BY {PLANE} LIMIT %(limit)s
"""  # noqa: S608
#: Until when it is open without a break; of what is shut, when it opens next. The stretches come in
#: their order, so the first that fits is the one, and the others are not looked at.
SHOWN = """
    SELECT place_id, plane, distance, longitude, latitude, offers, lacking,
        CASE WHEN is_open THEN (
            SELECT upper(stretch) FROM (SELECT unnest(open) AS stretch) AS stretches
            WHERE upper(stretch) > %(now)s::timestamptz LIMIT 1) END,
        CASE WHEN NOT is_open THEN (
            SELECT lower(stretch) FROM (SELECT unnest(open) AS stretch) AS stretches
            WHERE lower(stretch) > %(now)s::timestamptz LIMIT 1) END
    FROM (SELECT *, open @> %(now)s::timestamptz AS is_open FROM ({found}) AS found) AS found
"""

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Near:
    """A place as near as it is. `metres` over the ground. `open_until` is None for one that is
    shut; `opens_at`, when it opens next, for one that is open. `lacking`: bits that people say are
    not there now."""

    place_id: uuid.UUID
    metres: float
    longitude: float
    latitude: float
    offers: int
    lacking: int
    open_until: dt.datetime | None
    opens_at: dt.datetime | None


@dataclass(frozen=True)
class Found:
    """The nearest in order. `steps` is how it was proved: "spare" by the ones fetched beyond,
    "all" as there are no others, "circle" by looking at everything that might be nearer."""

    items: list[Near] = field(default_factory=list)
    proof: str = "all"


#: Walks an index outward: at most so many rows (None: all) within so much on the plane.
Walk = Callable[[float, int | None], list[Row]]


def nearest_first(
    walk: Walk, near: Position, *, metres: float, count: int
) -> tuple[list[Row], str]:
    """The `count` nearest rows of any index of this kind, in order of their distance over the
    ground, and how that was proved (`Found.proof`). A row begins with its id, its distance on the
    plane and that over the ground. Walks once, rarely twice."""
    reach = bounded(positions.mercator_reach(near, metres) + ROUNDING_METRES)
    limit = count + SPARE
    rows = walk(reach, limit)
    if len(rows) < limit:
        return in_order(rows, metres, count), "all"
    last = max(row[1] for row in rows)
    nearest = sorted(row[2] for row in rows)[count - 1]
    possible = positions.mercator_reach(near, nearest) + ROUNDING_METRES
    if possible < last:
        return in_order(rows, metres, count), "spare"
    # Everything that might be nearer: no limit but the circle's own.
    return in_order(walk(min(possible, reach), None), metres, count), "circle"


def bounded(reach: float) -> float:
    """Beyond 85 degrees the plane runs off; no circle there leaves anything out."""
    return min(reach, 1e9) if math.isfinite(reach) else 1e9


def in_order(rows: list[Row], metres: float, count: int) -> list[Row]:
    """The first `count` of these rows over the ground; equally far ones by their id."""
    return sorted((row for row in rows if row[2] <= metres), key=lambda r: (r[2], r[0]))[:count]


def find_nearest(criteria: Criteria, *, now: dt.datetime, count: int = PAGE) -> Found:
    """The `count` nearest that match, in order of their distance over the ground; equally far ones
    by their id. Fewer only when no more lie within `criteria.metres`. One query, rarely two."""
    rows, proof = nearest_first(
        lambda reach, limit: ask(WALKING, criteria, now=now, reach=reach, limit=limit),
        criteria.near,
        metres=criteria.metres,
        count=count,
    )
    return Found([near_of(row) for row in rows], proof)


def near_of(row: Row) -> Near:
    place_id, _plane, metres, *rest = row
    return Near(place_id, metres, *rest)


def find_by_words(criteria: Criteria, *, now: dt.datetime, count: int = PAGE) -> Found:
    """By words, nearest first: those within reach, and, where they are fewer than `count`, the next
    ones wherever they lie. At most four queries."""
    if not tsquery(criteria.words):
        return find_nearest(criteria, now=now, count=count)
    near = find_nearest(criteria, now=now, count=count)
    if len(near.items) >= count:
        return near
    for loosely in (False, True):
        query = tsquery(criteria.words, loosely=loosely)
        rows = ask(MATCHING, criteria, now=now, query=query, limit=MOST_MATCHES)
        if rows:
            found = {each.place_id: each for each in (*map(near_of, rows), *near.items)}
            ordered = sorted(found.values(), key=lambda each: (each.metres, each.place_id))
            return Found(ordered[:count], "all")
    return near


def ask(statement: str, criteria: Criteria, *, now: dt.datetime, **more: Any) -> list[Row]:
    """The rows of one question."""
    near: Position = criteria.near
    query = tsquery(criteria.words)
    values = {
        "easting": near.easting,
        "northing": near.northing,
        "longitude": near.longitude,
        "latitude": near.latitude,
        "wanted": criteria.wanted,
        "query": query,
        "now": now,
        **more,
    }
    conditions = conditions_of(criteria, now=now)
    if query and statement is WALKING:
        conditions += " AND tokens @@ %(query)s::tsquery"
    inner = statement.format(conditions=conditions)
    [rows] = together(Asked(SHOWN.format(found=inner), values))  # type: ignore[arg-type]
    return list(rows)


def conditions_of(criteria: Criteria, *, now: dt.datetime) -> str:
    """What a place must fulfil, so that the index of the few that have something rare, or are open
    at night, is walked where there is one: its predicate stands there word for word."""
    parts = []
    if criteria.wanted:
        parts.append("offers & %(wanted)s::bigint = %(wanted)s::bigint")
        parts.append(
            "(missing & %(wanted)s::bigint = 0"
            " OR missing_until IS NULL OR missing_until <= %(now)s)"
        )
    sparse = facilities.sparse_part(criteria.wanted)
    if sparse:
        parts.append(f"offers & {sparse}::bigint <> 0")
    if criteria.only_open:
        # Of a condition it knows the planner guesses less when it does not know the moment, and so
        # would plan anew for each; this one it guesses alike.
        parts.append("coalesce(open @> %(now)s::timestamptz, false)")
        if opening.is_night(now) and not sparse:
            parts.append("at_night")
    return "".join(f" AND {part}" for part in parts)
