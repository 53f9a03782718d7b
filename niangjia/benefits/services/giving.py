"""Coupons for those whose claims were granted, and what becomes of them when those end."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from niangjia.allocation import services as allocation
from niangjia.allocation.models import Claim, ClaimState
from niangjia.benefits.events import BenefitCancelled
from niangjia.benefits.models import Benefit, BenefitState, Coupon, CouponState
from niangjia.benefits.rules.money import yuan_of
from niangjia.benefits.rules.redeeming import SETTLED_AFTER, expiry
from niangjia.benefits.selectors.books import redeemed_of
from niangjia.benefits.services import budgets
from niangjia.benefits.services.drafting import access_published, cause, hold_benefit, note
from niangjia.benefits.services.numbers import new_numbers
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members import services as members
from niangjia.members.models import Account, Post
from niangjia.members.services.notices import notify_many

BATCH = 500
BLOCK = "benefits.block_cancelled"


@transactions.atomic
def give_coupons(
    *, pool_id: uuid.UUID, claim_ids: Sequence[uuid.UUID], now: dt.datetime
) -> list[Coupon]:
    """A coupon for each of these claims that is its holder's and has none yet, and a notice.

    The same claims again give nothing more: a claim has one coupon, by constraint. A pool that is
    of no benefit gives nothing, and neither does one whose benefit was called off or settled before
    the news of the claims came: nothing is set aside for it any more.
    """
    of_pool = Benefit.objects.filter(pool_id=pool_id).values_list("pk", flat=True).first()
    if of_pool is None:
        return []
    benefit = hold_benefit(of_pool)
    if benefit.state != BenefitState.PUBLISHED or benefit.settled_at is not None:
        return []
    claims = (
        Claim.objects.select_for_update(of=("self",))
        .filter(pk__in=claim_ids, state=ClaimState.CONFIRMED, coupon__isnull=True)
        .order_by("pk")
        .select_related("account")
    )
    found = list(claims)
    numbers = new_numbers(Coupon, len(found))
    coupons = [
        Coupon(
            number=number,
            benefit=benefit,
            claim=claim,
            account=claim.account,
            face_fen=benefit.face_fen,
            left_fen=benefit.face_fen,
            given_at=now,
            expires_at=expiry(
                given_at=now, valid_until=benefit.valid_until, valid_days=benefit.valid_days
            ),
        )
        for number, claim in zip(numbers, found, strict=True)
    ]
    Coupon.objects.bulk_create(coupons)
    # The database made their ids, and tells nobody who adds many at once.
    made = list(Coupon.objects.filter(number__in=numbers).select_related("account", "benefit"))
    for coupon in made:
        members.notify(
            account=coupon.account,
            kind="benefits.thing-given" if benefit.is_piece else "benefits.given",
            facts={
                "benefit": benefit.name,
                "worth": yuan_of(coupon.face_fen),
                "expires_at": coupon.expires_at.isoformat(),
            },
            url=reverse("benefits:coupon", args=[coupon.number]),
            now=now,
        )
    return made


@transactions.atomic
def return_coupon(*, by: Account, coupon: Coupon, now: dt.datetime) -> Coupon:
    """Give a coupon back unused: somebody else can have it. Twice is once. Raises `Conflict` once
    something of it was used."""
    locked = Coupon.objects.select_for_update(of=("self",)).get(pk=coupon.pk)
    if locked.state == CouponState.RETURNED:
        return locked
    if locked.state != CouponState.OPEN or locked.usable_fen != locked.face_fen:
        raise Conflict(_("It has been used; it cannot be given back."), code="coupon-used")
    locked.state = CouponState.RETURNED
    locked.save(update_fields=["state"])
    allocation.return_claim(by=by, claim_id=locked.claim_id, now=now)
    return locked


@transactions.atomic
def block_coupon(*, by: Post, coupon: Coupon, reason: str, now: dt.datetime) -> Coupon:
    """Stop a coupon that is abused or was lost; its holder is told why. Twice is once. Raises
    `Invalid` on `reason`, `Conflict` for one that cannot be used anyhow."""
    if len(reason.strip()) < 2:
        problem = _("Say why: the holder reads it.")
        raise Invalid(problem, fields={"reason": problem})
    locked = (
        Coupon.objects.select_for_update(of=("self",))
        .select_related("account", "benefit")
        .get(pk=coupon.pk)
    )
    if locked.state == CouponState.BLOCKED:
        return locked
    if locked.state != CouponState.OPEN:
        raise Conflict(_("It cannot be used any more anyhow."), code="coupon-over")
    locked.state = CouponState.BLOCKED
    locked.save(update_fields=["state"])
    audit.record(
        action="coupon.blocked",
        by=by.account_id,
        subject=f"coupon:{locked.pk}",
        union_id=by.union_id,
        details={"reason": reason.strip()},
    )
    members.notify(
        account=locked.account,
        kind="benefits.blocked",
        facts={"benefit": locked.benefit.name, "reason": reason.strip()},
        url=reverse("benefits:coupon", args=[locked.number]),
        now=now,
    )
    return locked


@transactions.atomic
def cancel_benefit(*, by: Post, benefit: Benefit, reason: str, now: dt.datetime) -> Benefit:
    """Call a benefit off. What was used stays used and is paid; whatever was not goes back to the
    budget at once, and the coupons are blocked and their holders told, some at a time
    (`block_cancelled`). Twice is once. Raises `Invalid` on `reason`, `Conflict` for a draft."""
    if benefit.state == BenefitState.CANCELLED:
        return benefit
    if len(reason.strip()) < 2:
        problem = _("Say why: everybody who has one reads it.")
        raise Invalid(problem, fields={"reason": problem})
    return call_off(access_published(benefit), by=by.account_id, reason=reason.strip(), now=now)


def call_off(locked: Benefit, *, by: uuid.UUID | None, reason: str, now: dt.datetime) -> Benefit:
    """Call off a published benefit whose row is held, in the caller's transaction. Without `by`
    the system does it."""
    assert locked.pool_id is not None  # noqa: S101 - the constraint says so
    allocation.cancel_pool(pool_id=locked.pool_id, by=by, now=now)
    locked.state, locked.settled_at = BenefitState.CANCELLED, now
    locked.draft["reason"] = reason
    locked.save(update_fields=["state", "settled_at", "draft"])
    # Whoever redeems holds the benefit's row shared: what was used until now is all there is.
    unused = locked.cost_fen - redeemed_of(locked)
    budgets.commit(locked.budget_id, fen=-unused, cause=cause(locked), by=by, now=now)
    note(locked, by, "cancelled", reason=reason)
    outbox.publish(BenefitCancelled(locked.pk))
    app.configure_task(BLOCK, queue="keeping").defer(benefit_id=str(locked.pk))
    return locked


@transactions.atomic
def block_cancelled(*, benefit_id: uuid.UUID, now: dt.datetime) -> int:
    """Block some coupons of a benefit that was called off and tell their holders; says how many.
    Called until it says none. It waits for whoever has one in hand: passed over, that coupon would
    stay open for ever, and its holder would never hear of it."""
    coupons = list(
        Coupon.objects.select_for_update(of=("self",))
        .filter(benefit_id=benefit_id, state=CouponState.OPEN)
        .filter(benefit__state=BenefitState.CANCELLED)
        .select_related("account", "benefit")
        .order_by("pk")[:BATCH]
    )
    Coupon.objects.filter(pk__in=[coupon.pk for coupon in coupons]).update(
        state=CouponState.BLOCKED
    )
    if coupons:
        benefit = coupons[0].benefit
        notify_many(
            accounts=[coupon.account for coupon in coupons],
            kind="benefits.cancelled",
            facts={"benefit": benefit.name, "reason": benefit.draft.get("reason", "")},
            url=reverse("benefits:mine"),
            now=now,
        )
    return len(coupons)


@transactions.atomic
def remind_of_coupons(*, now: dt.datetime, limit: int) -> int:
    """Remind whoever has a coupon that ends within three days, once; says how many."""
    coupons = list(
        Coupon.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(
            state=CouponState.OPEN,
            reminded_at=None,
            expires_at__gt=now,
            expires_at__lte=now + dt.timedelta(days=3),
            given_at__lt=now - dt.timedelta(days=1),
        )
        .select_related("account", "benefit")
        .order_by("expires_at")[:limit]
    )
    for coupon in coupons:
        coupon.reminded_at = now
        members.notify(
            account=coupon.account,
            kind="benefits.thing-expiring" if coupon.benefit.is_piece else "benefits.expiring",
            facts={
                "benefit": coupon.benefit.name,
                "left": yuan_of(coupon.usable_fen),
                "expires_at": coupon.expires_at.isoformat(),
            },
            url=reverse("benefits:coupon", args=[coupon.number]),
            now=now,
        )
    Coupon.objects.bulk_update(coupons, ["reminded_at"])
    return len(coupons)


@transactions.atomic
def release_unused(*, now: dt.datetime, limit: int) -> int:
    """What nobody used of benefits that are over goes back to their budgets; says of how many.

    Over means that nothing can move any more: the last coupon has expired, and so has the time in
    which a shop could take something back.
    """
    over = list(
        Benefit.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(
            state=BenefitState.PUBLISHED,
            settled_at=None,
            valid_until__lte=now - SETTLED_AFTER,
        )
        .order_by("valid_until")[:limit]
    )
    for benefit in over:
        unused = benefit.cost_fen - redeemed_of(benefit)
        budgets.commit(benefit.budget_id, fen=-unused, cause=cause(benefit), by=None, now=now)
        benefit.settled_at = now
        benefit.save(update_fields=["settled_at"])
        note(benefit, None, "settled", unused=unused)
    return len(over)
