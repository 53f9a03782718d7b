"""Lists of merchants that are being entered, some rows at a time."""

from django.db import models
from django.db.models import F, Q

from niangjia.core import ids
from niangjia.organisations.models import Union


class MerchantImport(models.Model):
    """A list whose rows have been checked. `rows` are those still to be entered, as the sheet has
    them; how far it has come stands in the transaction that entered the last ones.

    One with `faults` was refused: nothing of it was entered, and `rows` are its whole sheet,
    headings first, to be fetched with what is wrong, mended and sent again. It is kept some days.
    """

    id = ids.primary_key()
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    made_by_id = models.UUIDField()
    made_at = models.DateTimeField()
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list, help_text="[number of the row, what is wrong] each")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    merchants = models.PositiveIntegerField(default=0, help_text="so many are new")
    shops = models.PositiveIntegerField(default=0, help_text="so many are new")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="merchant_import_within_its_rows", condition=Q(done__lte=F("total"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @property
    def known(self) -> int:
        """How many shops were known already, of the rows that were entered."""
        return self.done - self.shops

    @property
    def percent(self) -> int:
        """How far it has come."""
        return self.done * 100 // self.total if self.total else 100
