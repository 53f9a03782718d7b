"""Reading JSON strictly: what PostgreSQL cannot keep never gets past this."""

import json
import math
from typing import Any


def loads(text: str | bytes) -> Any:
    """The value. Raises `ValueError` (`json.JSONDecodeError` where there is a line to name), also
    for NUL, lone surrogates, NaN and infinity, and `RecursionError` for what is too deep."""
    value = json.loads(text, parse_constant=refuse_constant)
    if not is_storable(value):
        raise ValueError("cannot be stored")
    return value


def refuse_constant(name: str) -> None:
    raise ValueError(name)


def is_storable(value: Any) -> bool:
    """Whether every text can be stored, and every number has bounds."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return all(is_storable(key) and is_storable(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(is_storable, value))
    return not isinstance(value, float) or math.isfinite(value)
