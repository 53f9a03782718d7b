"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """The five levels of 好差评, the best first. The two lowest open a rectification order."""

    VERY_SATISFIED = 5, _("Very satisfied")
    SATISFIED = 4, _("Satisfied")
    FAIRLY_SATISFIED = 3, _("Fairly satisfied")
    DISSATISFIED = 2, _("Dissatisfied")
    VERY_DISSATISFIED = 1, _("Very dissatisfied")


class Channel(models.TextChoices):
    """How a rating reached us."""

    LINK = "link", _("Link")
    COUNTER = "counter", _("Code at the counter")
    IN_APP = "in_app", _("Signed in")
    CALL_BACK = "call_back", _("Call-back")
    KEYPAD = "keypad", _("Key pressed after the call")


class Stage(models.TextChoices):
    """Where a rectification order stands: 核实 → 整改 → 反馈 → 复核 → 再评."""

    VERIFY = "verify", _("To verify")
    RECTIFY = "rectify", _("To rectify")
    TELL = "tell", _("To tell the person")
    REVIEW = "review", _("To be reviewed above")
    RATE_AGAIN = "rate_again", _("Waits to be rated again")
    CLOSED = "closed", _("Closed")


class Finding(models.TextChoices):
    """What verifying found."""

    FOUNDED = "founded", _("It is as the person says")
    PARTLY = "partly", _("It is partly so")
    UNFOUNDED = "unfounded", _("It is not so")


class Outcome(models.TextChoices):
    """How a rectification order ended."""

    SATISFIED = "satisfied", _("Rated again, and well")
    NOT_RATED = "not_rated", _("Not rated again in time")


class StepKind(models.TextChoices):
    """What happened to a rectification order."""

    OPENED = "opened", _("Opened by a rating")
    VERIFIED = "verified", _("Verified")
    RECTIFIED = "rectified", _("Put right")
    TOLD = "told", _("The person was told")
    PASSED = "passed", _("Review passed")
    SENT_BACK = "sent_back", _("Review sent it back")
    REMINDED = "reminded", _("Reminded")
    ESCALATED = "escalated", _("Late: went to the union above")
    REOPENED = "reopened", _("Rated badly again: went to the union above")
    CLOSED = "closed", _("Closed")


class CallResult(models.TextChoices):
    """What one call came to."""

    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")


class SignalKind(models.TextChoices):
    """What looks like manipulation and is for people to judge."""

    BURST = "burst", _("Many top ratings within minutes")
    SAME_DEVICE = "same_device", _("Several ratings from one device")
    OFFICER_ENTERED = "officer_entered", _("Unusually many ratings entered by officers")


class Verdict(models.TextChoices):
    """What the union above made of a signal."""

    EXPLAINED = "explained", _("It has a good reason")
    MANIPULATED = "manipulated", _("The ratings were manipulated")
