"""How many members a union has, in public: a band, not a number.

Exact counts stand on the national page alone, where small ones and what would give them away by
subtraction are hidden (promise 36). A number here would undo that.
"""

BOUNDS = (1, 8, 50, 200, 1_000, 5_000, 20_000, 100_000, 1_000_000, 10_000_000)


def band(members: int) -> tuple[int, int | None]:
    """The least and the most that `members` may be: 230 gives (200, 999). Zero is (0, 0); the
    highest band has no most, so the second is None."""
    if members <= 0:
        return 0, 0
    least = max(bound for bound in BOUNDS if bound <= members)
    above = [bound for bound in BOUNDS if bound > members]
    return least, above[0] - 1 if above else None
