"""Which coupon a code shows. At a till the server decides, so that a code works in the half minute
it is shown, and for one purchase alone."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.rules import codes
from niangjia.benefits.models import Cashier, Coupon
from niangjia.benefits.services.numbers import DIGITS as NUMBER
from niangjia.core.errors import Invalid
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles

#: All tills are one occasion: what is left of a coupon is known here alone.
OCCASION = "coupon"
CODE = 6
#: Six digits cannot be guessed at a till: wrong ones are counted.
WRONG_CODES = (Limit(20, 600), Limit(100, 86_400))


@dataclass(frozen=True)
class Seen:
    """A coupon that was shown, and in which half minute."""

    coupon: Coupon
    step: int


def read_code(*, by: Cashier, typed: str, now: dt.datetime) -> Seen:
    """The coupon whose code was scanned, or whose number and six digits were typed.

    Raises `Invalid` on `code`, for a wrong one, an old one and one that was never ours alike, and
    `Throttled` after too many of these at one till.
    """
    throttles.check("till-code", str(by.pk), WRONG_CODES, now=now)
    found = find_shown(typed, codes.step_at(now))
    if found is None:
        throttles.take("till-code", str(by.pk), WRONG_CODES, now=now)
        problem = _("This code is not good any more. Ask for the one that is shown now.")
        raise Invalid(problem, code="bad-code", fields={"code": problem})
    return found


def find_shown(typed: str, now: int) -> Seen | None:
    """What a code shows at the half minute `now`, or None."""
    coupons = Coupon.objects.select_related("benefit__union", "account")
    if shown := codes.parse(typed):
        coupon = coupons.filter(claim_id=shown.claim_id).first()
        step = codes.step_of_mac(key_of(coupon), shown.mac, now) if coupon else None
    else:
        digits = "".join(filter(str.isdigit, typed))
        if len(digits) != NUMBER + CODE:
            return None
        coupon = coupons.filter(number=digits[:NUMBER]).first()
        step = codes.step_of_digits(key_of(coupon), digits[NUMBER:], now) if coupon else None
    return Seen(coupon, step) if coupon and step is not None else None


def key_of(coupon: Coupon) -> bytes:
    """The key of a coupon's codes."""
    return codes.key_for(coupon.claim_id, OCCASION)
