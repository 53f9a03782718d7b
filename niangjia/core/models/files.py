"""Files, sealed; what they are called and hold, only the owning record's key tells."""

from typing import ClassVar

from django.db import models

from niangjia.core import clock, ids
from niangjia.core.crypto import EncryptedTextField


class StoredFile(models.Model):
    """One file. Some record of a room above owns it and holds the key it is sealed under."""

    id = ids.primary_key()
    stored_at = models.DateTimeField(default=clock.now)
    suite = models.SmallIntegerField(help_text="which cipher suite seals head and chunks")
    salt = models.BinaryField(max_length=16, help_text="tells this file from every other")
    head = models.BinaryField(help_text="sealed: name, kind, size, digest, pages")
    chunks = models.PositiveIntegerField(help_text="how many there are")

    def __str__(self) -> str:
        return str(self.pk)


class FileChunk(models.Model):
    """One piece of a file, sealed by itself."""

    id = ids.primary_key()
    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(help_text="from 0")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="file_chunk_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"


class SealedPicture(models.Model):
    """A picture that pages show, cleaned of whatever a camera writes beside it, and a small one of
    it; `core.files.pictures` writes and opens both. `key` opens them, bound to `SEALED_AS`."""

    SEALED_AS: ClassVar[bytes]

    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    small = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    key = EncryptedTextField()
    width = models.PositiveIntegerField(help_text="pixels of the small one")
    height = models.PositiveIntegerField(help_text="pixels of the small one")
    added_at = models.DateTimeField()

    class Meta:
        abstract = True
