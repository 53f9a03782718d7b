"""What this room holds about people."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Coupon, CouponState
from niangjia.benefits.rules.money import yuan_of
from niangjia.core import clock, personal_data
from niangjia.core.personal_data import Holding, Subject
from niangjia.members.services.holdings import reasons

BOOKS = "without the account's identity, so that what shops were paid still adds up"

HOLDINGS = (
    Holding(
        model="benefits.Coupon",
        link="account_id",
        to="account",
        title=_("Your coupons"),
        exported=("number", "benefit_name", "face", "left", "state", "given_at", "expires_at"),
        withheld=reasons.internal(
            "benefit_id", "claim_id", "face_fen", "left_fen", "forfeited_fen", "reminded_at"
        ),
        kept=BOOKS,
        readers={
            "benefit_name": lambda coupon: coupon.benefit.name,
            "face": lambda coupon: yuan_of(coupon.face_fen),
            "left": lambda coupon: yuan_of(coupon.usable_fen),
        },
    ),
    Holding(
        model="benefits.Redemption",
        link="coupon__account_id",
        to="account",
        title=_("What you paid with coupons"),
        exported=("shop_name", "amount", "at"),
        withheld=dict.fromkeys(
            (
                *("coupon_id", "shop_id", "cashier_id", "amount_fen", "forfeited_fen"),
                *("bill_fen", "step", "key"),
            ),
            reasons.INTERNAL,
        ),
        kept=BOOKS,
        readers={
            "shop_name": lambda bought: bought.shop.name,
            "amount": lambda bought: yuan_of(bought.amount_fen),
        },
    ),
    Holding(
        model="benefits.Refund",
        link="redemption__coupon__account_id",
        to="account",
        title=_("What came back on your coupons"),
        exported=("amount", "reason", "at"),
        withheld=reasons.internal("redemption_id", "cashier_id", "strike_id", "amount_fen", "key"),
        kept=BOOKS,
        readers={"amount": lambda back: yuan_of(back.amount_fen)},
    ),
    Holding(
        model="benefits.Strike",
        link="redemption__coupon__account_id",
        to="account",
        title=_("What was struck of your coupons"),
        exported=("amount", "reason", "decided_at"),
        withheld=dict.fromkeys(
            (
                *("redemption_id", "state", "occasion", "is_party", "amount_fen", "has_blocked"),
                *("proposed_at", "proposed_by_id", "decided_by_id", "decision", "due_at"),
                *("reminded_at", "objection", "objected_at", "objected_by_id", "answer"),
                *("answered_by_id", "ended_at"),
            ),
            reasons.OFFICERS,
        ),
        kept=BOOKS,
        readers={"amount": lambda strike: yuan_of(strike.amount_fen)},
    ),
    Holding(
        model="benefits.Cashier",
        link="account_id",
        to="account",
        title=_("Where you take coupons"),
        exported=("shop_name", "since_at", "ended_at"),
        withheld=reasons.internal("shop_id", "is_manager"),
        kept="who took what at which till is part of the books",
        readers={"shop_name": lambda cashier: cashier.shop.name},
    ),
    Holding(
        model="benefits.TillInvitation",
        link="cashier__account_id",
        to="account",
        title=_("Where you take coupons"),
        withheld=reasons.internal(
            "shop_id", "token_digest", "is_manager", "created_at", "expires_at", "cashier_id"
        ),
        kept="who took what at which till is part of the books",
    ),
    Holding(
        model="benefits.StatementLine",
        link="redemption__coupon__account_id",
        to="account",
        title=_("What you paid with coupons"),
        withheld=reasons.internal("statement_id", "redemption_id", "refund_id", "amount_fen"),
        kept=BOOKS,
    ),
    Holding(
        model="benefits.BudgetEntry",
        link="account_id",
        to="account",
        title=_("Budget entered"),
        withheld=dict.fromkeys(
            ("budget_id", "at", "cause", "amount_change", "committed_change"), reasons.OFFICERS
        ),
        kept="who changed a budget is part of the union's books",
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS)
    personal_data.also_warn(what_ends)


def what_ends(subject: Subject) -> list[str]:
    """In words, what somebody gives up by leaving."""
    mine = Coupon.objects.filter(
        account_id=subject.account_id, state=CouponState.OPEN, expires_at__gt=clock.now()
    ).select_related("benefit")
    words = gettext("%(name)s: %(left)s yuan that cannot be used any more.")
    thing = gettext("%(name)s: it cannot be fetched any more.")
    return [
        (thing if coupon.benefit.is_piece else words)
        % {"name": coupon.benefit.name, "left": yuan_of(coupon.usable_fen)}
        for coupon in mine.order_by("-id")
    ]
