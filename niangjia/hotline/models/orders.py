"""Work orders (工单): what became of a call."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case
from niangjia.core import ids
from niangjia.hotline.models.aftercare import THREE_PEOPLE, TO_PAGE, Aftercare
from niangjia.hotline.models.articles import Article
from niangjia.hotline.models.calls import Call
from niangjia.hotline.models.lines import Line
from niangjia.hotline.models.topics import Grade, Topic
from niangjia.members.models import Account
from niangjia.organisations.models import Union


class UrgentKind(models.TextChoices):
    """Why something cannot wait for days."""

    DANGER = "danger", _("Danger to life")
    MASS = "mass", _("Mass incident")
    SUICIDE = "suicide", _("Risk of suicide")


class Way(models.TextChoices):
    """How it is dealt with."""

    ANSWERED = "answered", _("Answered on the spot")
    CASE = "case", _("Handed on as a case")


class State(models.TextChoices):
    """Where an order stands: with the unions, waiting for the call-back, for the quality check."""

    OPEN = "open", _("Being handled")
    HANDLED = "handled", _("Waits for call-back")
    RECTIFYING = "rectifying", _("Waits until it is put right")
    CALLED_BACK = "called_back", _("Waits for quality check")
    CLOSED = "closed", _("Closed")


class WorkOrder(Aftercare):
    """One matter of one call. What was said about a case lies in the case and nowhere else; of what
    was answered on the spot, question and answer lie in `words`, sealed under the order's own key.

    A case brings its own routing, secrecy and clocks, begun with the line's days for the grade; the
    order adds the minutes of what is urgent, and the way back to whoever called. `accused_ids` and
    `excluded_ids` repeat the case's, kept by a trigger, so that the line's own agents are kept out
    as the case's officers are.
    """

    id = ids.primary_key()
    number = models.CharField(max_length=12, unique=True, db_collation="C")
    line = models.ForeignKey(Line, models.PROTECT, related_name="orders")
    call = models.ForeignKey(Call, models.PROTECT, related_name="orders")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    grade = models.CharField(max_length=10, choices=Grade)
    urgent = models.CharField(max_length=8, choices=UrgentKind, blank=True)
    way = models.CharField(max_length=8, choices=Way)
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="work_order")
    unit = models.ForeignKey(
        Union,
        models.PROTECT,
        related_name="+",
        help_text="which union has it, or settled it: where it is counted",
    )
    state = models.CharField(max_length=12, choices=State)
    agent = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="who took it in; null for what was asked online and cannot wait",
    )
    opened_at = models.DateTimeField()
    returned_at = models.DateTimeField(
        null=True, help_text="since when it waits for the line to give it on again"
    )
    closed_at = models.DateTimeField(null=True)
    respond_by = models.DateTimeField(
        null=True, help_text="by when somebody has to have come, where it is urgent"
    )

    sealed_key = models.BinaryField()
    words = models.BinaryField()
    accused_ids = ArrayField(models.UUIDField(), default=list)
    excluded_ids = ArrayField(models.UUIDField(), default=list)
    told = ArrayField(
        models.PositiveSmallIntegerField(),
        null=True,
        help_text="how it was counted in its month's tallies, once they were written",
    )
    told_unit = models.ForeignKey(
        Union, models.PROTECT, null=True, related_name="+", help_text="and where"
    )

    class Meta:
        indexes = [
            models.Index(fields=["line", "-id"], name="hotline_order_by_line"),
            models.Index(
                fields=["line", "state", "-id"],
                condition=~Q(state="closed"),
                name="hotline_order_at_work",
            ),
            models.Index(fields=["topic", "-id"], name="hotline_order_by_topic"),
            TO_PAGE,
            GinIndex(fields=["accused_ids", "excluded_ids"], name="hotline_order_kept_from"),
        ]
        constraints = [
            models.CheckConstraint(
                name="hotline_order_case_or_answer",
                condition=Q(way="case", case__isnull=False)
                | Q(way="answered", case__isnull=True) & ~Q(state="open"),
            ),
            models.CheckConstraint(
                name="hotline_order_closed_has_moment",
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="hotline_order_urgent_in_minutes",
                condition=Q(urgent="", respond_by__isnull=True)
                | (~Q(urgent="") & Q(respond_by__isnull=False)),
            ),
            *THREE_PEOPLE,
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def took_part(self) -> bool:
        """Whether whoever looks had a hand in it, where `selectors.aftercare.with_hand` read it."""
        return bool(self.__dict__["had_hand"])
