"""Who opened a case, and why: for whoever it belongs to (promise 6)."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from niangjia.core import clock
from niangjia.core.models import AuditEntry
from niangjia.members.rules import purposes
from niangjia.members.selectors.views_of_data import names_of_unions

#: How many openings are looked at; those of a day by one union for one purpose stand as one.
LOOKED_AT = 200


@dataclass(frozen=True)
class Opening:
    """On one day, by officers of one union, for one purpose, so many times."""

    day: dt.date
    union: str
    purpose: str
    times: int


def list_openings(case_id: uuid.UUID, *, but: Collection[uuid.UUID] = ()) -> list[Opening]:
    """The latest openings of a case, found by the case and by no person: of a complaint nothing
    else leads there. `but` are accounts that are the applicant's own. Two queries."""
    found = (
        AuditEntry.objects.filter(subject=f"case:{case_id}")
        .exclude(purpose="")
        .exclude(account_id__in=but)
        .order_by("-at", "-id")
        .values_list("at", "union_id", "purpose")[:LOOKED_AT]
    )
    counted: dict[tuple[dt.date, uuid.UUID | None, str], int] = {}
    for at, union_id, purpose in found:
        key = (at.astimezone(clock.CHINA).date(), union_id, purpose)
        counted[key] = counted.get(key, 0) + 1
    names = names_of_unions(union_id for _day, union_id, _purpose in counted)
    return [
        Opening(day, names.get(union_id, "") if union_id else "", purposes.in_words(purpose), times)
        for (day, union_id, purpose), times in counted.items()
    ]
