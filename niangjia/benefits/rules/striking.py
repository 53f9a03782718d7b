"""Who may have a hand in striking a redemption: pure."""

import uuid
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Conflict, Invalid

REASON_MAX = 300
WORDS_MAX = 500


def check_not_own_matter(account_id: uuid.UUID, concerned: Collection[uuid.UUID]) -> None:
    """Raise `Conflict` for whoever holds the coupon or has stood at a till of the merchant: nobody
    decides in their own matter."""
    if account_id in concerned:
        raise Conflict(
            _("You hold this coupon, or took coupons for this merchant. Ask a colleague."),
            code="own-matter",
        )


def check_another(account_id: uuid.UUID, before: Collection[uuid.UUID | None]) -> None:
    """Raise `Conflict` for whoever had a hand in it before."""
    if account_id in before:
        raise Conflict(
            _("You had a hand in it already; it takes somebody else. The union above may do it."),
            code="own-work",
        )


def words_of(typed: str, *, field: str, most: int, problem: object) -> str:
    """What was typed, without blanks around it. Raises `Invalid` on `field` for less than two
    characters and for more than `most`."""
    words = typed.strip()
    if not 2 <= len(words) <= most:
        raise Invalid(str(problem), fields={field: str(problem)})
    return words
