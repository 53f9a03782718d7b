"""Budgets: what there is, what is committed, and never more than that."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Budget, BudgetEntry
from niangjia.benefits.rules.money import yuan_of
from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Post
from niangjia.organisations.models import Status, Union

#: Ten billion yuan: more is a slip of the hand.
AMOUNT_MAX = 10**12


@transactions.atomic
def open_budget(
    *, by: Post, union: Union, name: str, year: int, amount_fen: int, now: dt.datetime
) -> Budget:
    """What `union` may give in `year`. Raises `Invalid` on `year`, `amount`; `Conflict` when there
    is one by this name, or the union is no more."""
    refuse_dissolved(union)
    check_year(year, now)
    check_amount(amount_fen)
    budget, is_new = Budget.objects.get_or_create(
        union=union, year=year, name=name.strip(), defaults={"amount": amount_fen}
    )
    if not is_new:
        problem = _("There is a budget of this name for this year. Change that one.")
        raise Conflict(problem, code="budget-exists", fields={"name": problem})
    note(budget, by.account_id, "opened", amount=amount_fen, now=now)
    return budget


@transactions.atomic
def change_budget(*, by: Post, budget: Budget, amount_fen: int, now: dt.datetime) -> Budget:
    """There is `amount_fen` from now on. Raises `Invalid` on `amount` when more is committed."""
    check_amount(amount_fen)
    locked = lock(budget.pk)
    if amount_fen < locked.committed:
        problem = _("%(committed)s yuan are committed already; there cannot be less.") % {
            "committed": yuan_of(locked.committed)
        }
        raise Invalid(problem, code="below-committed", fields={"amount": problem})
    change = amount_fen - locked.amount
    if change:
        locked.amount = amount_fen
        locked.save(update_fields=["amount"])
        note(locked, by.account_id, "changed", amount=change, now=now)
    return locked


def commit(
    budget_id: uuid.UUID, *, fen: int, cause: str, by: uuid.UUID | None, now: dt.datetime
) -> None:
    """Set `fen` aside for `cause`, or give so much back (negative), in the caller's transaction.

    The row is locked until it ends, and the constraint stands behind the lock: a budget is never
    overspent. Raises `Invalid` on `budget` when there is not so much.
    """
    if fen == 0:
        return
    locked = lock(budget_id)
    if fen > locked.free:
        problem = _("This budget has %(free)s yuan left; %(needed)s are needed.") % {
            "free": yuan_of(locked.free),
            "needed": yuan_of(fen),
        }
        raise Invalid(problem, code="budget-short", fields={"budget": problem})
    locked.committed += fen
    locked.save(update_fields=["committed"])
    BudgetEntry.objects.create(
        budget=locked, at=now, cause=cause, committed_change=fen, account_id=by
    )


def refuse_dissolved(union: Union) -> None:
    """Raise `Conflict` for a union that is no more: it gives nothing and signs no contract."""
    if union.status == Status.DISSOLVED:
        raise Conflict(_("This union has been dissolved."), code="union-dissolved")


def lock(budget_id: uuid.UUID) -> Budget:
    """The budget, ours until the transaction ends."""
    found = Budget.objects.select_for_update(of=("self",)).filter(pk=budget_id).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def note(budget: Budget, by: uuid.UUID, action: str, *, amount: int, now: dt.datetime) -> None:
    """Write down that what there is has changed."""
    if amount:
        BudgetEntry.objects.create(
            budget=budget, at=now, cause=f"budget.{action}", amount_change=amount, account_id=by
        )
    audit.record(
        action=f"budget.{action}",
        by=by,
        subject=f"budget:{budget.pk}",
        union_id=budget.union_id,
        details={"fen": amount},
    )


def check_year(year: int, now: dt.datetime) -> None:
    """Raise `Invalid` for a year that is neither this one nor the next."""
    this = now.astimezone(clock.CHINA).year
    if year not in (this, this + 1):
        problem = _("Choose this year or the next.")
        raise Invalid(problem, fields={"year": problem})


def check_amount(amount_fen: int) -> None:
    if not 0 < amount_fen <= AMOUNT_MAX:
        problem = _("Write an amount above nothing and below ten billion yuan.")
        raise Invalid(problem, fields={"amount": problem})
