"""What a backup says about itself: how many rows each table held, and a digest over them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

FORMAT = 1
FILE = "manifest.json"
DUMP = "database.dump"
KEYS = "keys.json"
CHECKPOINTS = "checkpoints.jsonl"

#: Rows are digested as text, so how text is made must not depend on the session.
PLAIN_TEXT: tuple[LiteralString, ...] = (
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO, YMD'",
    "SET IntervalStyle = 'postgres'",
    "SET extra_float_digits = 1",
    "SET bytea_output = 'hex'",
    # An account that row-level security binds would count fewer rows: it is refused instead.
    "SET row_security = off",
)
#: Written from `keys.json` at every start; in a backup it would be a key beside the data.
LEFT_OUT = "core_scopekey"
TABLES = """
    SELECT c.relname FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> %s ORDER BY c.relname
"""
#: A sum does not depend on the order of the rows, and counts equal rows as often as they stand.
DIGEST: LiteralString = """
    SELECT count(*),
           coalesce(sum(('x' || left(digest, 16))::bit(64)::bigint::numeric), 0)::text || '/' ||
           coalesce(sum(('x' || right(digest, 16))::bit(64)::bigint::numeric), 0)::text
    FROM (SELECT md5(t::text) AS digest FROM {table} AS t) AS rows
"""


class Refused(Exception):
    """A backup cannot be made, trusted or put back; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """`tables`: name → [rows, digest]. `dump_sha256` covers the file beside it. `keys` are the
    fingerprints of those the rows were written under."""

    made_at: str
    server: str
    tables: dict[str, list[Any]]
    dump_sha256: str
    keys: list[str]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Written last: a folder with a manifest is a whole backup."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / FILE).write_text(text + "\n")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises `Refused` when there is none or it is of another format."""
        try:
            said = json.loads((folder / FILE).read_text())
        except (OSError, ValueError) as error:
            raise Refused(f"{folder} holds no whole backup ({error}).") from error
        if said.get("format") != FORMAT:
            raise Refused(f"{folder} is of format {said.get('format')}, this reads {FORMAT}.")
        return cls(**said)


def describe(connection: psycopg.Connection[Any]) -> dict[str, list[Any]]:
    """Rows and digest of each table, as this transaction sees them. Raises `Refused` for an account
    that does not see every row."""
    for setting in PLAIN_TEXT:
        connection.execute(setting)
    described = {}
    for (name,) in connection.execute(TABLES, [LEFT_OUT]).fetchall():
        question = sql.SQL(DIGEST).format(table=sql.Identifier("public", name))
        try:
            row = connection.execute(question).fetchone()
        except psycopg.errors.InsufficientPrivilege as error:
            raise Refused(
                f"The owner's account needs BYPASSRLS to see every row: {error}"
            ) from error
        assert row is not None  # noqa: S101 - an aggregate always answers with a row
        described[str(name)] = [row[0], row[1]]
    return described
