"""Showing enough of a number to recognise it, and not enough to use it."""

MASK = "*"


def masked_identity_number(number: str) -> str:
    """330782********1234: where it was issued and its end, never the birthday. Shorter numbers
    (passports, old cards) keep only their first and last character."""
    head, tail = (6, 4) if len(number) == 18 else (1, 1)
    return number[:head] + MASK * (len(number) - head - tail) + number[-tail:]
