"""Using a coupon at a till, and taking it back."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.allocation import services as allocation
from niangjia.benefits.events import CouponRedeemed, RedemptionRefunded
from niangjia.benefits.models import (
    Acceptance,
    Benefit,
    BenefitState,
    Cashier,
    Coupon,
    CouponState,
    Merchant,
    MerchantState,
    Redemption,
    Refund,
)
from niangjia.benefits.rules import redeeming as rules
from niangjia.benefits.rules.money import yuan_of
from niangjia.benefits.services import budgets
from niangjia.benefits.services.drafting import cause, hold_benefit
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members import services as members
from niangjia.organisations.services import count

ANOTHER_PURCHASE = _("This page was of another purchase. Open it anew.")


@transactions.atomic
def redeem(
    *,
    by: Cashier,
    coupon: Coupon,
    step: int,
    bill_fen: int = 0,
    wanted_fen: int | None = None,
    key: str,
    now: dt.datetime,
) -> Redemption:
    """The coupon pays what it can of a bill of `bill_fen`, or `wanted_fen` of it. Of one for a
    thing (`is_piece`) the thing is handed over: there is no bill, whatever is said of one.

    `step` is the half minute of the code that was shown: it pays for one purchase, so that a code
    that was photographed pays for none. `key` is of the purchase: sent again it gives the same
    redemption, so that a lost answer costs nobody anything. The coupon's row is locked and a
    constraint stands behind the lock; what is left of one that cannot be used in parts is
    forfeited, and costs the union nothing. Raises `NotFound` for a cashier who is none any more,
    `Conflict` and `TooLate` for a coupon that cannot be used here or whose benefit was called off,
    `Invalid` on `bill` and `amount`, and for a `key` that was of another purchase (`key-reused`).
    """
    till = access_till(by)
    locked = lock(coupon.pk)
    if locked.benefit.is_piece:
        bill_fen, wanted_fen = locked.face_fen, None
    earlier = Redemption.objects.filter(cashier=till, key=key).first()
    if earlier is not None:
        if (earlier.coupon_id, earlier.bill_fen) != (locked.pk, bill_fen):
            raise Invalid(ANOTHER_PURCHASE, code="key-reused")
        return earlier
    benefit = hold_benefit(locked.benefit_id)
    check_accepted(till, benefit)
    if locked.account_id == till.account_id:
        raise Conflict(_("Nobody takes their own coupon. Ask a colleague."), code="own-coupon")
    terms = terms_of(locked, benefit)
    rules.check_usable(terms, now=now)
    if Redemption.objects.filter(coupon=locked, step=step).exists():
        raise Conflict(
            _("This code has paid already. Ask for the next one; it comes within 30 seconds."),
            code="code-used",
        )
    amount = rules.amount_for(terms, bill_fen=bill_fen, wanted_fen=wanted_fen)
    forfeited = rules.forfeited_by(terms, amount_fen=amount)
    made = Redemption.objects.create(
        coupon=locked,
        shop=till.shop,
        cashier=till,
        amount_fen=amount,
        forfeited_fen=forfeited,
        bill_fen=bill_fen,
        at=now,
        step=step,
        key=key,
    )
    allocation.mark_used(claim_id=locked.claim_id, now=now)
    locked.left_fen -= amount
    locked.forfeited_fen += forfeited
    if locked.usable_fen == 0:
        locked.state = CouponState.USED
    locked.save(update_fields=["left_fen", "forfeited_fen", "state"])
    note(made, benefit, till.account_id, "redeemed", amount)
    outbox.publish(CouponRedeemed(made.pk, benefit.pk, benefit.union_id, amount))
    count(union_id=benefit.union_id, metric="redeemed_fen", change=amount)
    kind = "benefits.handed-over" if benefit.is_piece else "benefits.used"
    tell(locked, kind, now, shop=till.shop.name, amount=yuan_of(amount))
    return made


@transactions.atomic
def refund(
    *, by: Cashier, redemption: Redemption, amount_fen: int, reason: str, key: str, now: dt.datetime
) -> Refund:
    """A shop takes back what was bought: so much is on the coupon again, never money.

    Managers of the merchant do it, within thirty days and while the benefit's books are open. The
    coupon can then be used for a week at least, unless its books are closed before. Of a coupon
    that is used in one go, what was not needed stays lost while anything of that purchase stands,
    so that nobody makes a second coupon of it by bringing back a cent; when all of the purchase has
    come back, it never was, and the coupon is as it was before. A thing comes back whole. What
    comes back of a benefit that was called off goes to the budget. The same `key` again is the same
    refund. Raises `NotFound`, `TooLate`, `Invalid` on `amount` and `reason`, and for a `key` of
    another refund (`key-reused`).
    """
    till = access_till(by, is_manager=True)
    locked = lock(redemption.coupon_id)
    bought = Redemption.objects.select_related("shop").get(pk=redemption.pk)
    if bought.shop.merchant_id != till.shop.merchant_id:
        raise NotFound(_("There is no such page"))
    earlier = Refund.objects.filter(cashier=till, key=key).first()
    if earlier is not None:
        if (earlier.redemption_id, earlier.amount_fen) != (bought.pk, amount_fen):
            raise Invalid(ANOTHER_PURCHASE, code="key-reused")
        return earlier
    if len(reason.strip()) < 2:
        problem = _("Say what came back.")
        raise Invalid(problem, fields={"reason": problem})
    rest = bought.kept_fen
    benefit = hold_benefit(locked.benefit_id)
    is_cancelled = benefit.state == BenefitState.CANCELLED
    closes_at = rules.books_close_at(benefit.valid_until)
    rules.check_refund(
        redeemed_at=bought.at,
        amount_fen=amount_fen,
        rest_fen=rest,
        closes_at=None if is_cancelled else benefit.settled_at or closes_at,
        now=now,
    )
    if benefit.is_piece and amount_fen != rest:
        whole = _("A thing comes back whole.")
        raise Invalid(whole, code="not-whole", fields={"amount": whole})
    made = Refund.objects.create(
        redemption=bought,
        cashier=till,
        amount_fen=amount_fen,
        reason=reason.strip(),
        at=now,
        key=key,
    )
    locked.left_fen += amount_fen
    if amount_fen == rest:
        locked.forfeited_fen -= bought.forfeited_fen
    if is_cancelled:
        locked.state = CouponState.BLOCKED
        budgets.commit(
            benefit.budget_id, fen=-amount_fen, cause=cause(benefit), by=till.account_id, now=now
        )
    elif locked.state == CouponState.USED:
        locked.state = CouponState.OPEN
    if locked.usable_fen == locked.face_fen:
        allocation.mark_unused(claim_id=locked.claim_id)
    locked.expires_at = rules.expiry_after_refund(locked.expires_at, closes_at=closes_at, now=now)
    locked.save(update_fields=["left_fen", "forfeited_fen", "state", "expires_at"])
    note(bought, benefit, till.account_id, "refunded", amount_fen)
    outbox.publish(RedemptionRefunded(made.pk, benefit.union_id, amount_fen))
    count(union_id=benefit.union_id, metric="redeemed_fen", change=-amount_fen)
    kind = "benefits.brought-back" if benefit.is_piece else "benefits.refunded"
    tell(locked, kind, now, shop=bought.shop.name, amount=yuan_of(amount_fen))
    return made


def access_till(by: Cashier, *, is_manager: bool = False) -> Cashier:
    """The cashier as they stand now, with shop and merchant. Raises `NotFound` for whoever does
    not stand there any more, `Conflict` where the merchant takes nothing."""
    found = (
        Cashier.objects.select_for_update(of=("self",), no_key=True)
        .select_related("shop__merchant")
        .filter(pk=by.pk, ended_at=None, account__is_active=True)
        .first()
    )
    if found is None or (is_manager and not found.is_manager):
        raise NotFound(_("There is no such page"))
    return found


def check_accepted(till: Cashier, benefit: Benefit) -> None:
    """Raise `Conflict` where this shop takes nothing, or not this."""
    merchant = till.shop.merchant
    if till.shop.closed_at is not None or merchant.state != MerchantState.ACTIVE:
        raise Conflict(_("This shop takes no coupons at present."), code="shop-closed")
    if not takes(merchant, benefit):
        raise Conflict(_("This coupon is not for this shop."), code="not-accepted-here")


def takes(merchant: Merchant, benefit: Benefit) -> bool:
    """Whether a merchant takes a benefit: it was chosen, or none was and it has a contract with the
    union that gives it or with one above."""
    chosen = Acceptance.objects.filter(benefit=benefit)
    if chosen.filter(merchant=merchant).exists():
        return True
    return not chosen.exists() and benefit.union.path.startswith(merchant.union.path)


def terms_of(coupon: Coupon, benefit: Benefit) -> rules.Terms:
    """What matters of a coupon for using it."""
    return rules.Terms(
        state=coupon.state,
        left_fen=coupon.usable_fen,
        min_bill_fen=benefit.min_bill_fen,
        is_partial=benefit.is_partial,
        valid_from=benefit.valid_from,
        expires_at=coupon.expires_at,
        is_cancelled=benefit.state == BenefitState.CANCELLED,
        is_settled=benefit.settled_at is not None,
    )


def lock(coupon_id: uuid.UUID) -> Coupon:
    """The coupon, ours until the transaction ends."""
    return (
        Coupon.objects.select_for_update(of=("self",))
        .select_related("account", "benefit")
        .get(pk=coupon_id)
    )


def note(bought: Redemption, benefit: Benefit, by: uuid.UUID, action: str, fen: int) -> None:
    """Record what happened to a coupon."""
    audit.record(
        action=f"coupon.{action}",
        by=by,
        subject=f"redemption:{bought.pk}",
        union_id=benefit.union_id,
        details={"fen": fen},
    )


def tell(coupon: Coupon, kind: str, now: dt.datetime, **facts: str) -> None:
    """Tell the holder at once: whoever did not do it themselves hears of it."""
    members.notify(
        account=coupon.account,
        kind=kind,
        facts={"benefit": coupon.benefit.name, "left": yuan_of(coupon.usable_fen), **facts},
        url=reverse("benefits:coupon", args=[coupon.number]),
        now=now,
    )
