"""Draws that do not count, and why."""

import datetime as dt
import uuid

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import DrawVoided
from niangjia.allocation.models import Draw, DrawSecret, DrawState, VoidReason
from niangjia.allocation.services.held_draws import held_draw, note
from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post


def opened_secret(draw: Draw) -> str | None:
    """The secret, or None when the key it lies under is gone."""
    try:
        return str(DrawSecret.objects.get(draw=draw).secret)
    except InvalidTag:
        return None


@transactions.atomic
def void_draw(*, by: Post, draw_id: uuid.UUID, reason: str, now: dt.datetime) -> Draw:
    """Ask that a draw shall not count, or, as a second officer, agree for the same reason.

    A result nobody liked is no reason: before the value can be known a draw may be taken back, and
    afterwards only when that issue was never drawn, or when the node itself cannot open the secret.
    Raises `NotFound`; `Invalid` on `reason`; `Conflict` for a draw that is over.
    """
    draw, _held = held_draw(draw_id)
    if draw.state in (DrawState.DRAWN, DrawState.VOID):
        raise Conflict(_("This draw is over."), code="over")
    allowed = reasons_at(draw, now)
    if reason not in allowed or (reason == VoidReason.SECRET_LOST and opened_secret(draw)):
        problem = _("This is no reason at this moment.")
        raise Invalid(problem, fields={"reason": problem})
    asked_by = draw.void_asked_by_id
    if asked_by and asked_by != by.account_id and draw.void_reason == reason:
        draw.void_confirmed_by = by.account
        return voided(draw, VoidReason(reason), now=now, by=by)
    draw.void_reason, draw.void_asked_by = reason, by.account
    draw.save(update_fields=["void_reason", "void_asked_by"])
    note("draw.void_asked", draw, by, {"reason": reason})
    return draw


def reasons_at(draw: Draw, now: dt.datetime) -> list[VoidReason]:
    """For what reasons officers may ask that a draw shall not count, now."""
    if now < draw.known_at:
        return [VoidReason.MISTAKE]
    return [VoidReason.ANNULLED, VoidReason.SECRET_LOST] if draw.sealed_at else []


def voided(draw: Draw, reason: VoidReason, *, now: dt.datetime, by: Post | None = None) -> Draw:
    draw.void_reason, draw.voided_at = reason, now
    draw.save()
    note("draw.voided", draw, by, {"reason": reason})
    outbox.publish(DrawVoided(draw.pk, draw.pool_id, str(reason)))
    return draw


@transactions.atomic
def call_off_draws(*, pool_id: uuid.UUID, now: dt.datetime) -> None:
    """What was to be drawn was called off: so is its draw. Twice is once."""
    for draw_id in Draw.objects.filter(pool_id=pool_id, voided_at=None).values_list(
        "pk", flat=True
    ):
        draw, _held = held_draw(draw_id)
        if draw.state.is_open:
            voided(draw, VoidReason.CALLED_OFF, now=now)
