"""The closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.organisations.models import WorkerKind


class Mode(models.TextChoices):
    """How a pool decides who gets of it."""

    FIRST_COME = "first_come", _("First come, first served")
    DRAW = "draw", _("Draw")
    BY_SCORE = "by_score", _("By score")
    APPROVAL = "approval", _("By approval")


class ClaimantKind(models.TextChoices):
    """Kinds of worker that a pool may be for: what somebody said they were when a union admitted
    them directly, or, of an employer's own too, that their union says they work outdoors."""

    COURIER = WorkerKind.COURIER.value, WorkerKind.COURIER.label
    DRIVER = WorkerKind.DRIVER.value, WorkerKind.DRIVER.label
    LIVE_COMMERCE = WorkerKind.LIVE_COMMERCE.value, WorkerKind.LIVE_COMMERCE.label
    DOMESTIC = WorkerKind.DOMESTIC.value, WorkerKind.DOMESTIC.label
    CASUAL = WorkerKind.CASUAL.value, WorkerKind.CASUAL.label
    EMPLOYEE = WorkerKind.EMPLOYEE.value, WorkerKind.EMPLOYEE.label
    OUTDOORS = "outdoors", _("Members who work outdoors, as their union says")


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    ENTERED = "entered", _("Taken in, not decided yet")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Offered to you")
    HELD = "held", _("Held for you")
    CONFIRMED = "confirmed", _("It is yours")
    RETURNED = "returned", _("You gave it back")
    EXPIRED = "expired", _("Not confirmed in time")
    REFUSED = "refused", _("Refused")
    LOST = "lost", _("Nothing was left")
    CANCELLED = "cancelled", _("Called off")


#: Those that have their parts: nobody else can have them.
TAKING = (ClaimState.OFFERED, ClaimState.HELD, ClaimState.CONFIRMED)
#: Those that may still come to something: they use up what one person may claim.
LIVE = (ClaimState.ENTERED, ClaimState.WAITING, *TAKING)
#: Those that wait for their person, until `expires_at`.
TIMED = (ClaimState.OFFERED, ClaimState.HELD)
