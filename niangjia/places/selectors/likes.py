"""What is known near places that are written down: existing ones and earlier rows of a list."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from niangjia.core.database import arrays
from niangjia.core.scope import Reach
from niangjia.organisations.rules.positions import Position
from niangjia.places.models import ListRow, RowState
from niangjia.places.rules.likeness import HIGH, MOST_NEAR, WIDE, Known, Neighbours
from niangjia.places.rules.listing import plain_address

#: For each asked place whatever is near it, and whatever has its name or address a few streets off:
#: a point of another coordinate system stands there. Walks the index by latitude. Of what
#: is nearest 50 are enough, whatever stands there.
NEAR = """
    SELECT asked.number, near.*, near.plain = asked.address OR near.name = asked.name
    FROM unnest(%(numbers)s::int[], %(names)s::text[], %(addresses)s::text[],
                %(longitudes)s::float8[], %(latitudes)s::float8[])
            AS asked (number, name, address, longitude, latitude)
    CROSS JOIN LATERAL (
        SELECT place.code, place.kind, place.name, place.plain, place.longitude, place.latitude,
               keeper.path
        FROM (SELECT *, replace(normalize(address, NFKC), ' ', '') AS plain FROM places_place)
            AS place
        JOIN organisations_union AS keeper ON keeper.id = place.union_id
        WHERE place.latitude BETWEEN asked.latitude - 0.02 AND asked.latitude + 0.02
            AND place.longitude BETWEEN asked.longitude - 0.035 AND asked.longitude + 0.035
            AND place.state <> 'closed'
            AND (abs(place.latitude - asked.latitude) < %(high)s
                 AND abs(place.longitude - asked.longitude) < %(wide)s
                 OR place.name = asked.name OR place.plain = asked.address)
        ORDER BY abs(place.latitude - asked.latitude) + abs(place.longitude - asked.longitude)
        LIMIT %(most)s
    ) AS near
"""


@dataclass(frozen=True)
class Asked:
    """A row of a list whose neighbours are wanted. Its point is WGS-84."""

    number: int
    kind: str
    name: str
    address: str
    point: Position


@dataclass
class Surroundings:
    """What is known around a row; `trusted` are points of published places at its address or of
    its name."""

    known: list[Known] = field(default_factory=list)
    trusted: list[Position] = field(default_factory=list)


def surroundings(
    list_id: uuid.UUID, asked: Sequence[Asked], reach: Reach
) -> dict[int, Surroundings]:
    """Places and earlier rows around each row, by its number. `reach`: whose places the list may
    bring up to date. Two queries."""
    found = places_near(asked, reach)
    rows = Neighbours(sorted([*rows_near(list_id, asked), *map(known_row, asked)], key=number_of))
    for each in asked:
        found[each.number].known += rows.before(each.number, each.point)
    return found


def places_near(asked: Sequence[Asked], reach: Reach) -> dict[int, Surroundings]:
    """The same of places alone. One query."""
    found = {each.number: Surroundings() for each in asked}
    values: dict[str, str | float] = {
        "numbers": arrays.of_plain(each.number for each in asked),
        "names": arrays.of_texts(each.name for each in asked),
        "addresses": arrays.of_texts(plain_address(each.address) for each in asked),
        "longitudes": arrays.of_plain(each.point.longitude for each in asked),
        "latitudes": arrays.of_plain(each.point.latitude for each in asked),
        **{"high": HIGH, "wide": WIDE, "most": MOST_NEAR},
    }
    with connection.cursor() as cursor:
        cursor.execute(NEAR, values)
        for number, code, kind, name, _address, east, north, path, same in cursor.fetchall():
            point = Position(east, north)
            found[number].known.append(Known(code, kind, name, point, is_ours=reach.covers(path)))
            if same:
                found[number].trusted.append(point)
    return found


def rows_near(list_id: uuid.UUID, asked: Sequence[Asked]) -> list[Known]:
    """Rows of the list that were read before those that are asked for, and lie in the box that
    holds all of these. One query."""
    if not asked:
        return []
    longitudes = [each.point.longitude for each in asked]
    latitudes = [each.point.latitude for each in asked]
    found = ListRow.objects.filter(
        place_list=list_id,
        place=None,
        number__lt=max(each.number for each in asked),
        longitude__range=(min(longitudes) - WIDE, max(longitudes) + WIDE),
        latitude__range=(min(latitudes) - HIGH, max(latitudes) + HIGH),
    )
    found = found.exclude(state=RowState.SKIPPED).exclude(number__in=[a.number for a in asked])
    names = ("number", "values__kind", "name", "longitude", "latitude")
    told: Iterable[tuple[int, str, str, float, float]] = found.values_list(*names)
    return [
        Known(str(number), kind, name, Position(east, north), is_row=True)
        for number, kind, name, east, north in told
    ]


def known_row(asked: Asked) -> Known:
    """A row as later ones know it."""
    return Known(str(asked.number), asked.kind, asked.name, asked.point, is_row=True)


def number_of(known: Known) -> int:
    return int(known.key)
