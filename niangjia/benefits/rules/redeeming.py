"""What a coupon gives for a bill, and what of it can be taken back: pure."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import CouponState
from niangjia.benefits.rules.money import yuan_of
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, TooLate

#: So long a shop can take back what it took.
REFUND_DAYS = 30
#: A coupon that expired meanwhile can be used so much longer when something comes back to it.
EXTRA_DAYS = 7
#: After that nothing of a benefit moves any more, and what was not used goes back to the budget.
SETTLED_AFTER = dt.timedelta(days=REFUND_DAYS + EXTRA_DAYS + 1)
#: A million yuan: more on one bill is a slip of the hand.
BILL_MAX_FEN = 100_000_000

BOOKS_CLOSED = _("Its books are closed: what nobody used has gone back to the budget.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What matters of a coupon and its benefit when somebody wants to use it. Amounts in fen;
    `left_fen` is what it can still pay."""

    state: str
    left_fen: int
    min_bill_fen: int
    is_partial: bool
    valid_from: dt.datetime
    expires_at: dt.datetime
    is_cancelled: bool = False
    is_settled: bool = False


def end_of_day(day: dt.date) -> dt.datetime:
    """The moment a day in China is over."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), clock.CHINA)


def expiry(
    *, given_at: dt.datetime, valid_until: dt.datetime, valid_days: int | None
) -> dt.datetime:
    """Until when a coupon can be used: the benefit's end, or the end of the last of its own days,
    whichever comes first."""
    if valid_days is None:
        return valid_until
    last_day = given_at.astimezone(clock.CHINA).date() + dt.timedelta(days=valid_days)
    return min(valid_until, end_of_day(last_day))


def check_usable(terms: Terms, *, now: dt.datetime) -> None:
    """Raise why nothing can be had for this coupon at all: `TooLate`, `Conflict`."""
    if terms.state == CouponState.BLOCKED:
        raise Conflict(
            _("This coupon is blocked. Its holder can ask the union why."), code="coupon-blocked"
        )
    if terms.is_cancelled:
        raise Conflict(_("The union has called this benefit off."), code="benefit-cancelled")
    if terms.state == CouponState.RETURNED:
        raise Conflict(_("This coupon was given back."), code="coupon-returned")
    if terms.state == CouponState.USED or terms.left_fen == 0:
        raise Conflict(_("This coupon is used up."), code="coupon-used")
    if now < terms.valid_from:
        raise Conflict(_("This coupon cannot be used yet."), code="coupon-too-early")
    if now >= terms.expires_at or terms.is_settled:
        raise TooLate(_("This coupon has expired."), code="coupon-expired")


def amount_for(terms: Terms, *, bill_fen: int, wanted_fen: int | None) -> int:
    """What the coupon pays of a bill, in fen. `wanted_fen` asks for less than it could (only where
    it can be used in parts). Raises `Invalid` on `bill` or `amount`."""
    if bill_fen < 1:
        nothing = _("Write what the purchase comes to.")
        raise Invalid(nothing, fields={"bill": nothing})
    if bill_fen > BILL_MAX_FEN:
        most = _("One bill comes to 1,000,000 yuan at most. Is the amount right?")
        raise Invalid(most, code="bill-too-large", fields={"bill": most})
    if bill_fen < terms.min_bill_fen:
        problem = _("This coupon is for bills of %(least)s yuan and more.") % {
            "least": yuan_of(terms.min_bill_fen)
        }
        raise Invalid(problem, code="bill-too-small", fields={"bill": problem})
    pays = min(terms.left_fen, bill_fen)
    if wanted_fen is None or not terms.is_partial:
        return pays
    if not 1 <= wanted_fen <= pays:
        problem = _("At most %(most)s yuan can be taken from this coupon.") % {
            "most": yuan_of(pays)
        }
        raise Invalid(problem, code="more-than-left", fields={"amount": problem})
    return wanted_fen


def forfeited_by(terms: Terms, *, amount_fen: int) -> int:
    """What is lost when a coupon pays `amount_fen`: all that it could have paid more, unless it can
    be used in parts. In fen; it costs the union nothing."""
    return 0 if terms.is_partial else terms.left_fen - amount_fen


def books_close_at(valid_until: dt.datetime) -> dt.datetime:
    """From when on nothing of a benefit moves any more. `valid_until` is the benefit's."""
    return valid_until + SETTLED_AFTER


def check_refund(
    *,
    redeemed_at: dt.datetime,
    amount_fen: int,
    rest_fen: int,
    closes_at: dt.datetime | None,
    now: dt.datetime,
) -> None:
    """Raise why a shop cannot take back `amount_fen` of a redemption of which `rest_fen` was not
    taken back yet: `TooLate`, also once its books closed (`closes_at`; None: they do not, because
    what comes back goes to the budget at once), `Invalid` on `amount`."""
    if now >= redeemed_at + dt.timedelta(days=REFUND_DAYS):
        raise TooLate(
            _("Only purchases of the last %(days)s days can be taken back.")
            % {"days": REFUND_DAYS},
            code="refund-too-late",
        )
    if closes_at is not None and now >= closes_at:
        raise TooLate(BOOKS_CLOSED, code="books-closed")
    if not 1 <= amount_fen <= rest_fen:
        problem = (
            _("At most %(most)s yuan of it can still be taken back.") % {"most": yuan_of(rest_fen)}
            if rest_fen
            else _("All of it was taken back already.")
        )
        raise Invalid(problem, code="more-than-redeemed", fields={"amount": problem})


def expiry_after_refund(
    expires_at: dt.datetime, *, closes_at: dt.datetime, now: dt.datetime
) -> dt.datetime:
    """Nobody loses money by a refund: what comes back can be used for some days at least, though
    not beyond the moment at which the books are closed."""
    last_day = now.astimezone(clock.CHINA).date() + dt.timedelta(days=EXTRA_DAYS)
    return min(max(expires_at, end_of_day(last_day)), closes_at)
