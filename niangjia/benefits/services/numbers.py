"""Numbers that people read to each other: digits, the last one a check digit."""

from django.db.models import Model

from niangjia.core import ids

DIGITS = 12


def new_number(model: type[Model]) -> str:
    """A number that no row of `model` has."""
    return ids.new_number(model, digits=DIGITS)


def new_numbers(model: type[Model], count: int) -> list[str]:
    """`count` numbers that no row of `model` has. One question."""
    return ids.new_numbers(model, count, digits=DIGITS)
