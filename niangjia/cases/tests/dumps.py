"""Looking for a text in everything a node leaves behind: every table, every column, every log."""

import base64
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from psycopg import sql

TABLES = """
SELECT table_schema, table_name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
ORDER BY 1, 2
"""
#: What may be base64: sessions, caches, signed values.
PACKED = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")


def forms(text: str) -> set[str]:
    """How `text` may be written: as it is, escaped in JSON, in a URL, as the bytes of a column."""
    escaped = json.dumps(text)[1:-1]
    return {
        text,
        escaped,
        escaped.replace("\\", "\\\\"),
        quote(text),
        text.encode().hex(),
        escaped.encode().hex(),
    }


def unpacked(text: str) -> Iterator[str]:
    """What lies in `text` in base64, compressed or not."""
    for match in PACKED.findall(text):
        padded = match + "=" * (-len(match) % 4)
        for altchars in (None, b"-_"):
            with suppress(ValueError):
                packed = base64.b64decode(padded, altchars=altchars)
                yield packed.decode(errors="replace")
                with suppress(zlib.error):
                    yield zlib.decompress(packed).decode(errors="replace")


def rows(owner: Any) -> Iterator[tuple[str, str]]:
    """Every row of every table as text, with the table's name. `owner` sees all of them."""
    for schema, table in owner.execute(TABLES).fetchall():
        name = sql.Identifier(schema, table)
        for (row,) in owner.execute(sql.SQL("SELECT t::text FROM {} t").format(name)):
            yield table, row


def found(text: str, canary: str) -> bool:
    """Whether `canary` stands in `text` in any form."""
    wanted = forms(canary)
    return any(form in each for each in (text, *unpacked(text)) for form in wanted)


def tables_with(owner: Any, canary: str) -> set[str]:
    """The tables that hold `canary` in any form."""
    return {table for table, row in rows(owner) if found(row, canary)}


def lines_with(records: list[Any], canary: str) -> list[str]:
    """The log records that say `canary`, in their message or in what it was made of."""
    said = (f"{record.getMessage()} {record.args} {record.exc_text}" for record in records)
    return [line for line in said if found(line, canary)]
