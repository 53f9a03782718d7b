"""What is known near places that are written down: existing ones and earlier rows of a list."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from niangjia.core.database import arrays
from niangjia.core.scope import Reach
from niangjia.organisations.rules.positions import Position
from niangjia.places.rules.likeness import Known

#: For each asked place whatever is near it, and whatever has its name or address a few streets off:
#: a point of another coordinate system stands there. Walks the index by latitude. Of what
#: is nearest 50 are enough, whatever stands there.
NEAR = """
    SELECT asked.number, near.key, near.kind, near.name, near.longitude, near.latitude, near.is_row,
           near.path, near.address = asked.address OR near.name = asked.name
    FROM unnest(%(numbers)s::int[], %(names)s::text[], %(addresses)s::text[],
                %(longitudes)s::float8[], %(latitudes)s::float8[])
            AS asked (number, name, address, longitude, latitude)
    CROSS JOIN LATERAL (
        (SELECT place.code AS key, place.kind, place.name, place.address, place.longitude,
                place.latitude, false AS is_row, keeper.path
         FROM places_place AS place JOIN organisations_union AS keeper ON keeper.id = place.union_id
         WHERE place.latitude BETWEEN asked.latitude - 0.02 AND asked.latitude + 0.02
             AND place.longitude BETWEEN asked.longitude - 0.035 AND asked.longitude + 0.035
             AND place.state <> 'closed'
             AND (abs(place.latitude - asked.latitude) < 0.0028
                  AND abs(place.longitude - asked.longitude) < 0.0050
                  OR place.name = asked.name OR place.address = asked.address)
         ORDER BY abs(place.latitude - asked.latitude) + abs(place.longitude - asked.longitude)
         LIMIT 50)
        UNION ALL
        (SELECT entry.number::text, entry.values ->> 'kind', entry.name, entry.address,
                entry.longitude, entry.latitude, true, NULL
         FROM places_listrow AS entry
         WHERE entry.place_list_id = %(list)s AND entry.number < asked.number
             AND entry.state <> 'skipped' AND entry.place_id IS NULL
             AND entry.latitude BETWEEN asked.latitude - 0.0028 AND asked.latitude + 0.0028
             AND entry.longitude BETWEEN asked.longitude - 0.0050 AND asked.longitude + 0.0050
         ORDER BY entry.number LIMIT 50)
    ) AS near
"""


@dataclass(frozen=True)
class Asked:
    """A row of a list whose neighbours are wanted. Its point is WGS-84."""

    number: int
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
    """By row. `reach`: whose places the list may bring up to date. One query."""
    found = {each.number: Surroundings() for each in asked}
    values: dict[str, str | uuid.UUID] = {
        "list": list_id,
        "numbers": arrays.of_plain(each.number for each in asked),
        "names": arrays.of_texts(each.name for each in asked),
        "addresses": arrays.of_texts(each.address for each in asked),
        "longitudes": arrays.of_plain(each.point.longitude for each in asked),
        "latitudes": arrays.of_plain(each.point.latitude for each in asked),
    }
    with connection.cursor() as cursor:
        cursor.execute(NEAR, values)
        for number, key, kind, name, longitude, latitude, is_row, path, same in cursor.fetchall():
            here = found[number]
            is_ours = is_row or reach.covers(path)
            point = Position(longitude, latitude)
            here.known.append(Known(key, kind, name, point, is_row, is_ours))
            if same and not is_row:
                here.trusted.append(point)
    return found
