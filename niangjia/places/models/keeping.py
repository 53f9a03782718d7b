"""Who keeps a place day by day, and what they note there."""

from django.db import models
from django.db.models import F, Q

from niangjia.core import ids
from niangjia.members.models import Account, RoleLink
from niangjia.places.models.choices import Ending, Sort
from niangjia.places.models.places import Place


class Keeper(models.Model):
    """Somebody who keeps a place, worker or officer. Ended ones stay as history."""

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="keepers")
    account = models.ForeignKey(Account, models.PROTECT, related_name="places_kept")
    known_as = models.CharField(max_length=40, help_text="what the union calls them")
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "account"],
                condition=Q(ended_at__isnull=True),
                name="keeper_once_at_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.known_as} {self.place_id}"


class KeeperInvitation(RoleLink):
    """A link by which one person becomes a keeper."""

    role = "keeper"

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    known_as = models.CharField(max_length=40)
    keeper = models.OneToOneField(
        Keeper, models.PROTECT, null=True, related_name="invitation", help_text="who took it"
    )

    def __str__(self) -> str:
        return f"{self.known_as} {self.place_id}"


class OpeningDay(models.Model):
    """A day at a place: whether somebody said in time that it is open, and if not, who was told.

    `lacking` are facilities that were missing when it was ticked.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="opening_days")
    date = models.DateField()
    ticked_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False, help_text="ticked after somebody had to be asked")
    by_account_id = models.UUIDField(null=True)
    lacking = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "date"], name="opening_day_once"),
            models.CheckConstraint(
                name="opening_day_ticked_by_somebody",
                condition=Q(ticked_at__isnull=True) | Q(by_account_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.date}"


class Supply(models.Model):
    """Something that is used up, expires or must be checked: medicine, an AED's pads, water.

    `facility`: what of `rules.facilities` hangs on it; when none of a facility's supplies can be
    used, it is shown as missing.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="supplies")
    sort = models.CharField(max_length=9, choices=Sort)
    name = models.CharField(max_length=60)
    facility = models.CharField(max_length=16, blank=True)
    amount = models.PositiveIntegerField(default=1)
    expires_date = models.DateField(null=True, blank=True)
    check_date = models.DateField(null=True, blank=True, help_text="to be checked again by then")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)
    reminded_date = models.DateField(null=True, help_text="the day the keeper was reminded about")

    class Meta:
        indexes = [
            models.Index(fields=["place", "-id"], name="supply_by_place"),
            models.Index(
                fields=["expires_date"], name="supply_by_expiry", condition=Q(ended_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="supply_ends_in_a_way",
                condition=Q(ended_at=None, ending="") | (~Q(ended_at=None) & ~Q(ending="")),
            ),
            models.CheckConstraint(
                name="supply_ends_after_it_came",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("added_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
