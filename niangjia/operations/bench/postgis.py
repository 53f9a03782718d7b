"""A yardstick: PostGIS, in a PostgreSQL of its own from Debian, where there is one.

It runs with the settings of ours and holds the same points, as `geography` under a GiST index. What
is asked of it is less than what the search answers: the nearest, open or not, whatever they have.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from niangjia.operations import postgres
from niangjia.operations.postgres import cluster
from niangjia.operations.postgres.programs import account_for
from niangjia.organisations.rules.positions import Position
from niangjia.places.rules.finding import PAGE

#: Where Debian and its children keep the servers, one folder for each major version.
VERSIONS = Path("/usr/lib/postgresql")
#: Older ones are kept up by nobody, and their `initdb` knows fewer settings.
OLDEST = 14
#: What it is told of its languages: the builtin ones are younger than Debian's servers.
LOCALE = ("--locale=C",)
NEAREST = """
    SELECT id FROM station
    ORDER BY spot <-> ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4326)::geography
    LIMIT %(limit)s
"""
HAS_POSTGIS = "SELECT default_version FROM pg_available_extensions WHERE name = 'postgis'"
TABLE = """
    CREATE EXTENSION postgis;
    CREATE TABLE station (id int PRIMARY KEY, spot geography(Point, 4326) NOT NULL)
"""


def servers(versions: Path = VERSIONS) -> list[Path]:
    """The folders with the programs of a PostgreSQL server that is not ours, the newest first: of
    Debian, or on the PATH."""
    numbered = sorted(
        (each for each in versions.glob("*/bin") if major(each) >= OLDEST), key=major, reverse=True
    )
    on_path = shutil.which("initdb")
    found = [*numbered, *([Path(on_path).resolve().parent] if on_path else [])]
    return [
        each
        for each in dict.fromkeys(found)
        if all((each / name).exists() for name in ("initdb", "pg_ctl"))
    ]


def major(programs: Path) -> int:
    """The version by the name of the folder; 0 for what is none."""
    name = programs.parent.name
    return int(name) if name.isdigit() else 0


@contextmanager
def opened(home: Path, points: Sequence[Position]) -> Iterator[str | None]:
    """Within the block a server with `points` answers at this URL; None where there is no PostGIS.
    Afterwards nothing of it is left."""
    data = home / "postgis"
    try:
        yield next(filter(None, (filled(data, programs, points) for programs in servers())), None)
    finally:
        remove(data)


def filled(data: Path, programs: Path, points: Sequence[Position]) -> str | None:
    """The URL of a new cluster of the server whose programs lie there, with our settings and these
    points; None when it knows no PostGIS."""
    remove(data)
    account = replace(account_for(data), programs=programs)
    with cluster.lock(data):
        real = cluster.folder_for(data, account)
        cluster.initialise(real, account, locale=LOCALE)
        cluster.launch(real, account, durable=True)
    url = postgres.url(data)
    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute(HAS_POSTGIS).fetchone():
            return None
        server.execute(TABLE)
        with server.cursor() as cursor, cursor.copy("COPY station FROM STDIN") as rows:
            for number, point in enumerate(points):
                rows.write_row((number, f"SRID=4326;POINT({point.longitude} {point.latitude})"))
        server.execute("CREATE INDEX ON station USING gist (spot)")
        server.execute("VACUUM (ANALYZE) station")
    return url


def remove(data: Path) -> None:
    """Stop the server and delete its files, wherever they really lie."""
    if data.exists():
        postgres.stop(data)
        shutil.rmtree(data.resolve(), ignore_errors=True)
    for left in (data, data.with_name(f"{data.name}.lock")):
        left.unlink(missing_ok=True)


def list_points() -> list[Position]:
    """Every place of the search."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT longitude, latitude FROM places_placesearch ORDER BY place_id")
        return [Position(*row) for row in cursor.fetchall()]


def questions(stood: Sequence[Position]) -> list[list[tuple[str, dict[str, Any]]]]:
    """The nearest from where people stand, nothing asked of them."""
    return [
        [(NEAREST, {"longitude": near.longitude, "latitude": near.latitude, "limit": PAGE})]
        for near in stood
    ]
