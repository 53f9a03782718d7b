"""Numbers that people read to each other: digits, the last one a check digit."""

from typing import Any

from django.db.models import Model

from niangjia.core import ids

DIGITS = 12


def new_number(model: type[Model]) -> str:
    """A number that no row of `model` has."""
    return new_numbers(model, 1)[0]


def new_numbers(model: type[Model], count: int) -> list[str]:
    """`count` numbers that no row of `model` has. One question."""
    rows: Any = model._default_manager
    return ids.new_numbers(
        count,
        digits=DIGITS,
        taken=lambda drawn: rows.filter(number__in=drawn).values_list("number", flat=True),
    )
