"""Declaring that one is too close to an employer."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, transactions
from niangjia.core.errors import Invalid, NotFound
from niangjia.members.models import Account, EmployerTie, TieKind
from niangjia.organisations.models import Employer


@transactions.atomic
def declare_tie(
    *, account: Account, employer: Employer, kind: str, by: Account, now: dt.datetime
) -> EmployerTie:
    """From now on `account` is shown nothing that is said about `employer`; twice is once.

    Anybody declares their own; that `by` may declare somebody else's is for the caller to have
    checked. Raises `Invalid` on `kind`.
    """
    if kind not in TieKind.values:
        problem = _("Choose what the tie is.")
        raise Invalid(problem, code="no-tie-kind", fields={"kind": problem})
    tie, is_new = EmployerTie.objects.get_or_create(
        account=account,
        employer=employer,
        kind=kind,
        lifted_at=None,
        defaults={"declared_at": now, "declared_by_account_id": by.pk},
    )
    if is_new:
        audit.record(
            action="tie.declared",
            by=by.pk,
            subject=f"employer:{employer.pk}",
            details={"account": str(account.pk), "kind": kind},
        )
    return tie


@transactions.atomic
def lift_tie(*, tie: EmployerTie, by: Account, now: dt.datetime) -> EmployerTie:
    """The tie no longer holds; twice is once. Nobody lifts their own: raises `NotFound`."""
    tie = EmployerTie.objects.select_for_update().get(pk=tie.pk)
    if tie.account_id == by.pk:
        raise NotFound(_("There is no such page"))
    if tie.lifted_at is None:
        tie.lifted_at, tie.lifted_by_account_id = now, by.pk
        tie.save(update_fields=["lifted_at", "lifted_by_account_id"])
        audit.record(
            action="tie.lifted",
            by=by.pk,
            subject=f"employer:{tie.employer_id}",
            details={"account": str(tie.account_id), "kind": tie.kind},
        )
    return tie
