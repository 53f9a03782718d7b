"""The whole country as a data set: every division, a federation in each, 300,000 grassroots unions.

Made up, deterministic, and copied in rather than founded one by one; the paths, numbers and
figures are exactly what the services would have written.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from niangjia.core import ids
from niangjia.operations.demo import Progress
from niangjia.organisations import rules
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Kind, Origin
from niangjia.regions import services as regions
from niangjia.regions.models import Division, Level

GRASSROOTS = 300_000
#: Where the real townships are not at hand, each county gets made-up ones: 41,3xx in all.
MADE_UP_TOWNSHIPS_PER_COUNTY = 14
#: A prime: neighbours in the count lie far apart, and each township has its turn.
STRIDE = 7919
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
#: Levels of the table that stand for no place of their own ("districts under the city").
NO_PLACE = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
BRANDS = "恒通华晟鼎盛永兴远大金桥宏达新源天成瑞丰嘉禾东方中兴安泰联创光明顺达"
TRADES = "纺织物流食品电子建筑机械医药餐饮商贸化工家政快递印刷服装汽车软件环保"
FORMS = ["有限公司", "股份有限公司", "厂", "集团有限公司", "合作社"]

COLUMNS = (
    "id, number, name, kind, status, origin, parent_id, path, depth, division_id, trade, "
    "introduction, address, phone, email, opening_hours, longitude, latitude, admits_directly, "
    "answer_working_days, updated_at"
)

ROLL_UP = """
    INSERT INTO organisations_figure (union_id, tree, metric, value)
    SELECT upper.id, 'territory', counted.metric, sum(counted.value)
    FROM (
        SELECT path, 'unions:' || kind AS metric, 1 AS value FROM organisations_union
        UNION ALL
        SELECT path, 'members', 20 + substr(number, 7, 7)::int %% 400
        FROM organisations_union WHERE kind = 'grassroots'
    ) AS counted
    CROSS JOIN LATERAL generate_series(%(segment)s, length(counted.path), %(segment)s) AS cut(at)
    JOIN organisations_union AS upper ON upper.path = left(counted.path, cut.at)
    GROUP BY upper.id, counted.metric
"""


@dataclass(frozen=True)
class Place:
    """A federation that others hang on."""

    id: uuid.UUID
    path: str
    depth: int
    division: Division


def load(*, divisions: Path | None, grassroots: int = GRASSROOTS, progress: Progress) -> None:
    """Fill an empty database: divisions (townships from the folder `divisions`, or made up),
    federations, `grassroots` unions spread evenly over the townships, and all figures."""
    regions.load_divisions()
    if divisions is not None:
        regions.load_townships(divisions)
    else:
        make_up_townships()
    # Read before the copy begins: a connection that copies answers no questions.
    divisions_by_level = list(Division.objects.order_by("level", "code").defer("pinyin"))
    with transaction.atomic(), connection.cursor() as cursor:
        copy_unions(divisions_by_level, grassroots, progress)
        cursor.execute(ROLL_UP, {"segment": rules.SEGMENT_LENGTH})
    organisations.index_all()
    tidy_up()


# Not retried: the database is nobody else's yet.
@transaction.atomic
def copy_unions(divisions: list[Division], grassroots: int, progress: Progress) -> None:
    """Write the rows of all unions; see `rows`."""
    with connection.cursor() as cursor:
        statement = f"COPY organisations_union ({COLUMNS}) FROM STDIN"
        with cursor.copy(statement) as copy:
            for count, row in enumerate(rows(divisions, grassroots), 1):
                copy.write_row(row)
                if count % 10_000 == 0:
                    progress(count, grassroots + 45_000)
        cursor.execute("SELECT setval('organisations_union_serial', %s)", [count])
        cursor.execute("ANALYZE organisations_union")


def tidy_up() -> None:
    """Leave the tables as they are after a quiet night."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def make_up_townships() -> None:
    """Townships for every county: 甲镇, 乙镇 … under their county's point."""
    counties = Division.objects.filter(level=Level.COUNTY)
    Division.objects.bulk_create(
        Division(
            code=f"{county.code}{number:03d}",
            name=f"{county.short_name[:20]}{number}镇",
            short_name=f"{county.short_name[:20]}{number}",
            level=Level.TOWNSHIP,
            parent=county,
            path=f"{county.path}{county.code}{number:03d}/",
            longitude=county.longitude,
            latitude=county.latitude,
            coordinate_source="parent",
            pinyin=f"{county.pinyin}{number}zhen",
            initials=f"{county.initials}{number}z",
        )
        for county in counties
        for number in range(1, MADE_UP_TOWNSHIPS_PER_COUNTY + 1)
    )


def rows(divisions: list[Division], grassroots: int) -> Iterator[tuple[object, ...]]:
    """Every union's row, uppers first; `divisions` come sorted by level."""
    places: dict[str, Place] = {}
    townships: list[Place] = []
    named: set[tuple[str, str]] = set()
    serial = 0
    for division in divisions:
        upper = nearest(places, division)
        if division.name in NO_PLACE:
            if upper:
                places[division.code] = upper
            continue
        serial += 1
        name = "中华全国总工会" if upper is None else f"{division.name}总工会"
        upper_path = upper.path if upper else ""
        # Old and new codes of one district stand side by side in the tables.
        if (upper_path, name) in named:
            name = f"{name}({division.code})"
        named.add((upper_path, name))
        place, row = union(serial, name, Kind.FEDERATION, upper, division, "")
        places[division.code] = place
        if division.level == Level.TOWNSHIP:
            townships.append(place)
        yield row
    for index in range(grassroots):
        serial += 1
        township = townships[index * STRIDE % len(townships)]
        trade = pair(TRADES, serial)
        brand = pair(BRANDS, serial * 7) + pair(BRANDS, serial * 11 + 3)
        place_name = township.division.short_name
        name = f"{place_name}{brand}{trade}{FORMS[serial % len(FORMS)]}{index}工会"
        yield union(serial, name, Kind.GRASSROOTS, township, township.division, trade)[1]


def pair(words: str, number: int) -> str:
    """The `number`th word of two characters, counted round and round."""
    start = 2 * (number % (len(words) // 2))
    return words[start : start + 2]


def nearest(places: dict[str, Place], division: Division) -> Place | None:
    """The federation of the division above."""
    return places.get(division.parent_id or "")


def union(
    serial: int, name: str, kind: Kind, upper: Place | None, division: Division, trade: str
) -> tuple[Place, tuple[object, ...]]:
    """One union and its row; grassroots unions are strewn some kilometres around the place."""
    number = ids.with_check_digit(f"{division.code[:6]}{serial:07d}")
    place = Place(
        id=uuid.UUID(int=(0x0197 << 112) | (serial << 80) | (7 << 76) | (2 << 62) | serial),
        path=rules.child_path(upper.path if upper else "", number),
        depth=upper.depth + 1 if upper else 0,
        division=division,
    )
    spread = 0.0 if kind == Kind.FEDERATION else 0.1
    row = (
        *(place.id, number, name, str(kind), "active", str(Origin.DEMO)),
        *(upper.id if upper else None, place.path, place.depth, division.code, trade),
        *("", f"{division.name}工会大厦", "0571-00000000", "", "Mo-Fr 09:00-17:00"),
        (division.longitude or 105.0) + spread * ((serial * 37 % 200) / 100 - 1),
        (division.latitude or 35.0) + spread * ((serial * 91 % 200) / 100 - 1),
        *("{}", 3, MOMENT),
    )
    return place, row
