"""Draws: announced with what will decide, and drawn when two people have read it."""

import datetime as dt
import secrets
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import DrawAnnounced, DrawCompleted
from niangjia.allocation.models import Draw, DrawSecret, DrawState, Mode, ValueReading
from niangjia.allocation.rules import drawing as rules
from niangjia.allocation.rules import public_values
from niangjia.allocation.services.held_draws import held_draw, note
from niangjia.allocation.services.ledger import Held, hold
from niangjia.allocation.services.ranking import settle_by_lots
from niangjia.allocation.services.voiding import opened_secret
from niangjia.core import ids, outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post

#: Between closing the list and the public value lies at least this: time to seal it, and for people
#: to note the seal.
TIME_TO_SEAL = dt.timedelta(minutes=30)


@transactions.atomic
def announce_draw(
    *, by: Post | None, pool_id: uuid.UUID, source: str, issue: str, day: dt.date, now: dt.datetime
) -> Draw:
    """Say by which public value the lots of a pool will be drawn, and commit to a secret.

    The secret is made here and never seen by anybody: it leaves its seal when the lots are drawn. A
    draw that turned out void is announced again with a value that still nobody knows.

    Raises `NotFound`; `Invalid` on `source`, `issue`, `day`; `Conflict` when the pool shares out by
    another rule, has shares of its own for unions, is decided, or has a draw that counts.
    """
    held = hold(pool_id)
    check_pool(held)
    known_at = checked_moment(source, day, after=max(now, held.pool.closes_at))
    number_of_issue = public_values.read_issue(issue)
    if number_of_issue is None:
        problem = _("Write the number of the issue as it is printed: the year and three digits.")
        raise Invalid(problem, fields={"issue": problem})
    secret = rules.new_secret()
    draw = Draw.objects.create(
        number=ids.with_check_digit(f"{secrets.randbelow(10**9):09d}"),
        pool=held.pool,
        union=held.pool.union,
        title=held.pool.name,
        source=source,
        issue=number_of_issue,
        known_at=known_at,
        commitment=rules.sha256(secret),
        announced_by=by.account if by else None,
        announced_at=now,
    )
    DrawSecret.objects.create(draw=draw, secret=secret)
    note("draw.announced", draw, by, {"source": source, "issue": number_of_issue})
    outbox.publish(DrawAnnounced(draw.pk, draw.pool_id))
    return draw


def check_pool(held: Held) -> None:
    """Whether lots can be drawn for a pool now."""
    pool = held.pool
    if pool.mode != Mode.DRAW or held.shares:
        raise Conflict(_("This is not shared out by a draw."), code="not-a-draw")
    if pool.decided_at or pool.cancelled_at:
        raise Conflict(_("This has been decided already."), code="decided")
    if Draw.objects.filter(pool=pool, voided_at=None).exists():
        raise Conflict(_("Its draw is announced already."), code="announced")


def checked_moment(source: str, day: dt.date, *, after: dt.datetime) -> dt.datetime:
    """The moment before which the value of `day` is unknown, with time to seal the list first."""
    lottery = public_values.SOURCES.get(source)
    if lottery is None:
        problem = _("Choose one of the two lotteries.")
        raise Invalid(problem, fields={"source": problem})
    try:
        known_at = public_values.known_at(lottery, day)
    except ValueError:
        problem = _("This lottery is not drawn on that day of the week.")
        raise Invalid(problem, fields={"day": problem}) from None
    if known_at < after + TIME_TO_SEAL:
        problem = _("Choose an evening after sign-up has closed: the list is sealed before it.")
        raise Invalid(problem, fields={"day": problem})
    return known_at


@transactions.atomic
def read_value(*, by: Post, draw_id: uuid.UUID, value: str, now: dt.datetime) -> Draw:
    """Type the public value as it is printed. When two different officers' last readings agree, the
    lots are drawn at once; nobody is shown what another typed. Reading again replaces one's own.

    Raises `NotFound`; `Invalid` on `value`; `Conflict` before it can be known (`too-early`), when
    the draw is void or over (`over`), or the secret cannot be opened (`secret-lost`).
    """
    draw, held = held_draw(draw_id)
    if draw.state != DrawState.SEALED:
        raise Conflict(_("This draw is over, or its list is not sealed yet."), code="over")
    if now < draw.known_at:
        raise Conflict(_("Nobody can know this value yet."), code="too-early")
    read = public_values.read_value(public_values.SOURCES[draw.source], value)
    if read is None:
        problem = _("This cannot be a result of this lottery. Please look at the numbers again.")
        raise Invalid(problem, fields={"value": problem})
    ValueReading.objects.create(draw=draw, by=by.account, value=read, at=now)
    note("draw.value_read", draw, by, {})
    if read in others_readings(draw, by.account_id):
        complete(draw, held, read, by=by, now=now)
    return draw


def others_readings(draw: Draw, account_id: uuid.UUID) -> set[str]:
    """The last reading of everybody but one."""
    found = ValueReading.objects.filter(draw=draw).exclude(by_id=account_id)
    last = found.order_by("by_id", "-at", "-id").distinct("by_id")
    return set(last.values_list("value", flat=True))


def complete(draw: Draw, held: Held, value: str, *, by: Post, now: dt.datetime) -> None:
    """Draw: winners and the waiting list follow from what was sealed, the secret and the value."""
    secret = opened_secret(draw)
    if secret is None:
        raise Conflict(
            _("The secret of this draw cannot be opened. It is void and must be drawn again."),
            code="secret-lost",
        )
    outcome, draw.drawn_file = rules.draw(
        sealed=draw.sealed_file or "",
        entrants=draw.entrants_file or "",
        parts=draw.parts or 0,
        secret=secret,
        value=value,
    )
    draw.value, draw.drawn_at = value, now
    draw.save()
    settle_by_lots(draw, held, outcome, by=by.account_id, now=now)
    note("draw.drawn", draw, by, {"winners": len(outcome.winners)})
    outbox.publish(DrawCompleted(draw.pk, draw.pool_id))
