"""Employers as records: their names, and which of them are one and the same."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.organisations import events
from niangjia.organisations.models import Employer
from niangjia.organisations.rules import details
from niangjia.organisations.selectors.employers import find_namesake, heir_of
from niangjia.organisations.services.acting import account_id
from niangjia.organisations.services.checking import by_field
from niangjia.organisations.services.search_index import index_unions


@transactions.atomic
def rename_employer(*, employer_id: uuid.UUID, name: str, by: Any, now: dt.datetime) -> Employer:
    """Call an employer by its new name. It stays one and the same: what was said about it under its
    former name stays kept from whoever is tied to it. Twice is once.

    Raises `NotFound`, `Invalid` on `name`, also with "name-known" for the name that an employer of
    the same province has, and `Conflict` "merged-already" for a record that went into another.
    """
    employer = lock_employers([employer_id])[employer_id]
    if employer.merged_into_id is not None:
        raise Conflict(_("It has gone into another employer already."), code="merged-already")
    before, employer.name = employer.name, " ".join(name.split())
    if employer.name == before:
        return employer
    check(employer)
    if find_namesake(employer):
        problem = _(
            "An employer of this name is in the register of this province. If it is the same one, "
            "merge the two."
        )
        raise Invalid(problem, code="name-known", fields={"name": problem})
    employer.save(update_fields=["name"])
    tell(employer, "employer.renamed", by, before=before)
    return employer


@transactions.atomic
def merge_employers(
    *, employer_id: uuid.UUID, into_id: uuid.UUID, by: Any, now: dt.datetime
) -> Employer:
    """An employer has gone into another, or is the same under another record: its unions are there
    for the workers of that one from now on, and who is tied to one is tied to both. Gives the one
    it went into. Twice is once.

    Never undone: whoever was tied would come to read what was said about the other. Raises
    `NotFound`, `Conflict` "same-employer" for itself, "merged-already" where it went into a third,
    "merged-into-it" where that would be a circle.
    """
    rows = lock_employers([employer_id, into_id])
    employer, heir = rows[employer_id], rows[into_id]
    if employer == heir:
        raise Conflict(_("This is one and the same record."), code="same-employer")
    if employer.merged_into_id == heir.pk:
        return heir
    if employer.merged_into_id is not None:
        raise Conflict(_("It has gone into another employer already."), code="merged-already")
    if heir_of(heir) == employer:
        raise Conflict(_("That employer has gone into this one."), code="merged-into-it")
    employer.merged_into = heir
    employer.save(update_fields=["merged_into"])
    unions = list(employer.unions.all())
    heir.unions.add(*unions)
    employer.unions.clear()
    audit.record(
        action="employer.merged",
        by=account_id(by),
        subject=f"employer:{employer.pk}",
        details={"into": heir.pk},
    )
    tell(heir, "employer.took-in", by, taken_in=str(employer.pk))
    return heir


def lock_employers(wanted: list[uuid.UUID]) -> dict[uuid.UUID, Employer]:
    """The employers, locked in the order of their keys. Raises `NotFound`."""
    rows = Employer.objects.select_for_update().order_by("pk").in_bulk(wanted)
    if len(rows) < len(set(wanted)):
        raise NotFound(_("There is no such page"))
    return rows


def tell(employer: Employer, action: str, by: Any, **facts: str) -> None:
    """On record, in the search for each union that is there for it, and to the rooms above."""
    audit.record(action=action, by=account_id(by), subject=f"employer:{employer.pk}", details=facts)
    unions = list(employer.unions.values_list("pk", flat=True))
    index_unions(unions)
    for union_id in unions:
        outbox.publish(events.UnionEdited(union_id=union_id, fields=["employers"]))
    outbox.publish(events.EmployerChanged(employer_id=employer.pk))


def check(employer: Employer, *, is_free: bool = False) -> None:
    """Raise `Invalid` with a message for each field; `is_free`: the code is given up by whoever
    has it."""
    fields: details.Faults = {}
    if fault := details.uscc_fault(employer.uscc, of_union=False):
        fields["uscc"] = fault
    try:
        employer.full_clean(exclude={"uscc"} if is_free else None)
    except ValidationError as error:
        fields = {**by_field(error), **fields}
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)
