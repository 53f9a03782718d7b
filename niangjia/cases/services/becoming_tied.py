"""Unions that come to be tied to an employer while they have a case about it (promise 1)."""

import datetime as dt
import logging
import uuid

from django.db.models import Q, QuerySet

from niangjia.cases.models import Case
from niangjia.cases.selectors.assigning import who_may_have
from niangjia.cases.selectors.officers import deserted
from niangjia.cases.services import assigning, locking, routing
from niangjia.cases.services.dissolving import NOT_OVER, hand_over
from niangjia.core import protection, transactions
from niangjia.organisations.models import Union
from niangjia.organisations.selectors.employers import kin

logger = logging.getLogger(__name__)


def leave_tied_to(*, employer_id: uuid.UUID, now: dt.datetime) -> int:
    """After the unions, the name or the heir of an employer changed: what `leave_tied_units` says,
    for every case that accuses it and is not over. Gives how many went on to another union."""
    with protection.working("cases.ties"):
        about = Case.objects.filter(NOT_OVER, accused_ids__overlap=list(kin([employer_id])))
        return leave(about, now=now)


def leave_tied_below(*, union: Union, now: dt.datetime) -> int:
    """The same after `union` came below another: whatever is below a tied union is tied."""
    with protection.working("cases.ties"):
        below = Q(handler_path__startswith=union.path)
        kept = ~Q(accused_ids=[]) | ~Q(about_ids=[])
        return leave(Case.objects.filter(NOT_OVER, below, kept), now=now)


def leave(cases: QuerySet[Case], *, now: dt.datetime) -> int:
    """`leave_tied_units` for each, in a transaction of its own."""
    found = list(cases.values_list("pk", flat=True))
    return sum(leave_tied_units(case_id=pk, now=now) for pk in found)


@transactions.atomic
def leave_tied_units(*, case_id: uuid.UUID, now: dt.datetime) -> bool:
    """A case leaves the unions that may not have it any more, or all of whose officers are kept
    from it: the next one above that is free of ties handles it, and whoever of its officers is tied
    has it no longer. Says whether it went.

    The database shows it to none of them from the moment of the tie; without this it would wait
    there, seen by nobody, until its term runs out. Where no union at all is free it stays, and
    whoever runs the node reads so in the log. Twice is once.
    """
    with protection.working("cases.ties"):
        case = locking.locked(Case.objects.filter(NOT_OVER, pk=case_id))
        if case is None:
            return False
        involved = Q(pk=case.handler_id) | Q(path__in=case.sharing_paths) | Q(pk=case.raised_to_id)
        moved = False
        for union in Union.objects.filter(involved).order_by("-depth"):
            if routing.is_untied(union, case) and not is_deserted(union, case):
                continue
            if union.pk == case.handler_id and routing.union_above(case, union) is None:
                logger.error("no union is free to handle case %s", case.pk)
                continue
            moved |= hand_over(case_id=case.pk, union=union, now=now)
        if not moved:
            take_from_tied(case, now=now)
    return moved


def is_deserted(union: Union, case: Case) -> bool:
    """Whether `union` handles `case` and all its officers are kept from it, by name or by ties."""
    kept = deserted([union], case.excluded_ids, case.accused_ids)
    return union.pk == case.handler_id and bool(kept)


def take_from_tied(case: Case, *, now: dt.datetime) -> None:
    """Whoever came to be tied, or is found to be whom it is about, has a locked case no longer; the
    union's rules say who does."""
    has = case.assigned_to_id
    if has is not None and not who_may_have(case, [has]):
        case.assigned_to, case.changed_at = None, now
        case.save(update_fields=["assigned_to", "changed_at"])
        if case.is_open:
            assigning.assign_by_rule(case, now=now)
