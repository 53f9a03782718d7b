"""Lists as PostgreSQL writes them, for a statement that says which type they are: `%s::uuid[]`.

The driver looks at each element to find out what it is; where the statement says so, and a list has
hundreds, writing them down is several times cheaper.
"""

import uuid
from collections.abc import Iterable


def of_ids(values: Iterable[uuid.UUID | None]) -> str:
    """An array of ids. None is NULL."""
    return "{" + ",".join(["NULL" if value is None else value.hex for value in values]) + "}"


def of_words(values: Iterable[str]) -> str:
    """An array of what needs no quotes and is text already, as ids that the database wrote."""
    return "{" + ",".join(values) + "}"


def of_plain(values: Iterable[object]) -> str:
    """An array of what needs no quotes: numbers, moments, words of ours. None is NULL."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def of_texts(values: Iterable[str | None]) -> str:
    """An array of any texts. None is NULL."""
    return "{" + ",".join(["NULL" if value is None else quoted(value) for value in values]) + "}"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
