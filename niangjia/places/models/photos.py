"""Photos of places: those that its keepers and officers put on its page, and those that people send
with their word."""

from django.db import models
from django.db.models import Q

from niangjia.core import ids
from niangjia.core.models import SealedPicture
from niangjia.places.models.places import Place
from niangjia.places.models.reports import Report


class PlacePhoto(SealedPicture):
    """A photo of a place. `alt` says what is to be seen, for whoever does not see it.

    Without a `report` a keeper or an officer put it on the page, where `position` is its turn; the
    first is the cover. With one it came with somebody's word: nobody else sees it before a keeper
    or an officer has looked (`shown_at`), since there may be faces on it.
    """

    SEALED_AS = b"places.photo"

    id = ids.primary_key()
    place = models.ForeignKey(Place, models.CASCADE, related_name="photos")
    report = models.OneToOneField(Report, models.CASCADE, null=True, related_name="photo")
    alt = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="from 0, on the page")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the clean picture")
    shown_at = models.DateTimeField(null=True, help_text="since when everybody sees it")
    looked_by_account_id = models.UUIDField(null=True, help_text="who let everybody see it")

    class Meta:
        indexes = [models.Index(fields=["place", "position"], name="place_photo_in_turn")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "digest"],
                condition=Q(report=None),
                name="place_photo_once_on_a_page",
            ),
            models.CheckConstraint(
                name="place_photo_on_a_page_is_shown_and_described",
                condition=Q(report__isnull=False) | Q(shown_at__isnull=False) & ~Q(alt=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
