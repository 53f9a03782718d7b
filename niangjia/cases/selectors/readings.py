"""Who opened a case, and why: for whoever it belongs to (promise 6)."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from niangjia.core import clock
from niangjia.core.models import AuditEntry
from niangjia.core.prepared import Asked, asked
from niangjia.members.rules import purposes
from niangjia.organisations.models import Union

#: How many openings are looked at; those of a day by one union for one purpose stand as one.
LOOKED_AT = 200


@dataclass(frozen=True)
class Opening:
    """On one day, by officers of one union, for one purpose, so many times."""

    day: dt.date
    union: str
    purpose: str
    times: int


def openings_of(case_id: uuid.UUID, *, but: Collection[uuid.UUID] = ()) -> Asked[list[Opening]]:
    """The question for the latest openings of a case, found by the case and by no person: of a
    complaint nothing else leads there. `but` are accounts that are the applicant's own."""
    union = Union.objects.filter(pk=OuterRef("union_id")).values("name")
    found = (
        AuditEntry.objects.filter(subject=f"case:{case_id}")
        .exclude(purpose="")
        .exclude(account_id__in=but)
        .annotate(union=Subquery(union))
        .order_by("-at", "-id")
        .values_list("at", "union", "purpose")[:LOOKED_AT]
    )
    return asked(found, counted)


def counted(found: Iterable[tuple[dt.datetime, str | None, str]]) -> list[Opening]:
    """Openings as one for each day, union and purpose."""
    times: dict[tuple[dt.date, str, str], int] = {}
    for at, union, purpose in found:
        key = (at.astimezone(clock.CHINA).date(), union or "", purpose)
        times[key] = times.get(key, 0) + 1
    return [
        Opening(day, union, purposes.in_words(purpose), n)
        for (day, union, purpose), n in times.items()
    ]
