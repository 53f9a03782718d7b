"""News from the rooms below: what became of those who asked for a seat."""

from django.db.models import Q

from niangjia.activities import services
from niangjia.activities.models import Run
from niangjia.activities.services import calling_off, co_organising, programmes, telling
from niangjia.allocation.events import (
    CameIn,
    ClaimRefused,
    ClaimsCancelled,
    ClaimsExpired,
    ClaimsLost,
    ClaimsWaitAgain,
    PartsGranted,
    PartsOffered,
    PoolDecided,
)
from niangjia.allocation.models import Mode
from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.organisations.events import UnionDissolved


@subscribe(PartsGranted)
def tell_granted(event: PartsGranted) -> None:
    """A draw or an officer has decided. Whoever came first was told on the page."""
    for kind in ("activity.granted", "activity.held"):
        telling.note_claims(claim_ids=event.claim_ids, kind=kind, only_later=True, now=clock.now())


@subscribe(PoolDecided)
def tell_waiting(event: PoolDecided) -> None:
    """Whoever had no luck and waits hears of it as well."""
    telling.begin_drawn(pool_id=event.pool_id, now=clock.now())


@subscribe(PartsOffered)
def tell_offered(event: PartsOffered) -> None:
    """A seat came free."""
    telling.note_claims(claim_ids=event.claim_ids, kind="activity.offered", now=clock.now())


@subscribe(ClaimsLost)
def tell_lost(event: ClaimsLost) -> None:
    """Nothing was left; or nobody decided, or drew, before it was over."""
    now, later = clock.now(), Q(activity__mode__in=(Mode.APPROVAL, Mode.DRAW))
    is_over = Run.objects.filter(later, pool=event.pool_id, ends_at__lte=now).exists()
    kind = "activity.undecided" if is_over else "activity.lost"
    telling.note_claims(claim_ids=event.claim_ids, kind=kind, now=now)


@subscribe(ClaimsWaitAgain)
def tell_waiting_again(event: ClaimsWaitAgain) -> None:
    """It was put off when the list had ended already: there is something to wait for again."""
    telling.note_claims(claim_ids=event.claim_ids, kind="activity.waiting-again", now=clock.now())


@subscribe(ClaimsExpired)
def tell_expired(event: ClaimsExpired) -> None:
    """An offer was not taken in time."""
    telling.note_claims(claim_ids=event.claim_ids, kind="activity.expired", now=clock.now())


@subscribe(ClaimRefused)
def tell_refused(event: ClaimRefused) -> None:
    """The union said no."""
    telling.note_claims(claim_ids=[event.claim_id], kind="activity.refused", now=clock.now())


@subscribe(ClaimsCancelled)
def tell_cancelled(event: ClaimsCancelled) -> None:
    """It was called off: everybody is told, as many at a time as the pool ends."""
    run = Run.objects.filter(pool=event.pool_id).select_related("activity").first()
    if run:
        facts = {"reason": run.cancel_reason or run.activity.cancel_reason}
        telling.note_claims(
            claim_ids=event.claim_ids, kind="activity.cancelled", facts=facts, now=clock.now()
        )


@subscribe(UnionDissolved)
def call_off(event: UnionDissolved) -> None:
    """Nobody is left who could hold what a dissolved union had planned."""
    now = clock.now()
    calling_off.cancel_activities_of(union_id=event.union_id, now=now)
    co_organising.leave_all(union_id=event.union_id, now=now)
    programmes.retire_pages_of(union_id=event.union_id, now=now)


@subscribe(CameIn)
def note_who_came(event: CameIn) -> None:
    """Somebody came in by their code."""
    services.note_entry(occasion=event.occasion, entry_id=event.entry_id)
