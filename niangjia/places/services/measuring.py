"""Counting people on a grid and measuring whom a station reaches, hour by hour: in the database,
one statement a step for each province. See docs/adr/0131."""

import datetime as dt
import math
import uuid
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from niangjia.core import scope, transactions
from niangjia.core.clock import CHINA
from niangjia.organisations.rules.positions import EARTH_RADIUS_METRES
from niangjia.places.models import Coverage, DemandCell, Measurement
from niangjia.places.models.coverage import WEEK_HOURS
from niangjia.places.rules import coverage
from niangjia.places.services.walks import stations_left, work_out_walks
from niangjia.regions.models import Division, Level
from niangjia.regions.rules.codes import COUNTRY_CODE

MEASURE = "niangjia.places.tasks.measure_coverage"
#: So long is known what was measured.
KEPT = dt.timedelta(days=35)

#: People by where they are, not rounded and never kept: `col` and `line` are the cell's.
PLACED = """
    SELECT 'members' AS people, organisation.division_id AS division,
        floor(organisation.longitude / %(width)s) AS col,
        floor(organisation.latitude / %(height)s) AS line, count(*)::float8 AS n
    FROM members_membership AS membership
    JOIN organisations_union AS organisation ON organisation.id = membership.union_id
    JOIN regions_division AS division ON division.code = organisation.division_id
    WHERE membership.status = 'admitted' AND {within}
        AND organisation.longitude IS NOT NULL AND organisation.latitude IS NOT NULL
        AND NOT organisation.admits_directly::text[] && %(on_the_road)s::text[]
    GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT zone.people, zone.division_id, col, line,
        zone.count::float8 / count(*) OVER (PARTITION BY zone.id)
    FROM places_countedzone AS zone
    JOIN regions_division AS division ON division.code = zone.division_id
    CROSS JOIN LATERAL (SELECT zone.radius_m / %(degree)s AS high,
        zone.radius_m / %(degree)s / cos(radians(zone.latitude)) AS wide) AS radius
    CROSS JOIN LATERAL generate_series(
        floor((zone.longitude - wide) / %(width)s)::int,
        floor((zone.longitude + wide) / %(width)s)::int) AS col
    CROSS JOIN LATERAL generate_series(
        floor((zone.latitude - high) / %(height)s)::int,
        floor((zone.latitude + high) / %(height)s)::int) AS line
    WHERE {within} AND (
        (col = floor(zone.longitude / %(width)s) AND line = floor(zone.latitude / %(height)s))
        OR power(((col + 0.5) * %(width)s - zone.longitude) / wide, 2)
            + power(((line + 0.5) * %(height)s - zone.latitude) / high, 2) <= 1)
"""
COUNT = """
    WITH placed AS ({placed}),
    fine AS (SELECT people, division, col, line, sum(n) AS n FROM placed GROUP BY 1, 2, 3, 4),
    coarse AS (
        SELECT people, left(division, 6) AS division, floor(col / %(coarser)s) AS col,
            floor(line / %(coarser)s) AS line, sum(n) AS n
        FROM fine WHERE n < %(smallest)s GROUP BY 1, 2, 3, 4
    ),
    told AS (
        SELECT people, division, %(cell)s::int AS side, (col + 0.5) * %(width)s AS longitude,
            (line + 0.5) * %(height)s AS latitude, n FROM fine WHERE n >= %(smallest)s
        UNION ALL
        SELECT people, division, %(cell)s::int * %(coarser)s,
            (col + 0.5) * %(width)s * %(coarser)s, (line + 0.5) * %(height)s * %(coarser)s, n
        FROM coarse WHERE n >= %(smallest)s
    )
    INSERT INTO places_demandcell
        (people, division_id, side_m, longitude, latitude, easting, northing, count)
    SELECT people, division, side, longitude, latitude, %(earth)s * radians(longitude),
        %(earth)s * ln(tan(pi() / 4 + radians(latitude) / 2)),
        greatest(1, round(n / %(step)s)) * %(step)s
    FROM told
"""
#: Each way of being open is looked at hour by hour once, at the half hour; then each cell takes
#: together what is open around it. Stations whose walks along streets are known say themselves
#: which cells they reach; for the others Mercator's plane finds the near ones, the ground decides.
COVER = """
    WITH week AS (
        SELECT open, (SELECT string_agg(CASE WHEN open @> (%(first)s::timestamptz
                + make_interval(hours => hour, mins => 30)) THEN '1' ELSE '0' END, ''
                ORDER BY hour)::bit({hours})
            FROM generate_series(0, {hours} - 1) AS hour) AS bits
        FROM (SELECT DISTINCT open FROM places_placesearch WHERE {kinds}) AS ways
    ), cells AS (
        SELECT cell.id, cell.longitude, cell.latitude, cell.easting, cell.northing, 2 * (
                65536 * floor(cell.longitude / (cell.side_m / %(cell)s::int * %(width)s))::bigint
                + floor(cell.latitude / (cell.side_m / %(cell)s::int * %(height)s))::bigint
            ) + (cell.side_m > %(cell)s::int)::int AS key
        FROM places_demandcell AS cell
        JOIN regions_division AS division ON division.code = cell.division_id WHERE {within}
    ), near AS (
        SELECT cells.id, entry.open
        FROM places_walkreach AS walk
        JOIN places_placesearch AS entry
            ON entry.longitude = walk.longitude AND entry.latitude = walk.latitude
        CROSS JOIN unnest(walk.cells) AS reached (key)
        JOIN cells ON cells.key = reached.key
        WHERE {kinds}
        UNION ALL
        SELECT cells.id, straight.open
        FROM cells CROSS JOIN LATERAL (
            SELECT open FROM places_placesearch AS entry
            WHERE point(entry.easting, entry.northing) <@ circle(
                    point(cells.easting, cells.northing),
                    1 + %(reach)s / cos(radians(abs(cells.latitude)) + %(reach)s / %(earth)s))
                AND {kinds} AND 2 * %(earth)s * asin(least(1, sqrt(
                    power(sin(radians(entry.latitude - cells.latitude) / 2), 2)
                    + cos(radians(entry.latitude)) * cos(radians(cells.latitude))
                    * power(sin(radians(entry.longitude - cells.longitude) / 2), 2)
                ))) <= %(reach)s
                AND NOT EXISTS (
                    SELECT FROM places_walkreach AS walk
                    WHERE walk.longitude = entry.longitude AND walk.latitude = entry.latitude
                        AND walk.cells IS NOT NULL)
        ) AS straight
    ), found AS (
        SELECT cells.id, bit_or(week.bits) AS bits
        FROM cells LEFT JOIN near ON near.id = cells.id LEFT JOIN week ON week.open = near.open
        GROUP BY cells.id
    )
    UPDATE places_demandcell AS cell SET covered = coalesce(found.bits, 0::bit({hours}))
    FROM found WHERE found.id = cell.id
"""
#: Cells that are covered alike are added up before their hours are told apart. Whoever could not be
#: placed is counted when everybody is: from day to day one who joins would show.
ADD_UP = """
    WITH alike AS (
        SELECT cell.people, above.code, cell.covered, sum(cell.count) AS n
        FROM places_demandcell AS cell
        JOIN regions_division AS division ON division.code = cell.division_id
        CROSS JOIN unnest(string_to_array(trim('/' FROM division.path), '/')) AS above(code)
        WHERE {within} AND above.code <> %(country)s GROUP BY 1, 2, 3
    ), hourly AS (
        SELECT people, code, hour, sum(n) AS total, sum(n * get_bit(covered, hour)) AS reached
        FROM alike CROSS JOIN generate_series(0, {hours} - 1) AS hour GROUP BY 1, 2, 3
    ), away AS (
        SELECT above.code, count(*) / %(step)s * %(step)s AS n
        FROM members_membership AS membership
        JOIN organisations_union AS organisation ON organisation.id = membership.union_id
        JOIN regions_division AS division ON division.code = organisation.division_id
        CROSS JOIN unnest(string_to_array(trim('/' FROM division.path), '/')) AS above(code)
        WHERE %(recounts)s AND membership.status = 'admitted' AND {within}
            AND above.code <> %(country)s
            AND (organisation.longitude IS NULL OR organisation.latitude IS NULL
                OR organisation.admits_directly::text[] && %(on_the_road)s::text[])
        GROUP BY 1
        UNION ALL
        SELECT * FROM (
            SELECT DISTINCT ON (division_id) division_id, unplaced
            FROM places_coverage AS earlier
            JOIN regions_division AS division ON division.code = earlier.division_id
            WHERE NOT %(recounts)s AND people = 'members' AND {within}
            ORDER BY division_id, first_date DESC
        ) AS as_counted_last
    )
    INSERT INTO places_coverage
        (division_id, people, first_date, total, hours, unplaced, measured_at)
    SELECT hourly.code, people, %(date)s, max(total), array_agg(reached ORDER BY hour),
        CASE WHEN people = 'members' THEN coalesce(max(away.n), 0) ELSE 0 END, %(now)s
    FROM hourly LEFT JOIN away ON away.code = hourly.code GROUP BY hourly.code, people
    ON CONFLICT ON CONSTRAINT coverage_once_a_day DO UPDATE SET total = excluded.total,
        hours = excluded.hours, unplaced = excluded.unplaced, measured_at = excluded.measured_at
"""
NATION = """
    INSERT INTO places_coverage
        (division_id, people, first_date, total, hours, unplaced, measured_at)
    SELECT %(country)s, people, %(date)s, sum(total) / {hours}, array_agg(reached ORDER BY hour),
        sum(unplaced) / {hours}, %(now)s
    FROM (
        SELECT people, hour, sum(total) AS total, sum(reached) AS reached, sum(unplaced) AS unplaced
        FROM places_coverage AS of_province
        JOIN regions_division AS division ON division.code = of_province.division_id
        CROSS JOIN unnest(of_province.hours) WITH ORDINALITY AS each(reached, hour)
        WHERE division.level = 1 AND first_date = %(date)s GROUP BY 1, 2
    ) AS hourly GROUP BY people
"""


@transactions.atomic
def ask_measurement(*, recounts: bool, now: dt.datetime, again: bool = False) -> Measurement:
    """Measure the coming seven days in the background. Asked twice on a day it is done once, but
    with `recounts` again: people are counted anew then, as they are where nobody was counted yet.
    With `again` it is done again for the same people, as when streets were loaded; one that
    is under way then begins anew.
    """
    date = coverage.first_date_of(now)
    known = Measurement.objects.select_for_update().filter(first_date=date).first()
    if known and (known.ended_at is None or not (recounts or again)):
        if again and known.ended_at is None:
            known.done = []
            known.save(update_fields=["done"])
        return known
    recounts = recounts or not DemandCell.objects.exists()
    provinces = list(
        Division.objects.filter(level=Level.PROVINCE)
        .order_by("code")
        .values_list("code", flat=True)
    )
    if known:
        known.delete()
    made = Measurement.objects.create(
        first_date=date, recounts=recounts, provinces=provinces, started_at=now
    )
    app.configure_task(MEASURE, queue="keeping").defer(measurement_id=str(made.pk))
    return made


def measure_next(*, measurement_id: uuid.UUID, now: dt.datetime) -> bool:
    """Measure the next province that is not done, in one transaction; whether there was one. Before
    the first, walks along streets are worked out that are not known yet, some at a time. After the
    last the country is added up, and what was measured long ago is forgotten."""
    walk_from_stations(measurement_id)
    return measure_one(measurement_id=measurement_id, now=now)


def walk_from_stations(measurement_id: uuid.UUID) -> None:
    """Work out how far one comes from stations about whom it is not known, and write down how far
    it is."""
    found = Measurement.objects.filter(pk=measurement_id, ended_at=None)
    if not found.filter(done=[]).exists() or not (left := stations_left()):
        return

    def noted(done: int, total: int) -> bool:
        return bool(found.update(walked=done, to_walk=total))

    work_out_walks(left, watch=noted)


@transactions.atomic
def measure_one(*, measurement_id: uuid.UUID, now: dt.datetime) -> bool:
    """One province, or the country after the last."""
    found = Measurement.objects.select_for_update().filter(pk=measurement_id, ended_at=None).first()
    if found is None:
        return False
    left = [code for code in found.provinces if code not in found.done]
    values = values_for(found.first_date, now)
    if not left:
        Coverage.objects.filter(division=COUNTRY_CODE, first_date=found.first_date).delete()
        run(NATION, values)
        Coverage.objects.filter(first_date__lt=found.first_date - KEPT).delete()
        found.ended_at = now
        found.save(update_fields=["ended_at"])
        return False
    measure_province(left[0], values, recounts=found.recounts)
    found.done.append(left[0])
    found.save(update_fields=["done"])
    return True


def measure_province(code: str, values: dict[str, Any], *, recounts: bool) -> None:
    """Count people there anew where asked, cover the cells, and add up what lies above them."""
    province = Division.objects.get(code=code)
    within = scope.subtree(province.path, field="division__path")
    values |= {"path": province.path, "after": scope.after(province.path), "recounts": recounts}
    if recounts:
        DemandCell.objects.filter(within).delete()
        run(COUNT, values)
        Coverage.objects.filter(within, first_date=values["date"]).delete()
    run(COVER, values)
    run(ADD_UP, values)


def values_for(first: dt.date, now: dt.datetime) -> dict[str, Any]:
    """What the statements are given."""
    return {
        "width": coverage.CELL[0],
        "height": coverage.CELL[1],
        "cell": coverage.CELL_METRES,
        "coarser": coverage.COARSER,
        "smallest": coverage.SMALLEST_TOLD,
        "step": coverage.STEP,
        "reach": coverage.REACH_METRES,
        "earth": EARTH_RADIUS_METRES,
        "degree": math.radians(1) * EARTH_RADIUS_METRES,
        "on_the_road": coverage.ON_THE_ROAD,
        "country": COUNTRY_CODE,
        "first": dt.datetime.combine(first, dt.time(), CHINA),
        "date": first,
        "now": now,
    }


def run(statement: str, values: dict[str, Any]) -> None:
    """One step, in the transaction of the caller."""
    within = "division.path >= %(path)s AND division.path < %(after)s"
    placed = PLACED.format(within=within)
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(
                placed=placed, within=within, kinds=coverage.IS_COUNTED, hours=WEEK_HOURS
            ),
            values,
        )
