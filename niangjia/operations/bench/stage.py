"""Where benchmarks happen: a node of its own beside the real one, with the whole country."""

import hashlib
import os
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from niangjia.operations import postgres
from niangjia.operations.bench import load
from niangjia.operations.node import database
from niangjia.operations.node.children import Child
from niangjia.operations.node.home import CHECKOUT, Home
from niangjia.operations.node.supervisor import web_command
from niangjia.operations.node.terminal import ProgressBar

ROUNDS = 3
READY_SECONDS = 60
#: What the data set and its tables are written by.
CODE = (
    "niangjia/*/migrations/*.py",
    "niangjia/operations/bench/scale.py",
    "niangjia/operations/bench/province.py",
    "niangjia/operations/bench/case_filling.py",
    "niangjia/operations/bench/case_rows.py",
    "niangjia/operations/bench/crowd.py",
    "niangjia/operations/bench/place_rows.py",
    "niangjia/organisations/rules/search_*.py",
    "niangjia/organisations/services/search_index.py",
)


@dataclass(frozen=True)
class Stage:
    """A filled node; Django works on its database in this process too."""

    home: Home

    @contextmanager
    def served(self) -> Iterator[int]:
        """Within the block the site is served as `niangjia run` serves it, at the given port."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        web = Child("web", web_command("127.0.0.1", port), self.home)
        web.start()
        try:
            deadline = time.monotonic() + READY_SECONDS
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if time.monotonic() > deadline or not web.is_alive():
                        raise
                    time.sleep(0.1)
            yield port
        finally:
            web.stop()


def compare(orders: Sequence[load.Order]) -> list[load.Measured]:
    """Measure the orders in turn, round after round, so that whatever else the machine does
    meanwhile hits them alike. A round to warm up comes first. Raises `ValueError` when an answer
    was anything but 200."""
    measured = [load.Measured() for _order in orders]
    for order in orders:
        load.measure(order)
    for _round in range(ROUNDS):
        for order, total in zip(orders, measured, strict=True):
            total.add(load.measure(order))
    for order, total in zip(orders, measured, strict=True):
        if set(total.statuses) != {"200"}:
            raise ValueError(f"{order.paths[0]} answered {total.statuses}")
    return measured


@dataclass(frozen=True)
class DataSet:
    """What a benchmark's database holds: `name` is its folder, `wanted` the fingerprint of what it
    follows from, `fill` writes it into an empty database."""

    name: str
    wanted: str
    fill: Callable[[], None]


def whole_country(*, divisions: Path | None, grassroots: int) -> DataSet:
    """Every division, a federation in each, and as many grassroots unions."""
    return DataSet(
        "bench",
        fingerprint(divisions, grassroots),
        lambda: fill(divisions=divisions, grassroots=grassroots),
    )


def province_of_cases(count: int) -> DataSet:
    """3,000 unions of one province, with as many running cases."""
    return DataSet("bench-cases", fingerprint(None, count), lambda: fill_cases(count))


def crowd_of_members() -> DataSet:
    """A province whose 60,000 workers are members."""
    return DataSet("bench-claims", fingerprint(None, 0), fill_crowd)


def country_of_places(count: int) -> DataSet:
    """The federations of the country, and so many places."""
    return DataSet("bench-places", fingerprint(None, count), lambda: fill_places(count))


@contextmanager
def opened(data: DataSet) -> Iterator[Stage]:
    """Within the block Django works on the benchmark's database, which is filled on first use and
    kept for the next, as long as it is the same data set. Its settings add a view that does
    nothing."""
    home = Home(Home.from_environment().path / data.name)
    home.path.mkdir(exist_ok=True)
    for named in (database.URL, database.OWNER_URL):
        os.environ.pop(named, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.operations.bench.settings"
    os.environ["NIANGJIA_DEMO"] = "0"
    runs_already = postgres.is_running(home.postgres)
    postgres.start(home.postgres)
    try:
        is_filled = label(home) == data.wanted
        if not is_filled:
            drop(home)
        with database.opened(home):
            if not is_filled:
                data.fill()
                write_label(home, data.wanted)
            yield Stage(home)
    finally:
        if not runs_already:
            postgres.stop(home.postgres)


def fill(*, divisions: Path | None, grassroots: int) -> None:
    """Load the data set."""
    from niangjia.operations.bench import scale

    bar = ProgressBar("The whole country")
    # Sets a sequence and tidies tables up.
    with database.as_owner():
        scale.load(divisions=divisions, grassroots=grassroots, progress=bar)
    bar.finish()


def fill_cases(count: int) -> None:
    """Load the province and its cases."""
    from niangjia.operations.bench import case_filling, province

    bar = ProgressBar("A province with its cases")
    # Triggers and foreign keys look away meanwhile.
    with database.as_owner():
        province.load()
        case_filling.load(count, bar, processes=os.cpu_count() or 1)
    bar.finish()


def fill_crowd() -> None:
    """Load the province and its members."""
    from niangjia.operations.bench import crowd

    with database.as_owner():
        crowd.load()


def fill_places(count: int) -> None:
    """Load the federations and the places."""
    from niangjia.operations.bench import place_rows

    bar = ProgressBar("Places all over the country")
    # Tidies tables up.
    with database.as_owner():
        place_rows.load(count, bar)
    bar.finish()


def fingerprint(divisions: Path | None, grassroots: int) -> str:
    """What the filled database follows from: how many unions, the township tables (None: made up),
    the tables' layout, and the code that writes the data set and its index."""
    digest = hashlib.sha256(f"{grassroots}".encode())
    for pattern in CODE:
        for file in sorted(CHECKOUT.glob(pattern)):
            digest.update(file.read_bytes())
    for file in sorted(divisions.rglob("*.csv")) if divisions else []:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def label(home: Home) -> str:
    """The fingerprint that the database was filled under; empty when it was not filled."""
    with psycopg.connect(postgres.url(home.postgres), autocommit=True) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database.NAME],
        ).fetchone()
    return (found and found[0]) or ""


def write_label(home: Home, text: str) -> None:
    """Say that the database is filled, as the last thing: a load cut short is begun again."""
    with psycopg.connect(postgres.url(home.postgres), autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database.NAME), text)
        )


def drop(home: Home) -> None:
    """Make room for another data set."""
    with psycopg.connect(postgres.url(home.postgres), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database.NAME))
        )
