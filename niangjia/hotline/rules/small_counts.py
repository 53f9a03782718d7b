"""Counts that would point at somebody are not told (promise 36)."""

#: Of what people called about, 1 to 7 are "few", as everywhere.
SMALLEST_TOLD = 8


def is_told(count: int) -> bool:
    """Whether a count of what people called about may be shown."""
    return count >= SMALLEST_TOLD
