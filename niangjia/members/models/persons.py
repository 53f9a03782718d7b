"""Natural persons. One row per human being, whatever they do here."""

from typing import cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.core.crypto import EncryptedTextField, digest
from niangjia.regions.models import Division


class DocumentType(models.TextChoices):
    """What identifies a person."""

    RESIDENT_ID = "resident_id", _("Resident identity card")
    HK_MO_TW_PERMIT = "hk_mo_tw_permit", _("Residence permit for Hong Kong, Macao and Taiwan")
    FOREIGN_PERMIT = "foreign_permit", _("Foreign permanent resident card")
    PASSPORT = "passport", _("Passport")


class Gender(models.TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Person(models.Model):
    """A human being whose identity has been given, and, with `verified_at`, checked."""

    id = ids.primary_key()
    name = models.CharField(max_length=60)
    document_type = models.CharField(max_length=16, choices=DocumentType)
    identity_number = cast("models.Field[str, str]", EncryptedTextField())
    identity_digest = models.BinaryField(max_length=32, unique=True)
    phone = EncryptedTextField(null=True)
    phone_digest = models.BinaryField(max_length=32, null=True, db_index=True)
    verified_at = models.DateTimeField(null=True)
    gender = models.CharField(max_length=6, choices=Gender, blank=True)
    birth_date = models.DateField(null=True)
    ethnicity = models.CharField(max_length=2, blank=True, help_text="GB/T 3304 numeric code")
    education = models.CharField(max_length=20, blank=True)
    residence = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")
    from_elsewhere = models.BooleanField(null=True, help_text="works outside the home province")
    skill_level = models.CharField(max_length=20, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        # An officer whose reach is the nation looks a whole name up: no scan of 300 million rows.
        indexes = [models.Index(fields=["name"], name="person_by_name")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def identity_text(self) -> str:
        """What the identity digest is made of: numbers of different documents never meet."""
        return f"{self.document_type}:{self.identity_number}"

    def digests(self) -> dict[str, bytes]:
        """What the person is found by, for `core.crypto.rotation`."""
        found = {}
        if self.identity_number:
            found["identity_digest"] = digest("identity-number", self.identity_text)
        if self.phone:
            found["phone_digest"] = digest("phone", self.phone)
        return found
