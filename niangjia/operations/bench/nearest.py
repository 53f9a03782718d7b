"""`niangjia bench nearest`: the 20 nearest places that are open now and have what one needs."""

import datetime as dt
import os
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from niangjia.core import clock
from niangjia.operations.bench import Result, bare, postgis
from niangjia.operations.bench.find import percentile
from niangjia.operations.bench.load import Measured, Order
from niangjia.operations.bench.pages import EMPTY
from niangjia.operations.bench.place_rows import seats
from niangjia.operations.bench.stage import ROUNDS, Stage, compare
from niangjia.operations.node import database
from niangjia.organisations.rules.positions import Position
from niangjia.places import services
from niangjia.places.models import PlaceSearch
from niangjia.places.rules import facilities
from niangjia.places.rules.finding import PAGE, Criteria
from niangjia.places.selectors import nearest

SECONDS = 3.0
CONNECTIONS = 8
STANDING = 400
#: The index alone: as many nearest on the plane, nothing asked of them.
BARE = """
    SELECT place_id FROM places_placesearch
    ORDER BY point(easting, northing) <-> point(%(easting)s, %(northing)s) LIMIT %(limit)s
"""
#: What is asked for, by its name in the table; and whether it is asked at night.
NEEDS: dict[str, tuple[tuple[str, ...], bool]] = {
    "nothing but open": ((), False),
    "water": (("water",), False),
    "shower": (("shower",), False),
    "shower and law": (("shower", "law"), False),
    "water at night": (("water",), True),
}
#: The one whose ratio is aimed at: open now and a facility.
AIMED = "water"

#: What it is compared with: the index alone, and PostGIS.
YARDSTICKS = ("bare_index", "postgis")

Statements = list[tuple[str, dict[str, Any]]]


def standing() -> list[Position]:
    """Where people stand: near the seats of counties all over the country."""
    counties = seats()
    step = max(1, len(counties) // STANDING)
    return [
        Position(middle.longitude + 0.0113 * (n % 7 - 3), middle.latitude + 0.0091 * (n % 5 - 2))
        for n, (_code, middle) in enumerate(counties[::step])
    ]


def moment(*, at_night: bool) -> dt.datetime:
    """Ten in the morning of tomorrow in China, or three."""
    tomorrow = clock.today() + dt.timedelta(days=1)
    hour = dt.time(3 if at_night else 10)
    return dt.datetime.combine(tomorrow, hour, clock.CHINA).astimezone(dt.UTC)


class Listening:
    """Within the block, what the search says to the database is kept; it answers as ever."""

    def __enter__(self) -> "Listening":
        self.said: Statements = []
        self.together = connection.together  # type: ignore[attr-defined]
        connection.together = self.hear  # type: ignore[attr-defined]
        return self

    def __exit__(self, *_error: object) -> None:
        connection.together = self.together  # type: ignore[attr-defined]

    def hear(self, *asked: tuple[str, dict[str, Any]]) -> Any:
        """Keep what is asked, with moments as text that another process can read."""
        self.said += [(sql, {k: readable(v) for k, v in said.items()}) for sql, said in asked]
        return self.together(*asked)


def readable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def run(stage: Stage) -> Result:
    """Queries a second and p95 for each kind of question, in turns with the bare index scan and
    with PostGIS, where there is one, at the same concurrency; and the page over HTTP beside an
    empty view."""
    result = Result(
        "nearest",
        ["asked for", "p50 ms", "p95 ms", "per s", "of bare", "of PostGIS", "by circle"],
    )
    result.figures["places"] = float(PlaceSearch.objects.count())
    began = time.perf_counter()
    services.refresh_openings(now=clock.now())
    result.figures["refresh_s"] = time.perf_counter() - began
    stood = standing()
    with postgis.opened(stage.home.path, postgis.list_points()) as other:
        in_database(stood, other, result)
    over_http(stage, stood, result)
    if other is None:
        result.rows.append(["PostGIS: none on this machine", *[""] * 6])
    return result


def in_database(stood: Sequence[Position], other: str | None, result: Result) -> None:
    """A row for each kind of question. `other`: where PostGIS answers."""
    ours = os.environ[database.URL]
    yardsticks = [order(ours, [[(BARE, parameters(near))] for near in stood])]
    if other is not None:
        yardsticks.append(order(other, postgis.questions(stood)))
    for name, (needs, at_night) in NEEDS.items():
        asked, circles = questions(stood, needs, moment(at_night=at_night))
        searched, *beside = in_turns([order(ours, asked), *yardsticks])
        write(result, name, searched, beside, circles / len(stood))


def write(
    result: Result, name: str, searched: Measured, beside: Sequence[Measured], circles: float
) -> None:
    """One row; of the question that is aimed at, the ratios as well."""
    key = name.replace(" ", "_")
    result.figures |= {
        f"{key}_per_s": searched.per_second,
        f"{key}_p95_ms": searched.percentile_ms(95),
    }
    ratios = {}
    for yardstick, measured in zip(YARDSTICKS, beside, strict=False):
        ratios[yardstick] = searched.per_second / measured.per_second
        if name == AIMED:
            result.ratios[f"nearest.over_{yardstick}"] = ratios[yardstick]
            result.figures[f"{yardstick}_per_s"] = measured.per_second
    result.rows.append(
        [
            name,
            f"{searched.percentile_ms(50):.2f}",
            f"{searched.percentile_ms(95):.2f}",
            round(searched.per_second),
            *(f"{ratios[each]:.2f}" if each in ratios else "" for each in YARDSTICKS),
            f"{circles:.0%}",
        ]
    )


def parameters(near: Position) -> dict[str, Any]:
    return {"easting": near.easting, "northing": near.northing, "limit": PAGE}


def questions(
    stood: Sequence[Position], needs: Sequence[str], now: dt.datetime
) -> tuple[list[Statements], int]:
    """What each question says to the database, and how many needed the circle."""
    asked, circles = [], 0
    for near in stood:
        with Listening() as listening:
            criteria = Criteria(near=near, wanted=facilities.wanted(needs))
            circles += nearest.find_nearest(criteria, now=now).proof == "circle"
        asked.append(listening.said)
    return asked, circles


def order(url: str, searches: list[Statements]) -> bare.BareOrder:
    return bare.BareOrder(url, searches, SECONDS, CONNECTIONS)


def in_turns(orders: Sequence[bare.BareOrder]) -> list[Measured]:
    """Measured round after round, so that whatever else the machine does hits them alike; the first
    round warms up."""
    totals = [Measured() for _order in orders]
    for turn in range(ROUNDS + 1):
        for each, total in zip(orders, totals, strict=True):
            measured = bare.measure(each)
            if turn:
                total.add(measured)
    return totals


def over_http(stage: Stage, stood: Sequence[Position], result: Result) -> None:
    """The page of the nearest as a visitor gets it, at this hour of the day."""
    base = reverse("places:find")
    paths = [
        f"{base}?{urlencode({'near': f'{p.latitude:.5f},{p.longitude:.5f}', 'need': 'water'})}"
        for p in stood
    ]
    with stage.served() as port:
        pages, empty = compare(
            [Order(port, paths, SECONDS, CONNECTIONS), Order(port, [EMPTY], SECONDS, CONNECTIONS)]
        )
    result.ratios["nearest.page_over_empty"] = pages.per_second / empty.per_second
    result.figures |= {
        "page_per_s": pages.per_second,
        "page_p95_ms": percentile(sorted(pages.latencies_ms), 95),
    }
    result.rows.append(
        [
            "the page over HTTP",
            f"{pages.percentile_ms(50):.2f}",
            f"{pages.percentile_ms(95):.2f}",
            round(pages.per_second),
            f"{pages.per_second / empty.per_second:.2f} of empty",
            "",
            "",
        ]
    )
