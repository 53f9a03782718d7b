"""Rows that are written by one statement, however many: as one value, a list in JSON.

A list that PostgreSQL reads as rows of a table needs no types beside it, and the statement is the
same for two rows as for a thousand, so that the server keeps it ready. (COPY would be cheaper, but
refuses tables under row-level security.)
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import DatabaseError


@dataclass(frozen=True)
class Many:
    """A statement whose first value is a list of rows; `rest` are its other values, with a tuple
    where it takes a list. `is_exact`: it has to write as many as it is given."""

    sql: str
    rest: tuple[Any, ...] = ()
    is_exact: bool = False

    def params(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """The values of the statement for these rows."""
        rest = [list(value) if isinstance(value, tuple) else value for value in self.rest]
        return [ENCODER.encode(rows), *rest]

    def refusal(self, count: int) -> Callable[[Any], None] | None:
        """What is given the cursor, where `count` rows have to be written. It raises
        `DatabaseError` when one was not there."""
        return written(count) if self.is_exact else None


def written(count: int) -> Callable[[Any], None]:
    """Raises `DatabaseError` unless so many rows were written."""

    def check(cursor: Any) -> None:
        if cursor.rowcount != count:
            raise DatabaseError("the row to be written is gone")

    return check


def spelled(value: Any) -> Any:
    """A value that JSON does not know, as PostgreSQL reads it back from JSON. Raises `TypeError`
    for one that we do not know either."""
    spell = SPELLINGS.get(type(value))
    if spell is None:
        raise TypeError(f"{type(value).__name__} cannot be written together with other rows")
    return spell(value)


#: By type: a round of the clock spells tens of thousands of values.
SPELLINGS: Mapping[type, Callable[[Any], str]] = {
    # Dashes are for people.
    uuid.UUID: lambda value: f"{value.int:032x}",
    Decimal: str,
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
    bytes: lambda value: f"\\x{value.hex()}",
    memoryview: lambda value: f"\\x{value.hex()}",
}
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=spelled)
