"""This room's objects at one union, for the matrix of routes and roles."""

import uuid

from niangjia.allocation.tests.draws import announce, make_draw_pool
from niangjia.organisations.models import Union

MISSING_ALLOCATED = {"draw": "9" * 10, "pool": str(uuid.UUID(int=7))}


def make_allocated(union: Union) -> dict[str, str]:
    """A pool that is drawn, and its draw."""
    pool, _accounts = make_draw_pool(entrants=0, union=union)
    return {"pool": str(pool.pk), "draw": announce(pool).number}
