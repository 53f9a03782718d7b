"""The nearest places, compared with looking at every place there is."""

import datetime as dt
import heapq
import math

import pytest
from django.db import connection

from niangjia.organisations.rules import positions
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_root
from niangjia.places.models import PlaceSearch
from niangjia.places.rules import facilities, opening
from niangjia.places.rules.finding import Criteria
from niangjia.places.selectors import nearest
from niangjia.places.tests.factories import make_draft
from tests.database import kept_for_the_module

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
NIGHT = dt.datetime(2026, 11, 23, 18, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
#: 漠河 in the north, 曾母暗沙 in the south, 帕米尔 and 抚远 west and east: and all between.
CHINA = (73.5, 135.0, 3.5, 53.6)
PLACES, QUESTIONS, COUNT = 2_000, 1_000, 20
FAR = 20_000_000.0


class Scatter:
    """Points spread without a pattern, the same in every run (Roberts' R2 sequence)."""

    def __init__(self, first=1):
        self.n = first

    def point(self):
        west, east, south, north = CHINA
        self.n += 1
        return Position(
            west + (self.n * 0.7548776662466927) % 1 * (east - west),
            south + (self.n * 0.5698402909980532) % 1 * (north - south),
        )


def rows():
    """Places all over the country; every eighth stands in one and the same street."""
    scatter = Scatter()
    for n in range(PLACES):
        point = scatter.point()
        if n % 8 == 0:
            point = Position(120.0 + n * 1e-6, 30.0 + (n % 64) * 1e-6)
        has = ["water"] * (n % 3 > 0) + ["shower"] * (n % 40 == 0) + ["aed"] * (n % 7 == 0)
        is_open, at_night = n % 5 > 0, n % 9 == 0
        yield point, facilities.offers("station", has), is_open, at_night


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """Index rows alone, of one place's copies: what is asked here is the index."""
    with kept_for_the_module(django_db_blocker):
        yield fill()


def fill():
    place = make_draft(make_root())
    columns = ", ".join(
        f'"{field.column}"' for field in type(place)._meta.concrete_fields if field.name != "id"
    )
    columns = columns.replace('"code", ', "")
    day, night = (NOW - HOUR, NOW + HOUR), (NIGHT - HOUR, NIGHT + HOUR)
    told = []
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO places_place (code, {columns}) SELECT n::text, {columns} "  # noqa: S608
            "FROM places_place, generate_series(1, %s) AS n RETURNING id",
            [PLACES],
        )
        ids = [row[0] for row in cursor.fetchall()]
        for place_id, (point, offers, is_open, at_night) in zip(ids, rows(), strict=True):
            stretches = [day] * is_open + [night] * at_night
            told.append((vector(point), offers, is_open, at_night))
            cursor.execute(
                "INSERT INTO places_placesearch VALUES "
                "(%s, %s, %s, %s, %s, %s, 0, NULL, %s::tstzmultirange, %s, '')",
                [
                    *(place_id, point.easting, point.northing, point.longitude, point.latitude),
                    *(offers, opening.as_multirange(stretches), opening.is_at_night(stretches)),
                ],
            )
        cursor.execute("ANALYZE places_placesearch")
    return told


def vector(point):
    """A point on the unit sphere."""
    latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
    across = math.cos(latitude)
    return across * math.cos(longitude), across * math.sin(longitude), math.sin(latitude)


def brute(told, near, *, wanted=0, at=NOW):
    """The metres of the nearest that match: the chord to every place there is, one by one."""
    x, y, z = vector(near)
    chords = heapq.nsmallest(
        COUNT,
        (
            (u - x) * (u - x) + (v - y) * (v - y) + (w - z) * (w - z)
            for (u, v, w), offers, is_open, at_night in told
            if offers & wanted == wanted and (at_night if at == NIGHT else is_open)
        ),
    )
    radius = positions.EARTH_RADIUS_METRES
    return [2 * radius * math.asin(math.sqrt(chord) / 2) for chord in chords]


def same(found, expected):
    """The same distances in the same order; equally far ones may stand for one another."""
    assert metres_of(found) == pytest.approx(expected, abs=0.001)


def metres_of(found):
    return [near.metres for near in found.items]


def test_the_nearest_are_the_nearest_from_a_thousand_points(country):
    scatter, proofs = Scatter(first=50_000), set()
    water = facilities.wanted(["water"])
    for n in range(QUESTIONS):
        near = scatter.point() if n % 4 else Position(120.0 + n * 1e-5, 30.0)
        found = nearest.find_nearest(
            Criteria(near=near, wanted=water, metres=FAR), now=NOW, count=COUNT
        )
        same(found, brute(country, near, wanted=water))
        proofs.add(found.proof)
    # The plane's order was wrong at times, and the circle put it right.
    assert proofs == {"spare", "circle"}


def test_without_the_proof_the_order_of_the_plane_would_be_wrong(country, monkeypatch):
    """A control: believing the plane, some answers are others."""
    believing = {True: math.inf, False: -1.0}
    monkeypatch.setattr(nearest, "SPARE", 0)
    monkeypatch.setattr(positions, "mercator_reach", lambda _near, far: believing[far == FAR])
    scatter, wrong = Scatter(first=50_000), 0
    for _n in range(100):
        near = scatter.point()
        found = nearest.find_nearest(Criteria(near=near, metres=FAR), now=NOW, count=COUNT)
        wrong += metres_of(found) != pytest.approx(brute(country, near), abs=0.001)
    assert wrong


@pytest.mark.parametrize("has", [["shower"], ["aed", "water"], ["shower", "aed"]])
def test_what_few_have_is_found_as_well(country, has):
    wanted, scatter = facilities.wanted(has), Scatter(first=70_000)
    for _n in range(25):
        near = scatter.point()
        found = nearest.find_nearest(Criteria(near=near, wanted=wanted, metres=FAR), now=NOW)
        same(found, brute(country, near, wanted=wanted))


def test_at_night_only_what_is_open_at_night(country):
    scatter = Scatter(first=90_000)
    for _n in range(25):
        near = scatter.point()
        found = nearest.find_nearest(Criteria(near=near, metres=FAR), now=NIGHT)
        same(found, brute(country, near, at=NIGHT))


def test_nothing_beyond_the_reach(country):
    near = Position(119.99, 30.0)
    found = nearest.find_nearest(Criteria(near=near, metres=970.0), now=NOW)
    assert 0 < len(found.items) < COUNT
    assert all(each.metres <= 970.0 for each in found.items)
    assert found.proof == "all"


def plan(criteria, now):
    """The indexes that a question walks, and whether the table is read through."""
    asked = []

    def explain(*questions):
        asked.extend(questions)
        return [[] for _question in questions]

    connection_together, connection.together = connection.together, explain
    try:
        nearest.find_nearest(criteria, now=now)
    finally:
        connection.together = connection_together
    [(sql, values)] = asked
    [lines] = connection.together((f"EXPLAIN {sql}", values))
    return "\n".join(line for (line,) in lines)


@pytest.mark.parametrize(
    ("has", "now", "index"),
    [
        ([], NOW, "place_search_point"),
        (["water"], NOW, "place_search_point"),
        (["shower", "water"], NOW, "place_search_offer_9"),
        (["water"], NIGHT, "place_search_at_night"),
    ],
)
def test_what_few_have_has_an_index_of_its_own(country, has, now, index):
    criteria = Criteria(near=Position(120.0, 30.0), wanted=facilities.wanted(has))
    told = plan(criteria, now)
    assert f"using {index} on" in told
    assert "Seq Scan" not in told


def test_every_sparse_bit_has_its_index():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s", [PlaceSearch._meta.db_table]
        )
        defined = " ".join(row[0] for row in cursor.fetchall())
    for mask in facilities.SPARSE_MASKS:
        assert f"& '{mask}'::bigint) <> 0" in defined or f"& ({mask})::bigint) <> 0" in defined
