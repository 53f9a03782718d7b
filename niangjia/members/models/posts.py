"""Posts: an account acts for a union, in a role, within a reach, from one day to another."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, scope
from niangjia.members.models.accounts import Account
from niangjia.organisations.models import Union


class Role(models.TextChoices):
    """What a post entitles to: see `members.rules`."""

    CHAIR = "chair", _("Chair")
    MEMBERSHIP_OFFICER = "membership_officer", _("Membership officer")
    CASE_OFFICER = "case_officer", _("Case officer")
    HOTLINE_AGENT = "hotline_agent", _("Hotline agent")
    ANALYST = "analyst", _("Analyst")
    ADMINISTRATOR = "administrator", _("Node administrator")
    STAND_IN = "stand_in", _("Standing in for the chair")


class Reach(models.TextChoices):
    UNION = "union", _("This union only")
    SUBTREE = "subtree", _("This union and all below it")


class Post(models.Model):
    """Appointed and ended by the upper union. Ended posts stay as history.

    A post that is lent stands for another, `lent_from`, while its holder is away; it gives nothing
    from `until` on, whether or not anybody has ended it yet (`services.substitutions`).
    """

    id = ids.primary_key()
    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    union = models.ForeignKey(Union, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    reach = models.CharField(max_length=8, choices=Reach)
    appointed_at = models.DateTimeField()
    appointed_by_account_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_account_id = models.UUIDField(null=True)
    lent_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="lent")
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_lent_has_end",
                condition=Q(lent_from__isnull=True, until__isnull=True)
                | Q(lent_from__isnull=False, until__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["account", "union", "role"],
                condition=Q(ended_at__isnull=True),
                name="post_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.union_id}"

    @property
    def scope(self) -> scope.Reach:
        """Where in the tree this post may act."""
        return scope.Reach(path=self.union.path, subtree=self.reach == Reach.SUBTREE)
