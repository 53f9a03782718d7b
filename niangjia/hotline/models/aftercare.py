"""What happens to a work order once the matter is settled: call-back, quality check, close."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from niangjia.members.models import Account
from niangjia.organisations.models import Union


class CallBackResult(models.TextChoices):
    """What calling back came to."""

    REACHED = "reached", _("Reached, and rated")
    DECLINED = "declined", _("Reached, would not rate")
    NOT_REACHED = "not_reached", _("Not reached")
    WRONG_NUMBER = "wrong_number", _("The number is not theirs")
    NOBODY = "nobody", _("Nobody to call: they stayed unknown, or took it back")
    NOT_CHOSEN = "not_chosen", _("Not chosen for a call")


class AskedBy(models.TextChoices):
    """How somebody who was answered on the spot is asked for a rating."""

    KEY = "key", _("By key, after the call")
    TEXT = "text", _("By text message")
    LINK = "link", _("Beside the answer they read")
    CODE = "code", _("By a code that is given to them")


class Quality(models.TextChoices):
    """What the quality check came to."""

    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Sent back")
    NOT_CHOSEN = "not_chosen", _("Not in the sample")


class Aftercare(models.Model):
    """The columns of a work order from the day its matter was settled.

    `handled_by` is the union that settled it, `is_on_time` whether within the term it was promised.
    `call_back`, `level` (5 非常满意 to 1) and `called_back_by` say what the person said, and to
    whom; `tries` how often we rang. `quality` and `checked_by` are the check's. Nobody judges their
    own work: who took the call, who called back and who checks are three people, by constraints.
    `page_at` is when the pager has to look again: set while somebody has to be fetched.
    """

    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(Union, models.PROTECT, null=True, related_name="+")
    is_on_time = models.BooleanField(null=True)

    tries = models.PositiveSmallIntegerField(default=0)
    call_back = models.CharField(max_length=12, choices=CallBackResult, blank=True)
    called_back_at = models.DateTimeField(null=True)
    called_back_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    returns = models.PositiveSmallIntegerField(
        default=0, help_text="how often it came back to be called again"
    )

    quality = models.CharField(max_length=10, choices=Quality, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    page_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


#: Who took a call, who called back and who checked are never the same.
THREE_PEOPLE = [
    models.CheckConstraint(
        name="hotline_order_called_back_by_another",
        condition=Q(called_back_by__isnull=True) | ~Q(called_back_by=F("agent")),
    ),
    models.CheckConstraint(
        name="hotline_order_checked_by_another",
        condition=Q(checked_by__isnull=True)
        | ~Q(checked_by=F("agent"))
        & (Q(called_back_by__isnull=True) | ~Q(checked_by=F("called_back_by"))),
    ),
]
#: Whom the pager has to look at.
TO_PAGE = models.Index(
    fields=["page_at"], condition=Q(page_at__isnull=False), name="hotline_order_to_page"
)
