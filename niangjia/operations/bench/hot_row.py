"""Yardsticks for claims: pgbench on one hot row, one claim a transaction and a hundred."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from niangjia.operations import postgres
from niangjia.operations.node import database

#: Claims of one transaction of the batched form.
BATCH = 100
TABLES = """
    DROP TABLE IF EXISTS bench_claim, bench_stock;
    CREATE TABLE bench_stock (id int PRIMARY KEY, rest bigint NOT NULL CHECK (rest >= 0));
    CREATE TABLE bench_claim (id uuid DEFAULT uuidv7() PRIMARY KEY, account_id uuid NOT NULL);
    INSERT INTO bench_stock VALUES (1, 1000000000000);
"""
SINGLE = """
    BEGIN;
    INSERT INTO bench_claim (account_id) VALUES (gen_random_uuid());
    UPDATE bench_stock SET rest = rest - 1 WHERE id = 1;
    END;
"""
BATCHED = """
    BEGIN;
    INSERT INTO bench_claim (account_id) SELECT gen_random_uuid() FROM generate_series(1, :batch);
    UPDATE bench_stock SET rest = rest - :batch WHERE id = 1;
    END;
"""
RATE = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)


@contextmanager
def tables() -> Iterator[None]:
    """Within the block the two tables are there: a stock of one row, and claims of it."""
    with psycopg.connect(os.environ[database.OWNER_URL], autocommit=True) as owner:
        owner.execute(TABLES)
        try:
            yield
        finally:
            owner.execute("DROP TABLE bench_claim, bench_stock")


def claims_per_second(*, batched: bool, clients: int, seconds: float) -> float:
    """What the database does by itself: claims committed a second by so many connections."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "claims.sql"
        script.write_text(BATCHED if batched else SINGLE)
        done = subprocess.run(
            [
                *(postgres.program("pgbench"), "--no-vacuum", "--protocol=prepared"),
                *(f"--client={clients}", f"--jobs={min(clients, 2)}"),
                *(f"--time={max(1, round(seconds))}", f"--file={script}"),
                f"--define=batch={BATCH}",
                os.environ[database.OWNER_URL],
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    found = RATE.search(done.stdout)
    if found is None:
        raise ValueError(f"pgbench said: {done.stdout}{done.stderr}")
    return float(found[1]) * (BATCH if batched else 1)
