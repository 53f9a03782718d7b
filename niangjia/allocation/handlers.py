"""News from this room itself: what a pool comes to, its draw follows."""

from niangjia.allocation import services
from niangjia.allocation.events import PoolCancelled
from niangjia.core import clock
from niangjia.core.outbox import subscribe


@subscribe(PoolCancelled)
def call_off_draws(event: PoolCancelled) -> None:
    """A pool that was called off draws no lots."""
    services.call_off_draws(pool_id=event.pool_id, now=clock.now())
