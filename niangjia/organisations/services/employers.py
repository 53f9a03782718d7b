"""Which union is there for the workers of which employer."""

import datetime as dt
import uuid
from typing import Any

from niangjia.core import audit, outbox, transactions
from niangjia.organisations import events
from niangjia.organisations.models import Employer, Union
from niangjia.organisations.rules import details
from niangjia.organisations.selectors.employers import heir_of, was_ever_named
from niangjia.organisations.services.acting import account_id
from niangjia.organisations.services.editing import lock_union
from niangjia.organisations.services.employer_records import check
from niangjia.organisations.services.search_index import index_union
from niangjia.regions.models import Division


@transactions.atomic
def add_employer(
    *,
    union_id: uuid.UUID,
    name: str,
    division: Division,
    by: Any,
    now: dt.datetime,
    uscc: str | None = None,
    trade: str = "",
    address: str = "",
) -> Employer:
    """Say that this union is there for an employer's workers.

    An employer known by its code is one record however many unions name it; a joint union may have
    many (Trade Union Law, Article 11). One that has gone into another is that other; one that the
    union names already is not named twice. What somebody who complained wrote down about an
    employer is never shown to whoever adds it: that record goes into the new one, unseen. Raises
    `Invalid` with a message for each field, `Conflict` for a dissolved union.
    """
    union = lock_union(union_id)
    given = Employer(
        name=" ".join(name.split()),
        uscc=details.normalised_uscc(uscc),
        division=division,
        trade=trade,
        address=address,
    )
    employer = find_known(given, union) or keep(given)
    if not union.employers.contains(employer):
        union.employers.add(employer)
        _tell(union, employer, "union.employer-added", by)
    return employer


def find_known(given: Employer, union: Union) -> Employer | None:
    """The record, locked, that unions already name by this code, or else `union` by this name."""
    if given.uscc is None:
        return union.employers.filter(name=given.name, uscc=None).first()
    found = Employer.objects.select_for_update().filter(uscc=given.uscc).first()
    return heir_of(found) if found and was_ever_named(found) else None


def keep(given: Employer) -> Employer:
    """A new record. One of the same code that no union ever named, noted by somebody who
    complained, gives the code up and goes into it: who is tied to one is tied to the other."""
    noted = None
    if given.uscc is not None:
        noted = Employer.objects.filter(uscc=given.uscc).first()
    check(given, is_free=noted is not None)
    if noted is None:
        given.save(force_insert=True)
        return given
    noted.uscc = None
    noted.save(update_fields=["uscc"])
    given.save(force_insert=True)
    noted.merged_into = given
    noted.save(update_fields=["merged_into"])
    return given


@transactions.atomic
def remove_employer(
    *, union_id: uuid.UUID, employer_id: uuid.UUID, by: Any, now: dt.datetime
) -> None:
    """Say that this union is no longer there for an employer's workers. The record stays, and so do
    ties: who is or was on the employer's side does not come to read what is said about it."""
    union = lock_union(union_id)
    employer = union.employers.filter(pk=employer_id).first()
    if employer is not None:
        union.employers.remove(employer)
        _tell(union, employer, "union.employer-removed", by)


def _tell(union: Union, employer: Employer, action: str, by: Any) -> None:
    index_union(union.pk)
    audit.record(
        action=action,
        by=account_id(by),
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details={"employer": employer.pk},
    )
    outbox.publish(events.UnionEdited(union_id=union.pk, fields=["employers"]))
    outbox.publish(events.EmployerChanged(employer_id=employer.pk))
