"""Showing enough of a number to recognise it, and not enough to use it."""

MASK = "*"


def masked_identity_number(number: str) -> str:
    """330782********1234: where it was issued and its end, never the birthday. Shorter numbers
    (passports, old cards) keep only their first and last character."""
    head, tail = (6, 4) if len(number) == 18 else (1, 1)
    return number[:head] + MASK * (len(number) - head - tail) + number[-tail:]


def masked_name(name: str) -> str:
    """王*芳, 张*, 买********: enough for neighbours who know of the matter to object, not enough to
    find somebody by. Of a name with a dot only the beginning stays: its end is a family's."""
    said = name.strip()
    if len(said) < 2:
        return MASK
    last = said[-1] if 2 < len(said) <= 4 and "·" not in said else ""
    return said[0] + MASK * (len(said) - 1 - len(last)) + last
