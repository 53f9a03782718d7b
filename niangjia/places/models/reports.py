"""What people say is true about a place."""

from django.db import models

from niangjia.core import ids
from niangjia.places.models.choices import Said
from niangjia.places.models.places import Place


class Report(models.Model):
    """Somebody says how they found a place.

    Who it was is kept for a day, as keyed digests that hold for this place alone: enough to count
    nobody twice, too little to follow anybody from one place to the next. `account_digest` is null
    for whoever is not signed in; `device_digest` for a browser that keeps nothing.
    """

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="reports")
    at = models.DateTimeField()
    said = models.CharField(max_length=8, choices=Said)
    facility = models.CharField(max_length=16, blank=True, help_text="what is missing or broken")
    account_digest = models.BinaryField(max_length=32, null=True)
    device_digest = models.BinaryField(max_length=32, null=True)
    network_digest = models.BinaryField(max_length=32, null=True)
    by_keeper = models.BooleanField(default=False, help_text="said by somebody who answers for it")
    is_tick = models.BooleanField(
        default=False, help_text="the keeper's tick of the day, which says what is missing as well"
    )
    is_as_meant = models.BooleanField(
        default=False, help_text="found shut when it is meant to be shut"
    )

    class Meta:
        indexes = [models.Index(fields=["place", "-at"], name="report_by_place")]
        constraints = [
            models.CheckConstraint(
                name="report_lacks_says_what",
                condition=(models.Q(said=Said.LACKS) & ~models.Q(facility=""))
                | (~models.Q(said=Said.LACKS) & models.Q(facility="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.said}"
