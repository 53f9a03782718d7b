"""Opening pools and changing their terms."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import PoolOpened
from niangjia.allocation.models import Draw, Mode, Pool, Stock
from niangjia.allocation.rules import pools as rules
from niangjia.allocation.rules.pools import SUPPLY_MAX, PoolDraft
from niangjia.allocation.services import openings
from niangjia.allocation.services.drawing import TIME_TO_SEAL
from niangjia.allocation.services.ledger import hold, refuse_cancelled
from niangjia.allocation.services.offering import wait_again
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.organisations.models import Union


@transactions.atomic
def open_pool(
    *, subject: str, union: Union, supply: int, draft: PoolDraft, by: uuid.UUID | None
) -> Pool:
    """A pool of `supply` parts that `union` shares out as `draft` says, for what the room above
    knows as `subject` ("session:<id>"). Whether `by` may is for that room to say.

    Raises `Invalid` on `supply` and on the fields of the draft; `Conflict` when there is one for
    this subject (`pool-exists`).
    """
    found: dict[str, Any] = dict(rules.problems(draft))
    if not 0 <= supply <= SUPPLY_MAX:
        found["supply"] = _("Say how many there are: from 0 to 10,000,000.")
    refuse(found)
    pool, is_new = Pool.objects.get_or_create(
        subject=subject, defaults={"union": union, **draft.values()}
    )
    if not is_new:
        raise Conflict(_("There is one already."), code="pool-exists")
    Stock.objects.create(pool=pool, supply=supply)
    audit.record(
        action="pool.opened",
        by=by,
        subject=f"pool:{pool.pk}",
        union_id=union.pk,
        details={"supply": supply, "mode": str(draft.mode)},
    )
    openings.schedule(pool)
    outbox.publish(PoolOpened(pool.pk))
    return pool


@transactions.atomic
def change_pool(
    *, pool_id: uuid.UUID, draft: PoolDraft, by: uuid.UUID | None, now: dt.datetime
) -> Pool:
    """Change the terms of a pool: all of them before it opens, and afterwards whatever harms nobody
    (`rules.pools.harmed`). The supply is changed by `add_supply`. A waiting list that had ended
    goes on where offers do again: whoever lost by that waits again.

    Raises `NotFound`; `Invalid` on the fields of the draft, those that can no longer change among
    them, and on `closes_at` when the list of its draw would not be sealed in time; `Conflict` when
    it was cancelled, or would take claims again that a draw has left behind (`decided`).
    """
    held = hold(pool_id)
    refuse_cancelled(held)
    pool = held.pool
    current = {name: getattr(pool, name) for name in draft.values()}
    found: dict[str, Any] = dict(rules.problems(draft))
    if pool.opens_at <= now:
        words = _("People have relied on this since it opened. It cannot change any more.")
        found |= dict.fromkeys(rules.harmed(draft, current), words)
    refuse(found)
    names = rules.changed(draft, current)
    if not names:
        return pool
    if "closes_at" in names:
        refuse_past_draw(pool, draft)
    ended_at = None if pool.passes_on(now) else pool.last_offer_at
    for name in names:
        setattr(pool, name, draft.values()[name])
    if "closes_at" in names and pool.closes_at > now:
        pool.closed_at = None
    pool.save()
    if ended_at and pool.has_waiting_list and pool.passes_on(now):
        wait_again(held, ended_at=ended_at, now=now)
    if names & {"opens_at", "gather_seconds", "mode"}:
        openings.schedule(pool)
    audit.record(
        action="pool.changed",
        by=by,
        subject=f"pool:{pool_id}",
        union_id=pool.union_id,
        details={"fields": sorted(names)},
    )
    return pool


def refuse_past_draw(pool: Pool, draft: PoolDraft) -> None:
    """What decides a draw is known soon after its list was to be closed."""
    draw = Draw.objects.filter(pool=pool, voided_at=None).first()
    if (pool.decided_at and pool.mode != Mode.FIRST_COME) or (draw and draw.sealed_at):
        raise Conflict(_("The list is closed; it cannot be opened again."), code="decided")
    if draw and draft.closes_at > draw.known_at - TIME_TO_SEAL:
        problem = _("Its draw is announced: the list must be closed 30 minutes before it.")
        raise Invalid(problem, fields={"closes_at": problem})


def refuse(problems: dict[str, Any]) -> None:
    """Raise `Invalid` for problems by field, if there are any."""
    if problems:
        raise Invalid(next(iter(problems.values())), fields=problems)
