"""How long a walk takes. Streets are not straight: the great circle is stretched by a factor."""

import math

#: What the walk through the streets of a town is longer than the straight line, on average.
DETOUR = 1.3
#: 4.5 km an hour.
METRES_A_MINUTE = 75
#: Longer walks are said in kilometres.
LONGEST_MINUTES = 45


def minutes(metres: float) -> int:
    """Whole minutes on foot to somewhere `metres` away over the ground, at least one."""
    return max(1, math.ceil(metres * DETOUR / METRES_A_MINUTE))


def reach_metres(minutes: int) -> float:
    """How far away over the ground what one reaches in so many minutes lies at most."""
    return minutes * METRES_A_MINUTE / DETOUR
