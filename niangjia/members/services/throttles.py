"""Counting tries in the database, so that every process counts the same."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from niangjia.core import errors, transactions
from niangjia.core.crypto import digest
from niangjia.members.models import Attempt
from niangjia.members.rules import throttles


@transactions.atomic
def take(action: str, key: str, limits: Sequence[throttles.Limit], *, now: dt.datetime) -> None:
    """Count one try of `action` by `key`. Raises `Throttled` when there were too many.

    Holding it makes two tries at the same moment count as two.
    """
    key_digest = digest("attempt", f"{action}:{key}")
    transactions.hold(f"attempt:{key_digest.hex()}")
    refuse_if_too_many(action, key_digest, limits, now)
    Attempt.objects.create(action=action, key_digest=key_digest, at=now)


def check(action: str, key: str, limits: Sequence[throttles.Limit], *, now: dt.datetime) -> None:
    """Raise `Throttled` when there were too many tries, without counting one."""
    refuse_if_too_many(action, digest("attempt", f"{action}:{key}"), limits, now)


def give_back(action: str, key: str, *, now: dt.datetime) -> None:
    """Uncount the try that was counted at `now`: it failed for no fault of theirs."""
    Attempt.objects.filter(
        action=action, key_digest=digest("attempt", f"{action}:{key}"), at=now
    ).delete()


def refuse_if_too_many(
    action: str, key_digest: bytes, limits: Sequence[throttles.Limit], now: dt.datetime
) -> None:
    """Raise `Throttled`, saying when to come back."""
    longest = max(limit.seconds for limit in limits)
    tried_at = Attempt.objects.filter(
        action=action, key_digest=key_digest, at__gt=now - dt.timedelta(seconds=longest)
    ).values_list("at", flat=True)
    wait = throttles.wait_seconds(list(tried_at), limits, now=now)
    if wait:
        raise errors.Throttled(come_back_in(wait), retry_after_seconds=wait)


def come_back_in(seconds: int) -> errors.Text:
    """When to try again, in words."""
    if seconds < 120:
        return ngettext_lazy(
            "That was a little fast. Try again in %(count)s second.",
            "That was a little fast. Try again in %(count)s seconds.",
            seconds,
        ) % {"count": seconds}
    if seconds < 7200:
        return _("Too many tries. Try again in %(count)s minutes.") % {"count": -(-seconds // 60)}
    return _("Too many tries. Try again in %(count)s hours.") % {"count": -(-seconds // 3600)}
