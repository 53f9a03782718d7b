"""Deciding about single sign-ups: where it goes by approval, or when somebody cannot take part."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import SignUp
from niangjia.activities.services.acting import hold, record
from niangjia.allocation import services as allocation
from niangjia.core import transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post


@transactions.atomic
def decide_sign_up(
    *, by: Post, sign_up: SignUp, is_granted: bool, now: dt.datetime, reason: str = ""
) -> SignUp:
    """Give somebody a seat who asked for one, or refuse, or take back what they have; the person is
    told, with the reason. Raises `Invalid` on `reason`, `Conflict` when it is decided already, and
    once it is over: who was there was there."""
    activity = hold(sign_up.run.activity_id)
    if sign_up.run.ends_at <= now:
        raise Conflict(_("It is over already."), code="over")
    allocation.decide_claim(
        claim_id=sign_up.claim_id,
        is_granted=is_granted,
        reason=reason,
        by=by.account_id,
        now=now,
    )
    record(activity, by, "granted" if is_granted else "refused", {"sign-up": str(sign_up.pk)})
    sign_up.claim.refresh_from_db()
    return sign_up
