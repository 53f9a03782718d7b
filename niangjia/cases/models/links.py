"""Cases that belong together."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models.cases import Case
from niangjia.core import ids


class LinkKind(models.TextChoices):
    """What `case` is to `other`."""

    DUPLICATE = "duplicate", _("Asked twice")
    RELATED = "related", _("Same matter")
    FOLLOWS = "follows", _("Follows from")
    GROUP = "group", _("Part of a group")


class LinkState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Linked")
    REJECTED = "rejected", _("Not the same")
    ENDED = "ended", _("No longer linked")


class FoundBy(models.TextChoices):
    """Why somebody thought of it."""

    HAND = "hand", _("an officer")
    PERSON = "person", _("the same person asked for the same")
    EMPLOYER = "employer", _("the same employer and service")
    CALL = "call", _("a call")


class CaseLink(models.Model):
    """Two cases that belong together: `case`, the later one, is a `kind` of `other`.

    Shown to whoever may see both, and to nobody else: a link to a complaint would betray it. What
    was rejected stays, so that it is not proposed again. `merged_at` says that the duplicate was
    closed in favour of the other.
    """

    id = ids.primary_key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked_by")
    kind = models.CharField(max_length=10, choices=LinkKind)
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.CONFIRMED)
    found_by = models.CharField(max_length=10, choices=FoundBy, default=FoundBy.HAND)
    at = models.DateTimeField()
    by_account_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_account_id = models.UUIDField(null=True)
    merged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="case_link_once"),
            models.CheckConstraint(
                name="case_link_not_itself", condition=~models.Q(case=models.F("other"))
            ),
            models.CheckConstraint(
                name="case_link_merged_is_duplicate",
                condition=models.Q(merged_at__isnull=True)
                | models.Q(kind="duplicate", state="confirmed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"
