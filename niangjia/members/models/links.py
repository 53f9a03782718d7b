"""Links that one person takes a role by."""

from typing import Any, ClassVar

from django.db import models

from niangjia.core import ids
from niangjia.members.models.accounts import Account


class RoleLink(models.Model):
    """A link by which one person takes on a role, once: keeper of a place, cashier at a till. No
    number is typed, so nobody learns who has an account.

    What it offers stands in the fields of each kind; `role` names the one that says what was taken:
    a row with an `account_id` and an `ended_at`.
    """

    role: ClassVar[str]

    id = ids.primary_key()
    token_digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def taken(self) -> Any | None:
        """What somebody has taken on by it."""
        return getattr(self, self.role)

    def is_held_by(self, account: Account) -> bool:
        """Whether this account took it, and still holds what it offers."""
        held = self.taken
        return held is not None and held.account_id == account.pk and held.ended_at is None
