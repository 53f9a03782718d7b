"""Drafting a benefit and publishing it: from then on its cost is set aside and its pool is open."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.allocation import services as allocation
from niangjia.allocation.models import Mode
from niangjia.allocation.rules.pools import SUPPLY_MAX, problems
from niangjia.allocation.services import PoolDraft
from niangjia.benefits.events import BenefitPublished
from niangjia.benefits.models import Acceptance, Benefit, BenefitState, Budget, Merchant
from niangjia.benefits.rules.redeeming import BILL_MAX_FEN, BOOKS_CLOSED
from niangjia.benefits.services import budgets
from niangjia.benefits.services.numbers import new_number
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post
from niangjia.organisations.models import Union

#: One coupon is worth up to this: a slip of the hand is more.
FACE_MAX_FEN = 1_000_000
#: So long claims are put in random order where whoever comes first is served first.
FAIR_SECONDS = 5


@dataclass(frozen=True, kw_only=True)
class BenefitDraft:
    """What an officer says of a benefit. Amounts in fen; `terms` is who gets it, and how; without
    `merchants` every merchant of the union and of those above it takes it."""

    kind: str
    name: str
    words: str
    budget: Budget
    supply: int
    face_fen: int
    min_bill_fen: int = 0
    is_partial: bool = False
    is_piece: bool = False
    valid_from: dt.datetime
    valid_until: dt.datetime
    valid_days: int | None = None
    terms: PoolDraft
    merchants: Sequence[Merchant] = field(default_factory=tuple)

    def columns(self) -> dict[str, Any]:
        """By the names of the columns."""
        found = vars(self) | {"draft": packed(self.terms)}
        return {name: found[name] for name in found if name not in ("terms", "merchants")}


def packed(terms: PoolDraft) -> dict[str, Any]:
    """The pool to be as JSON."""
    values = terms.values()
    for name in ("opens_at", "closes_at", "offers_until"):
        values[name] = values[name].isoformat() if values[name] else None
    values["reach"] = str(terms.reach.pk) if terms.reach else None
    return values


def unpacked(draft: dict[str, Any]) -> PoolDraft:
    """The pool to be, from JSON. One query where it reaches a part of the tree."""
    values = dict(draft)
    for name in ("opens_at", "closes_at", "offers_until"):
        values[name] = dt.datetime.fromisoformat(values[name]) if values[name] else None
    values["reach"] = Union.objects.get(pk=values["reach"]) if values["reach"] else None
    return PoolDraft(**{**values, "kinds": tuple(values["kinds"])})


@transactions.atomic
def draft_benefit(*, by: Post, union: Union, draft: BenefitDraft, now: dt.datetime) -> Benefit:
    """A new benefit of `union`, seen by officers who reach it alone. Raises `Invalid` by field,
    `Conflict` for a union that is no more."""
    budgets.refuse_dissolved(union)
    check(union, draft, now)
    benefit = Benefit.objects.create(number=new_number(Benefit), union=union, **draft.columns())
    accept(benefit, draft.merchants)
    note(benefit, by.account_id, "drafted")
    return benefit


@transactions.atomic
def change_draft(*, by: Post, benefit: Benefit, draft: BenefitDraft, now: dt.datetime) -> Benefit:
    """Another draft in the place of this one. Raises `Conflict` once it is published: people rely
    on it."""
    locked = Benefit.objects.select_for_update(of=("self",)).get(pk=benefit.pk)
    if locked.state != BenefitState.DRAFT:
        raise Conflict(_("It is published. Call it off, or add to it."), code="published")
    check(locked.union, draft, now)
    for name, value in draft.columns().items():
        setattr(locked, name, value)
    locked.save()
    accept(locked, draft.merchants)
    note(locked, by.account_id, "changed")
    return locked


@transactions.atomic
def publish_benefit(*, by: Post, benefit: Benefit, now: dt.datetime) -> Benefit:
    """Set its cost aside and open its pool. Twice is once.

    Raises `Invalid` on `budget` when there is not enough, on `closes_at` when its time is over,
    `Conflict` when it was called off, or its union is no more.
    """
    locked = Benefit.objects.select_for_update(of=("self",)).get(pk=benefit.pk)
    if locked.state == BenefitState.PUBLISHED:
        return locked
    if locked.state == BenefitState.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    budgets.refuse_dissolved(locked.union)
    terms = unpacked(locked.draft)
    if terms.closes_at <= now:
        problem = _("Its time is over. Change the draft first.")
        raise Invalid(problem, code="too-late", fields={"closes_at": problem})
    budgets.commit(
        locked.budget_id, fen=locked.cost_fen, cause=cause(locked), by=by.account_id, now=now
    )
    locked.pool = allocation.open_pool(
        subject=cause(locked),
        union=locked.union,
        supply=locked.supply,
        draft=terms,
        by=by.account_id,
    )
    locked.state, locked.published_at = BenefitState.PUBLISHED, now
    locked.save(update_fields=["pool", "state", "published_at"])
    note(locked, by.account_id, "published")
    outbox.publish(BenefitPublished(locked.pk))
    return locked


@transactions.atomic
def add_to_benefit(*, by: Post, benefit: Benefit, count: int, now: dt.datetime) -> Benefit:
    """`count` more coupons, paid from the same budget. Raises `Invalid` on `count` or `budget`,
    `Conflict` when it is not published."""
    locked = access_published(benefit)
    if not 1 <= count <= SUPPLY_MAX - locked.supply:
        problem = _("Say how many more there are, from 1.")
        raise Invalid(problem, fields={"count": problem})
    budgets.commit(
        locked.budget_id,
        fen=count * locked.face_fen,
        cause=cause(locked),
        by=by.account_id,
        now=now,
    )
    assert locked.pool_id is not None  # noqa: S101 - the constraint says so
    allocation.add_supply(pool_id=locked.pool_id, count=count, by=by.account_id, now=now)
    locked.supply += count
    locked.save(update_fields=["supply"])
    note(locked, by.account_id, "supplied", count=count)
    return locked


def access_published(benefit: Benefit) -> Benefit:
    """The benefit, ours until the transaction ends. Raises `Conflict` unless it is published, and
    once what nobody used of it has gone back to its budget."""
    locked = Benefit.objects.select_for_update(of=("self",)).get(pk=benefit.pk)
    if locked.state != BenefitState.PUBLISHED:
        raise Conflict(_("It is not published."), code="not-published")
    if locked.settled_at is not None:
        raise Conflict(BOOKS_CLOSED, code="books-closed")
    return locked


def hold_benefit(benefit_id: uuid.UUID) -> Benefit:
    """The benefit, shared with whoever else gives or uses its coupons: calling it off and closing
    its books wait for all of us, and we see whether that was done."""
    benefit: Benefit = Benefit.objects.raw(
        "SELECT * FROM benefits_benefit WHERE id = %s FOR SHARE", [benefit_id]
    )[0]
    return benefit


def accept(benefit: Benefit, merchants: Sequence[Merchant]) -> None:
    """Exactly these take it."""
    Acceptance.objects.filter(benefit=benefit).delete()
    Acceptance.objects.bulk_create(
        Acceptance(benefit=benefit, merchant=merchant) for merchant in merchants
    )


def check(union: Union, draft: BenefitDraft, now: dt.datetime) -> None:
    """Raise `Invalid` for what is wrong with a draft of `union`, or with its pool, by field."""
    found: dict[str, Any] = dict(problems(draft.terms))
    if draft.terms.mode == Mode.APPROVAL:
        found["mode"] = _("Coupons are shared out by order, by lot or by points.")
    reach = draft.terms.reach
    if reach is not None and not reach.path.startswith(union.path):
        found["reach"] = _("Choose this union, or one below it.")
    if draft.budget.union_id != union.pk:
        found["budget"] = _("Choose a budget of the union that gives it.")
    if not 1 <= draft.supply <= SUPPLY_MAX:
        found["supply"] = _("Say how many there are: from 1 to 10,000,000.")
    if not 1 <= draft.face_fen <= FACE_MAX_FEN:
        found["face"] = _("One coupon is worth from 0.01 to 10,000 yuan.")
    if not 0 <= draft.min_bill_fen <= BILL_MAX_FEN:
        found["min_bill"] = _("From 0 to 1,000,000 yuan.")
    if draft.is_piece and draft.is_partial:
        found["is_partial"] = _("A thing is handed over as a whole.")
    if draft.is_piece and draft.min_bill_fen:
        found["min_bill"] = _("A thing is handed over without a bill. Leave this empty.")
    if draft.valid_from >= draft.valid_until:
        found["valid_until"] = _("It must end after it begins.")
    elif draft.valid_until <= max(now, draft.terms.opens_at):
        found["valid_until"] = _("It must be of use after it can be had.")
    if draft.valid_days is not None and not 1 <= draft.valid_days <= 366:
        found["valid_days"] = _("From 1 day to 366.")
    if found:
        raise Invalid(next(iter(found.values())), fields=found)


def cause(benefit: Benefit) -> str:
    """What the budget and the pool know it as."""
    return f"benefit:{benefit.number}"


def note(benefit: Benefit, by: uuid.UUID | None, action: str, **details: Any) -> None:
    """Record what was done to a benefit."""
    audit.record(
        action=f"benefit.{action}",
        by=by,
        subject=cause(benefit),
        union_id=benefit.union_id,
        details=details,
    )
