"""Rounds of inspection: places in a sensible order, a day, who goes, and what they find there."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.core.models import StoredFile
from niangjia.members.models import Account
from niangjia.organisations.models import Union
from niangjia.places.models.choices import Found
from niangjia.places.models.places import Place
from niangjia.places.models.plates import Plate


class Round(models.Model):
    """Places that somebody goes to on one day, in order. The start is where the way begins."""

    id = ids.primary_key()
    union = models.ForeignKey(
        Union, models.PROTECT, related_name="+", help_text="whose officers go"
    )
    name = models.CharField(max_length=60)
    date = models.DateField()
    start_longitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    start_latitude = models.FloatField(null=True, help_text="degrees, WGS-84")
    drives = models.BooleanField(default=False)
    planned_at = models.DateTimeField()
    planned_by_account_id = models.UUIDField(null=True)
    called_off_at = models.DateTimeField(null=True)
    call_off_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["union", "-date", "-id"], name="round_by_union")]
        constraints = [
            models.CheckConstraint(
                name="round_called_off_says_why",
                condition=Q(called_off_at=None, call_off_reason="")
                | (~Q(called_off_at=None) & ~Q(call_off_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class Inspector(models.Model):
    """Somebody a round was handed to. Any officer within reach may go on with it."""

    id = ids.primary_key()
    round = models.ForeignKey(Round, models.CASCADE, related_name="inspectors")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "account"], name="inspector_once_on_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.account_id}"


class Inspection(models.Model):
    """A place on a round, and what was found there. What is noted before `done_at` is a draft.

    `answers` are those of the checklist: the item's key to [answer, words]. `plate` is the one at
    the door that was scanned; without it `no_plate_reason` says why. `metres` and `minutes` are
    the way from the place before, estimated.
    """

    id = ids.primary_key()
    round = models.ForeignKey(Round, models.CASCADE, related_name="inspections")
    place = models.ForeignKey(Place, models.PROTECT, related_name="inspections")
    position = models.PositiveSmallIntegerField(help_text="in the order of the way, from 1")
    metres = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    plate = models.ForeignKey(Plate, models.PROTECT, null=True, related_name="+")
    no_plate_reason = models.CharField(max_length=100, blank=True)
    found = models.CharField(max_length=5, choices=Found, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    checklist = models.PositiveSmallIntegerField(null=True, help_text="version of the checklist")
    words = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    by_account_id = models.UUIDField(null=True, help_text="who noted it last")

    class Meta:
        indexes = [
            models.Index(
                fields=["place", "-done_at"], name="inspection_by_place", condition=~Q(done_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="inspection_once_on_a_round"),
            models.CheckConstraint(
                name="inspection_done_says_what_and_who",
                condition=Q(done_at=None) | (~Q(found="") & Q(by_account_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="inspection_arrival_by_a_plate",
                condition=Q(plate=None, arrived_at=None)
                | Q(plate__isnull=False, arrived_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.position}"


class SitePhoto(models.Model):
    """A photo from the spot, cleaned of what a camera writes beside the picture. It belongs to an
    inspection, there to an item of the checklist, or to a step of a problem. `key` opens it."""

    id = ids.primary_key()
    inspection = models.ForeignKey(Inspection, models.CASCADE, null=True, related_name="photos")
    step = models.ForeignKey("places.ProblemStep", models.PROTECT, null=True, related_name="photos")
    item = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the clean picture")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    key = EncryptedTextField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "item", "digest"], name="site_photo_once_of_an_item"
            ),
            models.UniqueConstraint(fields=["step", "digest"], name="site_photo_once_of_a_step"),
            models.CheckConstraint(
                name="site_photo_belongs_to_one",
                condition=Q(inspection=None, step__isnull=False)
                | Q(inspection__isnull=False, step=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
