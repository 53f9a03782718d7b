"""This room's objects at one union, for the matrix of routes and roles."""

import uuid

from niangjia.allocation.models import Claim
from niangjia.allocation.tests.draws import announce, make_draw_pool
from niangjia.organisations.models import Union

MISSING_ALLOCATED = {
    "draw": "9" * 10,
    "pool": str(uuid.UUID(int=7)),
    "claim": str(uuid.UUID(int=8)),
}


def make_allocated(union: Union) -> dict[str, str]:
    """A pool that is drawn, somebody's claim of it, and its draw."""
    pool, _accounts = make_draw_pool(entrants=1, union=union)
    claim = Claim.objects.get(pool=pool)
    return {"pool": str(pool.pk), "claim": str(claim.pk), "draw": announce(pool).number}
