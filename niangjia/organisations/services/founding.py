"""Founding a union."""

import datetime as dt
from typing import Any, Unpack

from niangjia.core import audit, outbox, transactions
from niangjia.organisations import events, rules
from niangjia.organisations.models import Kind, Origin, Status, Union
from niangjia.organisations.services import locking
from niangjia.organisations.services.acting import account_id
from niangjia.organisations.services.checking import check, check_place, save
from niangjia.organisations.services.counting import count
from niangjia.organisations.services.details import UnionDetails
from niangjia.organisations.services.numbering import next_numbers
from niangjia.organisations.services.search_index import index_union
from niangjia.regions.models import Division


@transactions.atomic
def create_union(
    *,
    name: str,
    kind: Kind,
    parent: Union | None,
    division: Division,
    now: dt.datetime,
    by: Any = None,
    status: Status = Status.ACTIVE,
    origin: Origin = Origin.REGISTER,
    industry_parent: Union | None = None,
    heads_industry: bool = False,
    **details: Unpack[UnionDetails],
) -> Union:
    """Found a union below `parent` (None: the national federation, of which there is one).

    The upper union approves the founding (Trade Union Law, Article 12), so `by` acts for it.
    `heads_industry` begins an industrial tree at this union. Raises `Invalid` with a message for
    each field, `Conflict` if `parent` was dissolved meanwhile.
    """
    locking.hold_trees_still()
    if parent is not None:
        parent.refresh_from_db(fields=["path", "depth", "status"])
        check_place(kind, parent)
    (number,) = next_numbers([division.code])
    union = Union(
        number=number,
        name=name,
        kind=kind,
        status=status,
        origin=origin,
        parent=parent,
        path=rules.child_path(parent.path if parent else "", number),
        depth=parent.depth + 1 if parent else 0,
        industry_parent=industry_parent,
        industry_path=industry_path_of(number, industry_parent, heads_industry),
        division=division,
        **details,
    )
    check(union, now=now)
    save(union, force_insert=True)
    index_union(union.pk)
    count(union_id=union.pk, metric=f"unions:{union.kind}", change=1)
    audit.record(
        action="union.founded", by=account_id(by), subject=f"union:{union.pk}", union_id=union.pk
    )
    outbox.publish(events.UnionFounded(union_id=union.pk, kind=union.kind))
    return union


def industry_path_of(number: str, parent: Union | None, heads: bool) -> str | None:
    """The path in the industrial tree, or None for a union that is in none."""
    if parent is None:
        return rules.child_path("", number) if heads else None
    return rules.child_path(parent.industry_path or "", number)
