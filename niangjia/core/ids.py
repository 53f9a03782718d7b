"""Ids: UUIDv7 for machines, made by the database; short numbers with a check digit for people."""

import secrets
import uuid
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


def any_number(digits: int) -> str:
    """A number of `digits` digits that nobody can guess, the last one a check digit. It says
    nothing of where or when; whether it is in use was not looked up."""
    lowest = 10 ** (digits - 2)
    return with_check_digit(str(lowest + secrets.randbelow(9 * lowest)))


def new_number(model: type[models.Model], *, digits: int) -> str:
    """A number nobody can guess, which no row of `model` has. One question."""
    return new_numbers(model, 1, digits=digits)[0]


def new_numbers(model: type[models.Model], count: int, *, digits: int) -> list[str]:
    """`count` numbers of `digits` digits that nobody can guess, with check digits, none of which
    the column `number` of `model` has; its unique constraint stands behind it. One question, but
    by the rarest chance."""
    rows: Any = model._default_manager
    found: set[str] = set()
    while len(found) < count:
        drawn = {any_number(digits) for _number in range(count - len(found))}
        taken = rows.filter(number__in=sorted(drawn)).values_list("number", flat=True)
        found |= drawn - set(taken)
    return list(found)
