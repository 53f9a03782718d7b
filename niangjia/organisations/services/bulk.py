"""Many unions at once: seed data, demonstrations, registers taken over from elsewhere."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from niangjia.core import audit
from niangjia.organisations import rules
from niangjia.organisations.models import (
    Employer,
    FigureChange,
    Kind,
    Origin,
    Status,
    Union,
)
from niangjia.organisations.services import locking
from niangjia.organisations.services.acting import account_id
from niangjia.organisations.services.details import UnionDetails
from niangjia.organisations.services.folding import fold_figures
from niangjia.organisations.services.founding import industry_path_of
from niangjia.organisations.services.numbering import next_ids, next_numbers
from niangjia.organisations.services.reports import Progress, silent
from niangjia.organisations.services.search_index import index_unions

BATCH = 1000


@dataclass(eq=False)
class UnionDraft:
    """A union about to be founded. `parent` and `industry_parent` are unions that exist, or drafts
    that stand earlier in the same list."""

    name: str
    kind: Kind
    division_code: str
    parent: "Union | UnionDraft | None"
    industry_parent: "Union | UnionDraft | None" = None
    heads_industry: bool = False
    employers: Sequence[Employer] = ()
    details: UnionDetails = field(default_factory=UnionDetails)


# Not retried: a load of many thousands is begun again by whoever watches it.
@transaction.atomic
def create_unions(
    *,
    drafts: Sequence[UnionDraft],
    origin: Origin,
    now: dt.datetime,
    by: Any = None,
    progress: Progress = silent,
) -> list[Union]:
    """Found every draft, in its order, in one transaction; returns the unions in that order.

    For data that has been checked already: the database's constraints still hold, but nobody is
    told field by field what is wrong. One audit entry stands for the whole load, and no event is
    published: nobody waits for news of unions that have been there for decades.
    """
    locking.hold_trees_still()
    made: dict[UnionDraft, Union] = {}
    numbers = next_numbers([draft.division_code for draft in drafts])
    for draft, number, union_id in zip(drafts, numbers, next_ids(len(drafts)), strict=True):
        made[draft] = _union_of(draft, number, union_id, origin, made)
    unions = list(made.values())
    for start in range(0, len(unions), BATCH):
        batch = unions[start : start + BATCH]
        Union.objects.bulk_create(batch)
        FigureChange.objects.bulk_create(
            FigureChange(union=union, metric=f"unions:{union.kind}", change=1) for union in batch
        )
        progress(start + len(batch), len(unions))
    Union.employers.through.objects.bulk_create(
        [
            Union.employers.through(union=made[draft], employer=employer)
            for draft in drafts
            for employer in draft.employers
        ],
        batch_size=BATCH,
    )
    fold_figures()
    index_unions([union.pk for union in unions])
    audit.record(
        action="unions.loaded",
        by=account_id(by),
        subject=f"unions:{origin}",
        details={"count": len(unions), "at": now},
    )
    return unions


def _union_of(
    draft: UnionDraft,
    number: str,
    union_id: uuid.UUID,
    origin: Origin,
    made: dict[UnionDraft, Union],
) -> Union:
    parent = made[draft.parent] if isinstance(draft.parent, UnionDraft) else draft.parent
    industry_parent = (
        made[draft.industry_parent]
        if isinstance(draft.industry_parent, UnionDraft)
        else draft.industry_parent
    )
    return Union(
        id=union_id,
        number=number,
        name=draft.name,
        kind=draft.kind,
        status=Status.ACTIVE,
        origin=origin,
        parent=parent,
        path=rules.child_path(parent.path if parent else "", number),
        depth=parent.depth + 1 if parent else 0,
        industry_parent=industry_parent,
        industry_path=industry_path_of(number, industry_parent, draft.heads_industry),
        division_id=draft.division_code,
        **draft.details,
    )
