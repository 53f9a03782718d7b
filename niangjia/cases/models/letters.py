"""Letters that went out, and what became of them. Nothing here is ever changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models.cases import Case
from niangjia.core import ids
from niangjia.core.models import StoredFile
from niangjia.organisations.models import Union


class LetterKind(models.TextChoices):
    NOTICE = "notice", _("Notice")
    DECISION = "decision", _("Decision")
    REMINDER = "reminder", _("Reminder letter")
    OPINION = "opinion", _("Letter of opinion")
    PROPOSAL = "proposal", _("Letter of proposal")


class Addressee(models.TextChoices):
    APPLICANT = "applicant", _("The applicant")
    EMPLOYER = "employer", _("The employer")
    AUTHORITY = "authority", _("An authority")


class RecordKind(models.TextChoices):
    """What became of a letter."""

    SERVED = "served", _("Served")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ServedBy(models.TextChoices):
    """How a letter was handed over."""

    HAND = "hand", _("By hand, against signature")
    POST = "post", _("By registered post or courier")
    ONLINE = "online", _("Electronically, receipt confirmed")
    LEFT = "left", _("Left there before witnesses")


class Mended(models.TextChoices):
    """What an employer says, or shows, of what was to be mended."""

    YES = "yes", _("Mended")
    PARTLY = "partly", _("Mended in part, or promised")
    NO = "no", _("Not mended")


class LetterSeries(models.Model):
    """The last number of a union's letters in a year. Whoever takes the next holds the row until it
    is written, so that there is no gap."""

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["union", "year"], name="letter_series_once")]

    def __str__(self) -> str:
        return f"{self.union_id} {self.year} {self.last}"


class LetterHead(models.Model):
    """What stands on a union's letters: its mark in their numbers ("义工") and its seal, under a
    key of its own. Each change is a row; the newest holds."""

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=6, blank=True)
    sealed_key = models.BinaryField()
    seal = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    set_by_account_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["union", "-id"], name="letter_head_of_union")]

    def __str__(self) -> str:
        return f"{self.union_id} {self.mark}"


class CaseLetter(models.Model):
    """A letter as it was issued. Append-only: a trigger refuses every change.

    `union_name` and `number` are as printed, whatever the union is called later. `said` (title,
    addressee, what was filled in) and the PDF, `document`, lie under the case's key; `sha256` is of
    the PDF. The verification code is kept as a keyed digest: who has the database has no codes.
    """

    id = ids.primary_key()
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    union_name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    template = models.CharField(max_length=40, db_collation="C")
    kind = models.CharField(max_length=8, choices=LetterKind)
    addressed_to = models.CharField(max_length=9, choices=Addressee)
    said = models.BinaryField()
    employer_id = models.UUIDField(
        null=True, help_text="which of several accused it went to; none: to all of them"
    )
    document = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.BinaryField(max_length=32)
    code_digest = models.BinaryField(max_length=32, unique=True)
    is_demonstration = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by_account_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["union", "year", "serial"], name="letter_numbered_once"
            ),
            models.CheckConstraint(name="letter_serial_from_one", condition=Q(serial__gte=1)),
        ]

    def __str__(self) -> str:
        return self.number


class LetterRecord(models.Model):
    """Something that became of a letter, on a day. Append-only; what was said is sealed under the
    case's key. What was written down wrongly is written down again: of services the latest
    holds."""

    id = ids.primary_key()
    letter = models.ForeignKey(CaseLetter, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=9, choices=RecordKind)
    on_date = models.DateField()
    way = models.CharField(max_length=6, choices=ServedBy, blank=True)
    mended = models.CharField(max_length=6, choices=Mended, blank=True)
    said = models.BinaryField(null=True)
    at = models.DateTimeField()
    account_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(kind="withdrawn"),
                name="letter_withdrawn_once",
            ),
            models.CheckConstraint(
                name="letter_record_says_how",
                condition=(Q(kind="served") & ~Q(way="") & Q(mended=""))
                | (Q(kind="answered", way="") & ~Q(mended=""))
                | Q(kind="withdrawn", way="", mended=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.kind} {self.on_date}"


class LetterFile(models.Model):
    """What came with a record: the receipt of a service, an employer's answer."""

    id = ids.primary_key()
    record = models.ForeignKey(LetterRecord, models.PROTECT, related_name="files")
    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.record_id} {self.stored_id}"
