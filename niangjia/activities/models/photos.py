"""Photos of sessions, and asking that one is taken down."""

from django.db import models
from django.db.models import Q

from niangjia.activities.models.runs import Session
from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField
from niangjia.core.models import SealedPicture
from niangjia.members.models import Account


class Photo(SealedPicture):
    """A photo of a session. `alt` says what is to be seen, for whoever does not see it."""

    SEALED_AS = b"activities.photo"

    id = ids.primary_key()
    session = models.ForeignKey(Session, models.PROTECT, related_name="photos")
    alt = models.CharField(max_length=120)
    hidden_at = models.DateTimeField(null=True, help_text="since somebody asked for it")

    class Meta:
        indexes = [models.Index(fields=["session", "id"], name="photo_by_session")]

    def __str__(self) -> str:
        return str(self.id)


class PhotoRequest(models.Model):
    """Somebody asks that a photo is taken down; it is, at once, and a person decides."""

    id = ids.primary_key()
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="requests")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    words = EncryptedTextField(null=True)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_upheld = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "account"], name="photo_request_once"),
            models.CheckConstraint(
                name="photo_request_decided_says_how",
                condition=Q(decided_at__isnull=True, is_upheld__isnull=True)
                | Q(decided_at__isnull=False, is_upheld__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
