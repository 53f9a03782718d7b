"""Striking a redemption that was a fraud: proposed by one person, confirmed by another."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.events import RedemptionStruck
from niangjia.benefits.models import (
    STANDING_STRIKES,
    Benefit,
    Cashier,
    Coupon,
    Occasion,
    Redemption,
    Refund,
    Strike,
    StrikeState,
)
from niangjia.benefits.rules import striking as rules
from niangjia.benefits.rules.money import yuan_of
from niangjia.benefits.services.disputing import due_at
from niangjia.benefits.services.drafting import hold_benefit
from niangjia.benefits.services.redeeming import lock as lock_coupon
from niangjia.core import audit, clock, outbox, transactions
from niangjia.core.errors import Conflict
from niangjia.members import services as members
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action
from niangjia.organisations.services import count

WHY = _("Say why, in up to 300 characters: the merchant and the coupon's holder read it.")


@transactions.atomic
def propose_strike(
    *,
    by: Post,
    redemption: Redemption,
    occasion: str,
    is_party: bool,
    reason: str,
    now: dt.datetime,
) -> Strike:
    """That what a shop took of a coupon is not owed, because it was a fraud. Nothing moves before
    somebody else confirms it (`confirm_strike`); the union's officers are told.

    `is_party`: the coupon's holder had a part in it; else they are its victim. Raises `Invalid` on
    `reason`, `Conflict` in one's own matter, where a strike stands already or nothing is left to
    strike because all was taken back.
    """
    words = rules.words_of(reason, field="reason", most=rules.REASON_MAX, problem=WHY)
    lock_coupon(redemption.coupon_id)
    bought = (
        Redemption.objects.select_related("coupon__benefit__union", "shop__merchant")
        .prefetch_related("refunds")
        .get(pk=redemption.pk)
    )
    rules.check_not_own_matter(by.account_id, concerned(bought))
    if bought.strikes.filter(state__in=STANDING_STRIKES).exists():
        raise Conflict(_("It has been proposed or struck already."), code="strike-stands")
    check_something_left(bought)
    strike = Strike.objects.create(
        redemption=bought,
        occasion=Occasion(occasion),
        is_party=is_party,
        reason=words,
        proposed_at=now,
        proposed_by_id=by.account_id,
    )
    note(strike, by.account_id, "strike_proposed", bought.kept_fen)
    tell_officers(strike, "benefits.strike-proposed", now, amount=yuan_of(bought.kept_fen))
    return strike


@transactions.atomic
def confirm_strike(*, by: Post, strike: Strike, now: dt.datetime) -> Strike:
    """A second person agrees: the redemption is struck, whatever of it was not taken back.

    In the books it is a refund: on no statement yet it comes off the one that is drawn up, on one
    that was drawn up or paid already it stands as a line on the next. Its merchant is told why, and
    can object for five working days (`object_to_strike`). Until then, and until an objection is
    answered, nobody can use what it comes to and no budget has it back, so that it can be owed
    again to the fen. A victim has it back after that; of a holder who had a part in it the whole
    coupon is blocked at once. Both are told. The same person again changes nothing. Raises
    `Conflict` for whoever proposed it, in one's own matter, when it was decided, and where nothing
    is left.
    """
    locked = lock(strike)
    if locked.state != StrikeState.PROPOSED and locked.decided_by_id == by.account_id:
        return locked
    bought = check_decides(by, locked)
    check_something_left(bought)
    fen = bought.kept_fen
    locked.state, locked.amount_fen = StrikeState.STRUCK, fen
    locked.decided_at, locked.decided_by_id, locked.due_at = now, by.account_id, due_at(now)
    locked.hold()
    locked.save()
    save_coupon(bought.coupon)
    write(locked, fen, key="struck", now=now)
    note(locked, by.account_id, "struck", fen)
    outbox.publish(RedemptionStruck(locked.pk, bought.coupon.benefit.union_id, fen))
    if not tell_managers(locked, "benefits.struck", now):
        tell_officers(locked, "benefits.struck-nobody", now)
    tell_holder(
        locked, "benefits.struck-party" if locked.is_party else "benefits.struck-yours", now
    )
    return locked


@transactions.atomic
def drop_strike(*, by: Post, strike: Strike, reason: str, now: dt.datetime) -> Strike:
    """It is not struck: a second person says why not, or whoever proposed it takes it back; they
    are told. Raises `Invalid` on `reason`, `Conflict` when it was decided."""
    problem = _("Say why not: whoever proposed it reads it.")
    words = rules.words_of(reason, field="reason", most=rules.REASON_MAX, problem=problem)
    locked = lock(strike)
    check_proposed(locked)
    rules.check_not_own_matter(by.account_id, concerned(locked.redemption))
    locked.state, locked.decision = StrikeState.DROPPED, words
    locked.decided_at, locked.decided_by_id = now, by.account_id
    locked.save()
    note(locked, by.account_id, "strike_dropped", locked.redemption.kept_fen)
    if by.account_id != locked.proposed_by_id:
        members.notify(
            account=Account.objects.get(pk=locked.proposed_by_id),
            kind="benefits.strike-dropped",
            facts=facts_of(locked),
            url=desk(locked),
            now=now,
        )
    return locked


def check_decides(by: Post, locked: Strike) -> Redemption:
    """Raise `Conflict` unless `by` is a second person who can confirm it. The redemption."""
    check_proposed(locked)
    rules.check_another(by.account_id, [locked.proposed_by_id])
    rules.check_not_own_matter(by.account_id, concerned(locked.redemption))
    return locked.redemption


def check_proposed(locked: Strike) -> None:
    if locked.state != StrikeState.PROPOSED:
        raise Conflict(_("Somebody has decided it already."), code="decided")


def check_something_left(bought: Redemption) -> None:
    """Raise `Conflict` where all of it was taken back."""
    if bought.kept_fen < 1:
        raise Conflict(
            _("All of it was taken back; nothing is owed for it."), code="nothing-to-strike"
        )


def concerned(bought: Redemption) -> set[uuid.UUID]:
    """Whose matter it is: the coupon's holder, and whoever has stood at a till of the merchant."""
    tills = Cashier.objects.filter(shop__merchant=bought.shop.merchant_id)
    return {bought.coupon.account_id, *tills.values_list("account_id", flat=True)}


def lock(strike: Strike) -> Strike:
    """The strike with its coupon, and that the books of its benefit stay as they are, until the
    transaction ends. The coupon first, as at a till."""
    coupon = lock_coupon(strike.redemption.coupon_id)
    coupon.benefit = hold_benefit(coupon.benefit_id)
    locked = (
        Strike.objects.select_for_update(of=("self",))
        .select_related("redemption__shop__merchant")
        .prefetch_related("redemption__refunds")
        .get(pk=strike.pk)
    )
    locked.redemption.coupon = coupon
    return locked


def write(strike: Strike, fen: int, *, key: str, now: dt.datetime) -> None:
    """The books' line: `fen` come off what is owed, or are owed again (negative)."""
    Refund.objects.create(
        redemption=strike.redemption,
        strike=strike,
        amount_fen=fen,
        reason=strike.reason,
        at=now,
        key=key,
    )
    benefit = strike.redemption.coupon.benefit
    count(union_id=benefit.union_id, metric="redeemed_fen", change=-fen)


def save_coupon(coupon: Coupon) -> None:
    """What a strike changes of a coupon."""
    coupon.save(update_fields=["left_fen", "forfeited_fen", "state", "expires_at"])


def note(strike: Strike, by: uuid.UUID | None, action: str, fen: int) -> None:
    """Record each step."""
    audit.record(
        action=f"redemption.{action}",
        by=by,
        subject=f"redemption:{strike.redemption_id}",
        union_id=benefit_of(strike).union_id,
        details={"fen": fen, "strike": str(strike.pk)},
    )


def benefit_of(strike: Strike) -> Benefit:
    return strike.redemption.coupon.benefit


def facts_of(strike: Strike) -> dict[str, str]:
    """What its notices say."""
    bought = strike.redemption
    day = bought.at.astimezone(clock.CHINA)
    return {
        "amount": yuan_of(strike.amount_fen),
        "benefit": bought.coupon.benefit.name,
        "left": yuan_of(bought.coupon.usable_fen),
        "expires_at": bought.coupon.expires_at.isoformat(),
        "shop": bought.shop.name,
        "merchant": bought.shop.merchant.name,
        "union": bought.coupon.benefit.union.name,
        "day": f"{day:%Y-%m-%d}",
        "until": f"{strike.due_at.astimezone(clock.CHINA):%Y-%m-%d}" if strike.due_at else "",
        "reason": strike.reason,
        "decision": strike.decision,
        "objection": strike.objection,
        "answer": strike.answer,
    }


def desk(strike: Strike) -> str:
    """Its page at the desk."""
    return reverse("benefits:strike", args=[strike.pk])


def tell_officers(strike: Strike, kind: str, now: dt.datetime, **more: str) -> None:
    """Whoever gives the benefits of the union that pays."""
    members.notify_officers(
        union=benefit_of(strike).union,
        action=Action.GIVE_BENEFITS,
        kind=kind,
        facts=facts_of(strike) | more,
        url=desk(strike),
        now=now,
    )


def tell_managers(strike: Strike, kind: str, now: dt.datetime) -> int:
    """Whoever manages the merchant's shops, each once; says how many."""
    managers = Cashier.objects.filter(
        shop__merchant=strike.redemption.shop.merchant_id, is_manager=True, ended_at=None
    )
    told = {each.account_id: each.account for each in managers.select_related("account")}
    for account in told.values():
        members.notify(
            account=account,
            kind=kind,
            facts=facts_of(strike),
            url=reverse("benefits:till_strike", args=[strike.pk]),
            now=now,
        )
    return len(told)


def tell_holder(strike: Strike, kind: str, now: dt.datetime) -> None:
    """Whose coupon it was."""
    coupon = strike.redemption.coupon
    members.notify(
        account=coupon.account,
        kind=kind,
        facts=facts_of(strike),
        url=reverse("benefits:coupon", args=[coupon.number]),
        now=now,
    )
