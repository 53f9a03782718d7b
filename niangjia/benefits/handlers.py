"""News from the rooms below."""

from niangjia.allocation.events import PartsConfirmed, PartsGranted
from niangjia.benefits import services
from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.organisations.events import UnionDissolved


@subscribe(PartsGranted)
def give_coupons(event: PartsGranted) -> None:
    """Whoever has a part of a benefit's pool gets their coupon."""
    services.give_coupons(pool_id=event.pool_id, claim_ids=event.claim_ids, now=clock.now())


@subscribe(PartsConfirmed)
def give_confirmed(event: PartsConfirmed) -> None:
    """So does whoever confirmed what was held for them."""
    services.give_coupons(pool_id=event.pool_id, claim_ids=event.claim_ids, now=clock.now())


@subscribe(UnionDissolved)
def wind_up(event: UnionDissolved) -> None:
    """A union that is no more gives nothing."""
    services.wind_up(union_id=event.union_id, now=clock.now())
