"""Ids: UUIDv7 for machines, made by the database; short numbers with a check digit for people."""

import secrets
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from stdnum import luhn


class UUIDv7(models.Func):
    """PostgreSQL 18's own `uuidv7()`: nodes never collide and indexes stay dense."""

    function = "uuidv7"
    template = "%(function)s()"
    output_field = models.UUIDField()


def primary_key() -> "models.UUIDField[Any, Any]":
    """The primary key every table of ours has."""
    return models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)


def with_check_digit(body: str) -> str:
    """`body` (digits) with its Luhn digit: one wrong digit or one swap is always noticed."""
    return body + luhn.calc_check_digit(body)


def check_digit_holds(number: str) -> bool:
    """Whether a typed number, spaces and hyphens aside, carries its own check digit."""
    return bool(luhn.is_valid(number.replace(" ", "").replace("-", "")))


def parse_uuid(text: str) -> uuid.UUID | None:
    """The UUID in `text`, or None: bad ids answer like missing ones."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def new_numbers(
    count: int, *, digits: int, taken: Callable[[list[str]], Iterable[str]]
) -> list[str]:
    """`count` numbers of `digits` digits that nobody can guess, with check digits. `taken` says
    which of some are in use; the column's unique constraint stands behind it."""
    lowest = 10 ** (digits - 2)
    found: set[str] = set()
    while len(found) < count:
        drawn = {
            with_check_digit(str(lowest + secrets.randbelow(9 * lowest)))
            for _number in range(count - len(found))
        }
        found |= drawn - set(taken(sorted(drawn)))
    return list(found)
