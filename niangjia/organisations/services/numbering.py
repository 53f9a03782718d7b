"""Numbers of unions: six digits of the division, seven of a serial, one check digit."""

import uuid
from collections.abc import Sequence

from django.db import connection

from niangjia.core import ids


def next_numbers(division_codes: Sequence[str]) -> list[str]:
    """One new number for each division code (6 or 9 digits; the first six count). One query.

    The serial runs through the whole node and is never used twice, so a number says where a union
    was founded, not where it lies after a move.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('organisations_union_serial') FROM generate_series(1, %s)",
            [len(division_codes)],
        )
        serials = [row[0] for row in cursor.fetchall()]
    return [
        ids.with_check_digit(f"{code[:6]}{serial:07d}")
        for code, serial in zip(division_codes, serials, strict=True)
    ]


def next_ids(count: int) -> list[uuid.UUID]:
    """Ids from the database ahead of their rows, for rows that name each other. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]
