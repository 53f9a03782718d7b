"""Pools, and one's own claims of them."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import LIVE, Claim, ClaimState, Pool
from niangjia.allocation.rules.granting import first_free
from niangjia.allocation.rules.standing import Claimant, Verdict, eligibility, standing
from niangjia.allocation.selectors import batches
from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post


def access_pool(pool_id: uuid.UUID) -> Pool:
    """A pool with its stock and union. Raises `NotFound`."""
    found = Pool.objects.select_related("stock", "union").filter(pk=pool_id).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def access_desk_pool(posts: list[Post], pool_id: uuid.UUID) -> Pool:
    """A pool within reach of whoever draws its lots. Raises `NotFound`, out of reach alike."""
    found = access_pool(pool_id)
    access_acting_post(posts, Action.SHARE_OUT, found.union.path)
    return found


def find_pool(subject: str) -> Pool | None:
    """The pool of what the room above knows as `subject`, with its stock, if there is one."""
    return Pool.objects.select_related("stock", "union").filter(subject=subject).first()


def list_own_claims(account: Account) -> QuerySet[Claim]:
    """What somebody asked of any pool, and what came of it. Order by "-id"."""
    return Claim.objects.filter(account=account).select_related("pool")


def access_own_claim(account: Account, claim_id: uuid.UUID) -> Claim:
    """A claim of one's own. Raises `NotFound`, for what is somebody else's alike."""
    found = list_own_claims(account).filter(pk=claim_id).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


@dataclass(frozen=True)
class Standing:
    """What somebody may do with a pool. `verdict`: `GRANTED` when they may claim, or why not.
    `claims` are their live ones, the newest first."""

    verdict: Verdict
    claims: list[Claim]


def pool_standing(pool: Pool, account: Account | None, *, now: dt.datetime) -> Standing:
    """What `account` may do with a pool now. Courtesy: `claim` looks again under the lock. Whoever
    is not signed in is told of the times alone. Three queries at most."""
    terms = batches.read_pools([pool.pk])[pool.pk].terms
    if account is None:
        stranger = Claimant("", "", True, None, None)
        verdict = standing(terms, stranger, now=now, today=clock.today())
        return Standing(verdict if verdict in OF_TIME else Verdict.GRANTED, [])
    claimant = batches.claimants([account.pk], pool_ids=[pool.pk]).get(account.pk)
    if claimant is None:
        return Standing(Verdict.NO_SUCH_POOL, [])
    mine = list(
        Claim.objects.filter(pool=pool, holder_id=claimant.holder_id, state__in=LIVE).order_by(
            "-id"
        )
    )
    verdict = standing(terms, claimant, now=now, today=now.astimezone(clock.CHINA).date())
    if verdict == Verdict.GRANTED and not first_free([c.slot for c in mine], terms.per_person):
        verdict = Verdict.HAS_SHARE
    return Standing(verdict, mine)


def eligibility_of(pool: Pool, account: Account, *, now: dt.datetime) -> Verdict:
    """Whether a pool is for `account`, whenever it is open and whatever they have of it."""
    terms = batches.read_pools([pool.pk])[pool.pk].terms
    claimant = batches.claimants([account.pk], pool_ids=[pool.pk]).get(account.pk)
    if claimant is None:
        return Verdict.NO_SUCH_POOL
    return eligibility(terms, claimant, today=now.astimezone(clock.CHINA).date())


OF_TIME = {Verdict.NOT_OPEN, Verdict.CLOSED, Verdict.CANCELLED}


def count_waiting(pool_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many parts of each pool are waited for; pools nobody waits for are not in it. One query,
    of an index."""
    waiting = Claim.objects.filter(pool_id__in=list(pool_ids), state=ClaimState.WAITING).order_by()
    return dict(waiting.values_list("pool_id").annotate(Sum("parts")))


def place_in_line(claim: Claim) -> int:
    """Which one somebody is of those who wait, from 1. One query, of an index."""
    before = Claim.objects.filter(pool_id=claim.pool_id, state=ClaimState.WAITING)
    return before.filter(place__lte=claim.place).count()
