"""400,000 places for a benchmark: strewn around the seats of all counties, denser in the middle.

Made up, deterministic, and copied in rather than listed one by one. When each is open is computed
by the service that does it every night.
"""

import uuid
from collections.abc import Iterator

from django.db import connection, transaction

from niangjia.core import clock, ids
from niangjia.operations.demo import Progress, divisions, federations
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.models import Union
from niangjia.organisations.rules.positions import Position
from niangjia.places import services
from niangjia.places.models import Kind
from niangjia.places.rules import facilities
from niangjia.regions.models import Division, Level

BATCH = 20_000
#: In degrees; half of a county's places lie within a quarter of it.
SPREAD = 0.16
#: How many in a hundred have it.
SHARES = {
    **{"water": 95, "meal": 80, "charge": 85, "rest": 92, "toilet": 50, "cool": 70, "wifi": 40},
    **{"medicine": 60, "aed": 6, "nursing": 5, "air_pump": 12, "shower": 2, "truck_parking": 1},
    **{"law": 3, "counselling": 2, "e_bike": 8, "laundry": 1, "canteen": 3, "bed": 1},
}
#: Hours, and how many in a hundred keep them.
HOURS = (
    ("Mo-Su 08:00-20:00", 34),
    ("Mo-Su 07:00-22:00", 22),
    ("Mo-Fr 08:30-17:30; PH off", 18),
    ("Mo-Su 06:30-23:00", 9),
    ("Mo-Sa 08:00-19:00", 8),
    ("Mo-Fr 11:00-14:00,16:30-21:00; Sa,Su,PH 09:00-21:00", 5),
    ("24/7", 2),
    ("Mo-Su 17:00-03:00", 2),
)
COLUMNS = (
    "code, union_id, kind, state, name, name_en, introduction, division_id, address, way_in, "
    "longitude, latitude, phone, hours, facilities, haves, languages, accessibility, welcome, "
    "is_made_up, created_at, changed_at, published_at, close_reason"
)
ENTRIES = """
    INSERT INTO places_placesearch
        (place_id, easting, northing, longitude, latitude, offers, missing, open, at_night, tokens)
    SELECT place.id, told.easting, told.northing, place.longitude, place.latitude, told.offers, 0,
        '{}', false, ''
    FROM unnest(%s::text[], %s::bigint[], %s::float8[], %s::float8[])
            AS told(code, offers, easting, northing)
        JOIN places_place AS place USING (code)
"""


def load(count: int, progress: Progress) -> None:
    """Fill an empty database: divisions, federations, `count` places and their search rows."""
    divisions.load(progress=progress)
    federations.load(progress=progress)
    copy(count, progress)
    services.refresh_openings(now=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL, ANALYZE) places_placesearch")
        cursor.execute("VACUUM ANALYZE")


# Not retried: the database is nobody else's yet.
@transaction.atomic
def copy(count: int, progress: Progress) -> None:
    """Write the rows of all places and what the search knows of them."""
    # Read before the copy begins: a connection that copies answers no questions.
    union_id = Union.objects.order_by("depth", "number").values_list("pk", flat=True)[0]
    counties, told = seats(), []
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY places_place ({COLUMNS}) FROM STDIN") as rows:
            for number, (row, offers, point) in enumerate(places(count, union_id, counties), 1):
                rows.write_row(row)
                told.append((row[0], offers, point.easting, point.northing))
                if number % 10_000 == 0:
                    progress(number, count)
        for first in range(0, count, BATCH):
            columns = zip(*told[first : first + BATCH], strict=True)
            cursor.execute(ENTRIES, [list(column) for column in columns])


def places(
    count: int, union_id: uuid.UUID, counties: list[tuple[str, Position]]
) -> Iterator[tuple[tuple[object, ...], int, Position]]:
    """A row for each place, its offers and its point; counties take turns."""
    now = clock.now()
    for number in range(count):
        code, middle = counties[number % len(counties)]
        dice = Dice("bench-place", number)
        kind = Kind.DRIVERS_HOME if number % 100 == 0 else Kind.STATION
        has = [key for key, share in SHARES.items() if dice.number(1, 100) <= share]
        point = Position(middle.longitude + strewn(dice), middle.latitude + strewn(dice))
        row: tuple[object, ...] = (
            *(ids.with_check_digit(f"{code}{number:06d}"), union_id, str(kind), "published"),
            *(f"{number} 号驿站", "", "", code, f"{number} 号", "", point.longitude),
            *(point.latitude, "", hours(dice), has, [], [], [], [], True, now, now, now, ""),
        )
        yield row, facilities.offers(kind, has), point


def seats() -> list[tuple[str, Position]]:
    """The counties' codes and points, in the order of their codes."""
    counties = Division.objects.filter(level=Level.COUNTY).order_by("code")
    return [
        (county.code, Position(county.longitude, county.latitude))
        for county in counties
        if county.longitude is not None and county.latitude is not None
    ]


def strewn(dice: Dice) -> float:
    """So many degrees from the middle: near it more often than far."""
    side = 2 * dice.share() - 1
    return SPREAD * side * abs(side)


def hours(dice: Dice) -> str:
    """Hours as often as they are kept."""
    drawn = dice.number(1, 100)
    for text, share in HOURS:
        drawn -= share
        if drawn <= 0:
            return text
    return HOURS[0][0]
