"""Who is fetched when something cannot wait, and whether they came."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.members.models import Account


class PageWay(models.TextChoices):
    SMS = "sms", _("Text message")
    VOICE = "voice", _("Voice call")


class OnCall(models.Model):
    """Somebody on a line's on-call list: in which place, in which hours of the day in China, and
    how they are reached. Hours may run over midnight; the same twice is the whole day."""

    id = ids.primary_key()
    line = models.ForeignKey("hotline.Line", models.PROTECT, related_name="on_call")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    from_time = models.TimeField()
    until_time = models.TimeField()
    way = models.CharField(max_length=8, choices=PageWay, default=PageWay.VOICE)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "position"],
                condition=Q(ended_at__isnull=True),
                name="hotline_on_call_place_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.position}"


class Page(models.Model):
    """One person paged about one order. The link in the message acknowledges it, and is stored as a
    digest only. Written before the message goes out, so that one whose sending was cut off is
    found and sent again."""

    id = ids.primary_key()
    order = models.ForeignKey("hotline.WorkOrder", models.PROTECT, related_name="pages")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=PageWay)
    token_digest = models.BinaryField(max_length=32, unique=True)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "account", "round"], name="hotline_page_once_a_round"
            ),
            models.CheckConstraint(
                name="hotline_page_acknowledged_after_it_was_asked",
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=F("asked_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.account_id} {self.round}"
