"""Doors that open by a member's code."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.places.models.choices import DoorSaid
from niangjia.places.models.places import Place


class Lock(models.Model):
    """The lock of a door. An officer names it and gets a pairing code; the device that sends the
    code gets a token, once. Revoked, it gets nothing any more and its last list runs out."""

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="locks")
    name = models.CharField(max_length=40, help_text="which door")
    made_at = models.DateTimeField()
    pairing_digest = models.BinaryField(max_length=32, unique=True, null=True)
    pairing_until = models.DateTimeField(null=True)
    token_digest = models.BinaryField(max_length=32, unique=True, null=True)
    paired_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True, help_text="when it last asked or told something")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lock_paired_has_token",
                condition=Q(paired_at=None, token_digest=None)
                | Q(paired_at__isnull=False, token_digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_use(self) -> bool:
        """Whether members can open the door with it."""
        return self.paired_at is not None and self.revoked_at is None


class DoorEvent(models.Model):
    """Something happened at a door. Never who: a code that opened it is forgotten at once, only a
    mark of the visit stays for a day. Kept for a month. The id is made by the lock, so that what is
    sent twice is there once."""

    id = models.UUIDField(primary_key=True, editable=False)
    lock = models.ForeignKey(Lock, models.CASCADE, related_name="events")
    said = models.CharField(max_length=12, choices=DoorSaid)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["lock", "-at"], name="door_event_by_lock")]

    def __str__(self) -> str:
        return f"{self.at} {self.said}"
