"""Checking a union before it is saved."""

import datetime as dt
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg.errors import UniqueViolation

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.organisations import rules
from niangjia.organisations.models import Status, Union
from niangjia.organisations.rules import details
from niangjia.organisations.services.details import UnionDetails

#: What a broken constraint over several columns means, by the field it is best shown beside (the
#: constraint's `violation_error_code`).
BROKEN_CONSTRAINTS = {
    "name": _("The upper union already has a union of this name."),
    "parent": _("There is one national federation, and it exists."),
    "industry_parent": _("The upper union lies in no industrial tree."),
    "committee_ends_date": _("The term ends after the election, not before it."),
}

TAKEN = {
    "name": BROKEN_CONSTRAINTS["name"],
    "uscc": _("Another union already has this code."),
}
#: Part of a unique constraint's name, and the field it is about.
RACES = {"union_name_once": "name", "_uscc_": "uscc"}


def check(union: Union, *, now: dt.datetime) -> None:
    """Raise `Invalid`, with a message beside each field, if `union` may not be saved like this.

    Fills in the end of the committee's term where election and length say it.
    """
    union.name = union.name.strip()
    union.uscc = details.normalised_uscc(union.uscc)
    if union.committee_elected_date and union.committee_term_years:
        union.committee_ends_date = union.committee_ends_date or details.term_end(
            union.committee_elected_date, union.committee_term_years
        )
    fields: details.Faults = {}
    try:
        union.full_clean()
    except ValidationError as error:
        fields |= by_field(error)
    values = {field: getattr(union, field) for field in UnionDetails.__annotations__}
    today = now.astimezone(clock.CHINA).date()
    fields = {**details.faults(union.kind, values, today=today), **fields}
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)


def save(union: Union, **how: Any) -> None:
    """Save `union`; raise `Invalid` if somebody else took its name or its code since `check`."""
    try:
        # Not retried: a savepoint within the service, which is tried again as a whole.
        with transaction.atomic():
            union.save(**how)
    except IntegrityError as error:
        cause = error.__cause__
        broken = cause.diag.constraint_name or "" if isinstance(cause, UniqueViolation) else ""
        field = next((field for part, field in RACES.items() if part in broken), None)
        if field is None:
            raise
        raise Invalid(TAKEN[field], fields={field: TAKEN[field]}) from error


def check_place(kind: str, parent: Union, *, levels: int = 1) -> None:
    """Raise unless a union of `kind`, which spans `levels` levels, may stand below `parent`."""
    if parent.status == Status.DISSOLVED:
        raise Conflict(_("The upper union has been dissolved."), code="parent-dissolved")
    if not rules.may_stand_below(kind, parent.kind):
        raise invalid_parent(_("A union of this kind cannot stand below that one."))
    if parent.depth + 1 + levels > rules.MOST_LEVELS:
        raise invalid_parent(_("The tree would be deeper than any union needs."))


def invalid_parent(message: str | Promise) -> Invalid:
    """A refusal beside the field that names the upper union."""
    return Invalid(message, fields={"parent": message})


def by_field(error: ValidationError) -> details.Faults:
    """The messages by field."""
    fields: details.Faults = {}
    for field, found in error.error_dict.items():
        if field == NON_FIELD_ERRORS:
            fields |= {one.code: BROKEN_CONSTRAINTS[one.code] for one in found if one.code}
        else:
            fields[field] = " ".join(text for one in found for text in one.messages)
    return fields
