"""Statements without anything around them: what the database alone can answer, at the same
concurrency as over HTTP.

In a process of its own (`python -m niangjia.operations.bench.bare`), as the load generator is.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import psycopg

from niangjia.operations.bench.load import Measured

Statement = str | tuple[str, dict[str, Any]] | list[Any]


@dataclass(frozen=True)
class BareOrder:
    """Run `searches`, each a list of statements, in turn for so many seconds. A statement is its
    text, or its text and its values: then the server keeps it ready, as it does for the app."""

    database: str
    searches: Sequence[Sequence[Statement]]
    seconds: float
    connections: int = 8


def measure(order: BareOrder) -> Measured:
    """Have another process carry the order out."""
    done = subprocess.run(
        [sys.executable, "-m", "niangjia.operations.bench.bare"],
        input=json.dumps(asdict(order)),
        capture_output=True,
        text=True,
        check=True,
    )
    return Measured(**json.loads(done.stdout))


def carry_out(order: BareOrder) -> Measured:
    """Ask until the time is over; every row is fetched. Latencies come in milliseconds."""

    def ask(first: int) -> list[float]:
        latencies = []
        with psycopg.connect(order.database, autocommit=True) as connection:
            turn = first
            while (asked_at := time.perf_counter()) < until:
                for statement in order.searches[turn % len(order.searches)]:
                    say(connection, statement)
                latencies.append((time.perf_counter() - asked_at) * 1000)
                turn += order.connections
        return latencies

    began = time.perf_counter()
    until = began + order.seconds
    with ThreadPoolExecutor(order.connections) as pool:
        latencies = [one for many in pool.map(ask, range(order.connections)) for one in many]
    return Measured(time.perf_counter() - began, latencies, {})


def say(connection: psycopg.Connection[Any], statement: Statement) -> None:
    """One statement, every row fetched."""
    if isinstance(statement, str):
        connection.execute(statement.encode(), prepare=False).fetchall()
    else:
        sql, values = statement
        connection.execute(sql.encode(), values, prepare=True).fetchall()


if __name__ == "__main__":
    json.dump(asdict(carry_out(BareOrder(**json.load(sys.stdin)))), sys.stdout)
