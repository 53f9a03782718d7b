"""What nobody tied to an accused employer may learn of, at any level of the tree (promise 1)."""

import uuid
from collections.abc import Collection

from django.db.models import F, Q

from niangjia.feedback.models import Invitation, RectificationOrder
from niangjia.members.models import Account
from niangjia.members.selectors.ties import Overlaps, TiedTo, untied


def open_to(account: Account, *, way: str = "") -> Q:
    """The rows that `account` may know of: all but those of protected subjects whose employers it
    is tied to. `way` leads to the row with `is_protected` and `tied_employer_ids`
    ("rating__invitation__")."""
    tied = Overlaps(F(f"{way}tied_employer_ids"), TiedTo.of(account.pk))
    secret = Q(**{f"{way}is_protected": True}) & Q(tied)
    return ~secret


def may_know(
    accounts: Collection[uuid.UUID], subject: Invitation | RectificationOrder
) -> set[uuid.UUID]:
    """Those of `accounts` that may be told of `subject`."""
    if not subject.is_protected:
        return set(accounts)
    return untied(accounts, subject.tied_employer_ids)
