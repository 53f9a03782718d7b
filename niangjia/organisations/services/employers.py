"""Employers, and which union is there for their workers."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
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
    """Say that this union is no longer there for an employer's workers. The record stays, and so do
    ties: who is or was on the employer's side does not come to read what is said about it."""
    union = lock_union(union_id)
    employer = union.employers.filter(pk=employer_id).first()
    if employer is not None:
        union.employers.remove(employer)
        _tell(union, employer, "union.employer-removed", by)


@transactions.atomic
def rename_employer(*, employer_id: uuid.UUID, name: str, by: Any, now: dt.datetime) -> Employer:
    """Call an employer by its new name. It stays one and the same: what was said about it under its
    former name stays kept from whoever is tied to it. Twice is once. Raises `NotFound`, `Invalid`
    on `name`."""
    employer = _lock([employer_id])[employer_id]
    before, employer.name = employer.name, " ".join(name.split())
    _check(employer)
    if employer.name != before:
        employer.save(update_fields=["name"])
        _tell_all(employer, "employer.renamed", by, before=before)
    return employer


@transactions.atomic
def merge_employers(
    *, employer_id: uuid.UUID, into_id: uuid.UUID, by: Any, now: dt.datetime
) -> Employer:
    """An employer has gone into another, or is the same under another record: who is tied to one is
    tied to both from now on, and their unions stay as they are. Twice is once; never undone.

    Raises `NotFound`, `Conflict` "same-employer" for itself, "merged-already" where it went into a
    third, "merged-into-it" where that would be a circle.
    """
    rows = _lock(sorted({employer_id, into_id}))
    employer, heir = rows[employer_id], rows[into_id]
    if employer == heir:
        raise Conflict(_("This is one and the same record."), code="same-employer")
    if employer.merged_into_id == heir.pk:
        return employer
    if employer.merged_into_id is not None:
        raise Conflict(_("It has gone into another employer already."), code="merged-already")
    if _went_into(heir, employer):
        raise Conflict(_("That employer has gone into this one."), code="merged-into-it")
    employer.merged_into = heir
    employer.save(update_fields=["merged_into"])
    _tell_all(employer, "employer.merged", by, into=str(heir.pk))
    return employer


def _lock(wanted: list[uuid.UUID]) -> dict[uuid.UUID, Employer]:
    """The employers, locked in the order of their keys. Raises `NotFound`."""
    rows = Employer.objects.select_for_update().order_by("pk").in_bulk(wanted)
    if len(rows) < len(wanted):
        raise NotFound(_("There is no such page"))
    return rows


def _went_into(heir: Employer, employer: Employer) -> bool:
    """Whether `heir` has gone into `employer`, by whichever way round."""
    seen: set[uuid.UUID] = set()
    while heir.merged_into is not None and heir.pk not in seen:
        seen.add(heir.pk)
        heir = heir.merged_into
    return heir == employer


def _tell_all(employer: Employer, action: str, by: Any, **details: str) -> None:
    """On record, and in the search for each union that is there for it."""
    audit.record(
        action=action, by=account_id(by), subject=f"employer:{employer.pk}", details=details
    )
    for union_id in employer.unions.values_list("pk", flat=True):
        index_union(union_id)
        outbox.publish(events.UnionEdited(union_id=union_id, fields=["employers"]))


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
