"""What a union says about itself."""

import datetime as dt
import uuid
from typing import Any, Unpack

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.organisations import events
from niangjia.organisations.models import Status, Union
from niangjia.organisations.services.acting import account_id
from niangjia.organisations.services.checking import check, save
from niangjia.organisations.services.details import UnionDetails
from niangjia.organisations.services.search_index import index_union


@transactions.atomic
def edit_union(
    *,
    union_id: uuid.UUID,
    by: Any,
    now: dt.datetime,
    seen_at: dt.datetime | None = None,
    **details: Unpack[UnionDetails],
) -> Union:
    """Change the named details of a union and leave the others.

    `seen_at` is the `updated_at` of the union as the editor saw it: whoever edits what somebody
    else changed meanwhile is told so (`Conflict`) instead of undoing it unseen. A new election
    without a stated end of term ends the old term's date. Raises `Invalid` with a message for each
    field, `Conflict` for a dissolved union, `NotFound`.
    """
    union = lock_union(union_id)
    if seen_at is not None and seen_at != union.updated_at:
        raise Conflict(
            _("Somebody else has changed this union meanwhile. Please look again."),
            code="edited-meanwhile",
        )
    changed = sorted(field for field, value in details.items() if getattr(union, field) != value)
    if not changed:
        return union
    for field, value in details.items():
        setattr(union, field, value)
    if {"committee_elected_date", "committee_term_years"} & set(changed) and (
        "committee_ends_date" not in changed
    ):
        union.committee_ends_date = None
    return _save(union, changed, by, now)


@transactions.atomic
def rename_union(*, union_id: uuid.UUID, name: str, by: Any, now: dt.datetime) -> Union:
    """Give a union another name; its number and its place stay. Raises like `edit_union`."""
    union = lock_union(union_id)
    if union.name == name:
        return union
    union.name = name
    return _save(union, ["name"], by, now)


def lock_union(union_id: uuid.UUID, *, against_references: bool = False) -> Union:
    """The union, locked until the transaction ends, if it still exists.

    `against_references` also waits for, and keeps off, whoever adds rows that refer to it.
    """
    unions = Union.objects.select_for_update(no_key=not against_references)
    union = unions.filter(pk=union_id).first()
    if union is None:
        raise NotFound(_("There is no such union."))
    if union.status == Status.DISSOLVED:
        raise Conflict(_("This union has been dissolved."), code="union-dissolved")
    return union


def _save(union: Union, changed: list[str], by: Any, now: dt.datetime) -> Union:
    check(union, now=now)
    save(union)
    index_union(union.pk)
    audit.record(
        action="union.edited",
        by=account_id(by),
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details={"fields": changed},
    )
    outbox.publish(events.UnionEdited(union_id=union.pk, fields=changed))
    return union
