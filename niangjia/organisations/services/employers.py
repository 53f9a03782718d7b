"""Employers, and which union is there for their workers."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError

from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Invalid
from niangjia.organisations import events
from niangjia.organisations.models import Employer, Union
from niangjia.organisations.rules import details
from niangjia.organisations.services.acting import account_id
from niangjia.organisations.services.checking import by_field
from niangjia.organisations.services.editing import lock_union
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
    many (Trade Union Law, Article 11). Raises `Invalid` with a message for each field.
    """
    union = lock_union(union_id)
    code = details.normalised_uscc(uscc)
    employer = Employer.objects.filter(uscc=code).first() if code else None
    if employer is None:
        employer = Employer(name=name, uscc=code, division=division, trade=trade, address=address)
        _check(employer)
        employer.save(force_insert=True)
    union.employers.add(employer)
    _tell(union, employer, "union.employer-added", by)
    return employer


@transactions.atomic
def remove_employer(
    *, union_id: uuid.UUID, employer_id: uuid.UUID, by: Any, now: dt.datetime
) -> None:
    """Say that this union is no longer there for an employer's workers. The record stays."""
    union = lock_union(union_id)
    employer = union.employers.filter(pk=employer_id).first()
    if employer is not None:
        union.employers.remove(employer)
        _tell(union, employer, "union.employer-removed", by)


def _check(employer: Employer) -> None:
    fields: details.Faults = {}
    if fault := details.uscc_fault(employer.uscc, of_union=False):
        fields["uscc"] = fault
    try:
        employer.full_clean()
    except ValidationError as error:
        fields = {**by_field(error), **fields}
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)


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
