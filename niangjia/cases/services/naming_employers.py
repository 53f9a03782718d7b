"""Naming an employer in a complaint that is at work: the true name of one that was misspelt, or
another that turned out to be behind it."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EntryKind
from niangjia.cases.services import locking, timeline
from niangjia.cases.services.becoming_tied import leave_tied_units
from niangjia.cases.services.employers import find_or_note_employer
from niangjia.cases.services.merging import lock_merged_with
from niangjia.cases.services.workload import OPEN_STATES
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post
from niangjia.organisations.models import Employer, Union
from niangjia.organisations.rules import details

LENGTHS = (2, 120)
#: Whoever names more than that names a list.
MOST_NAMED = 20


@transactions.atomic
def name_employer(
    *, by: Post, case_id: uuid.UUID, employer: str, uscc: str = "", now: dt.datetime
) -> Case:
    """Add an employer to those a complaint is about; twice is once. A name that was misspelt ties
    nobody: with the true one, whoever is tied sees the case no longer, from this moment on, and it
    leaves the unions that are (promise 1). Nothing that was named is taken away, since that would
    open the case to people it was kept from. The applicant reads which name was added. Duplicates
    that were made one with it are about the same employer, and are kept from the same people.

    Raises `Invalid` on `employer` and `uscc`, `Conflict` "not-a-complaint", "too-many" and what
    `locking` does.
    """
    name = " ".join(employer.split())
    if not LENGTHS[0] <= len(name) <= LENGTHS[1]:
        problem = _("Write its full name, in 2 to 120 characters.")
        raise Invalid(problem, code="employer-needed", fields={"employer": problem})
    if fault := details.uscc_fault(details.normalised_uscc(uscc), of_union=False):
        raise Invalid(fault, code="bad-uscc", fields={"uscc": fault})
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
        if not case.is_complaint:
            raise Conflict(_("This service is not about an employer."), code="not-a-complaint")
        if len(case.accused_ids) >= MOST_NAMED:
            raise Conflict(_("This case names very many employers already."), code="too-many")
    with protection.working("cases.name-employer"):
        named = find_or_note_employer(name=name, uscc=uscc, division=case.division)
        together = [case, *lock_merged_with(case)]
        for each in together:
            if named.pk not in each.accused_ids:
                add_employer(each, named, by=by.account_id, union=case.handler, now=now)
    for each in together:
        leave_tied_units(case_id=each.pk, now=now)
    return case


def add_employer(
    case: Case, named: Employer, *, by: uuid.UUID, union: Union, now: dt.datetime
) -> None:
    """A locked case is about `named` as well; an officer of `union` said so. As background work."""
    case.accused_ids = [*case.accused_ids, named.pk]
    case.changed_at = now
    case.save(update_fields=["accused_ids", "changed_at"])
    timeline.write_entry(
        case, EntryKind.PARTY, now=now, by=by, union=union, words=named.name, is_public=True
    )
