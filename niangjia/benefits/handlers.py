"""News from the rooms below."""

from niangjia.allocation.events import (
    ClaimsCancelled,
    ClaimsExpired,
    ClaimsLost,
    ClaimsWaitAgain,
    PartsConfirmed,
    PartsGranted,
    PartsOffered,
    PoolDecided,
)
from niangjia.benefits import services
from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.organisations.events import UnionDissolved


@subscribe(PartsGranted)
def give_coupons(event: PartsGranted) -> None:
    """Whoever has a part of a benefit's pool gets their coupon; for whom one is kept until they
    confirm it hears so."""
    services.give_coupons(pool_id=event.pool_id, claim_ids=event.claim_ids, now=clock.now())
    services.tell_claims(
        pool_id=event.pool_id, kind="benefits.held", claim_ids=event.claim_ids, now=clock.now()
    )


@subscribe(PartsConfirmed)
def give_confirmed(event: PartsConfirmed) -> None:
    """So does whoever confirmed what was held for them."""
    services.give_coupons(pool_id=event.pool_id, claim_ids=event.claim_ids, now=clock.now())


@subscribe(UnionDissolved)
def wind_up(event: UnionDissolved) -> None:
    """A union that is no more gives nothing."""
    services.wind_up(union_id=event.union_id, now=clock.now())


@subscribe(PartsOffered)
def tell_offered(event: PartsOffered) -> None:
    """One came free and is kept for a while."""
    services.tell_claims(
        pool_id=event.pool_id, kind="benefits.offered", claim_ids=event.claim_ids, now=clock.now()
    )


@subscribe(PoolDecided)
def tell_waiting(event: PoolDecided) -> None:
    """Whoever had no luck and waits hears of it as well."""
    services.tell_claims(pool_id=event.pool_id, kind="benefits.waiting", now=clock.now())


@subscribe(ClaimsLost)
def tell_lost(event: ClaimsLost) -> None:
    """Nothing was left."""
    services.tell_claims(
        pool_id=event.pool_id, kind="benefits.lost", claim_ids=event.claim_ids, now=clock.now()
    )


@subscribe(ClaimsWaitAgain)
def tell_waiting_again(event: ClaimsWaitAgain) -> None:
    """It goes on for longer: there is something to wait for again."""
    services.tell_claims(
        pool_id=event.pool_id,
        kind="benefits.waiting-again",
        claim_ids=event.claim_ids,
        now=clock.now(),
    )


@subscribe(ClaimsExpired)
def tell_expired(event: ClaimsExpired) -> None:
    """What was kept was not confirmed in time."""
    services.tell_claims(
        pool_id=event.pool_id, kind="benefits.expired", claim_ids=event.claim_ids, now=clock.now()
    )


@subscribe(ClaimsCancelled)
def tell_cancelled(event: ClaimsCancelled) -> None:
    """Whoever waited or was in hears that it was called off; holders, when theirs is blocked."""
    services.tell_claims(
        pool_id=event.pool_id, kind="benefits.cancelled", claim_ids=event.claim_ids, now=clock.now()
    )
