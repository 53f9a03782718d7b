"""News from the rooms below, and from this one."""

from niangjia.allocation import services
from niangjia.allocation.events import PoolCancelled
from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.organisations.events import UnionDissolved


@subscribe(PoolCancelled)
def call_off_draws(event: PoolCancelled) -> None:
    """A pool that was called off draws no lots."""
    services.call_off_draws(pool_id=event.pool_id, now=clock.now())


@subscribe(UnionDissolved)
def call_off(event: UnionDissolved) -> None:
    """Nobody is left who could give what a dissolved union had to share out."""
    services.cancel_pools_of(union_id=event.union_id, now=clock.now())
