"""Employers that are one and the same, and the unions that are or were there for them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from niangjia.core.prepared import Asked, asked, together
from niangjia.organisations.models import Employer, EmployerName, PastEmployer, Union

# Whoever was merged into one another, and whoever has or had the same name, step by step, as in
# `members_tied_employers`; for several questions at once, each with a number.
KIN = """
WITH RECURSIVE kin AS (
    SELECT n, id FROM unnest(%s::integer[], %s::uuid[]) AS asked(n, id)
    UNION
    SELECT kin.n, other.id
    FROM kin JOIN organisations_employer e ON e.id = kin.id
    JOIN LATERAL (
        SELECT e.merged_into_id AS id WHERE e.merged_into_id IS NOT NULL
        UNION ALL
        SELECT id FROM organisations_employer WHERE merged_into_id = e.id
        UNION ALL
        SELECT id FROM organisations_employer WHERE name = e.name
        UNION ALL
        SELECT employer_id FROM organisations_employername WHERE name = e.name
        UNION ALL
        SELECT o.id FROM organisations_employername f
        JOIN organisations_employer o ON o.name = f.name WHERE f.employer_id = e.id
        UNION ALL
        SELECT o.employer_id FROM organisations_employername f
        JOIN organisations_employername o ON o.name = f.name WHERE f.employer_id = e.id
    ) AS other ON true
)
"""
KIN_OF = f"{KIN} SELECT id FROM kin"  # noqa: S608 - parts of ours; values are passed
TIED_UNIONS = f"""
{KIN} SELECT DISTINCT kin.n, u.id FROM organisations_union u
JOIN organisations_everemployer l ON l.union_id = u.id
JOIN kin ON kin.id = l.employer_id
WHERE u.path = ANY (%s::text[])
"""  # noqa: S608 - parts of ours; values are passed


def kin(employer_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """`employer_ids` and every record of the same employers: merged into one another, or of the
    same name, now or once. One query."""
    wanted = list(employer_ids)
    [rows] = together(Asked(KIN_OF, [[0] * len(wanted), wanted]))
    return {found for (found,) in rows}


def tied_unions(
    paths: Iterable[str], accused: Sequence[Iterable[uuid.UUID]]
) -> Asked[dict[int, set[uuid.UUID]]]:
    """Which of the unions at `paths` are there for an employer of each list in `accused`, or for
    another record of it, or once were: ids by the list's place, to be asked together with other
    things."""
    pairs = [(place, employer) for place, each in enumerate(accused) for employer in each]
    places, employers = [place for place, _id in pairs], [employer for _place, employer in pairs]
    return Asked(TIED_UNIONS, [places, employers, list(paths)], by_place)


def by_place(rows: Iterable[tuple[int, uuid.UUID]]) -> dict[int, set[uuid.UUID]]:
    """The second of each pair, gathered by the first."""
    found: dict[int, set[uuid.UUID]] = {}
    for place, union in rows:
        found.setdefault(place, set()).add(union)
    return found


def ever_named() -> QuerySet[Employer]:
    """The employers that a union names, or once named. What only somebody who complained wrote down
    is none of them: that it is there says that somebody did (promise 1)."""
    named = Exists(Union.employers.through.objects.filter(employer=OuterRef("pk")))
    once = Exists(PastEmployer.objects.filter(employer=OuterRef("pk")))
    return Employer.objects.filter(named | once)


def was_ever_named(employer: Employer) -> bool:
    """Whether a union names `employer`, or once did."""
    return ever_named().filter(pk=employer.pk).exists()


def find_namesake(employer: Employer) -> Employer | None:
    """Another employer that unions know by this name in the same province: the two would be taken
    for one and the same."""
    near = Q(name=employer.name, division__code__startswith=employer.division_id[:2])
    return ever_named().filter(near, merged_into=None).exclude(pk=employer.pk).first()


@dataclass(frozen=True)
class Called:
    """What an employer was called at a moment, and what it is called now: itself, or the one it has
    gone into."""

    then: str
    now: str
    is_merged: bool


def called_at(employers: Iterable[uuid.UUID], moment: dt.datetime) -> Asked[list[Called]]:
    """The question what `employers` were called at `moment`, by that name in order; asked further
    for each step of what was merged again and again."""
    former = EmployerName.objects.filter(employer=OuterRef("pk"), until__gt=moment)
    found = Employer.objects.filter(pk__in=list(employers)).select_related("merged_into")
    rows = found.annotate(
        then=Coalesce(Subquery(former.order_by("until").values("name")[:1]), "name")
    )
    return asked(rows.order_by("then"), called)


def called(rows: Iterable[Any]) -> list[Called]:
    """What each was called `then`, and is now."""
    return [Called(row.then, heir_of(row).name, row.merged_into_id is not None) for row in rows]


def heir_of(employer: Employer) -> Employer:
    """The record that `employer` has gone into, step by step; itself when it has not. There is no
    circle: `merge_employers` makes none."""
    while employer.merged_into is not None:
        employer = employer.merged_into
    return employer


def unions_ever_of(employers: Iterable[uuid.UUID]) -> QuerySet[Union]:
    """The unions that are there for one of `employers`, or once were."""
    wanted = list(employers)
    now = Union.employers.through.objects.filter(employer_id__in=wanted).values("union_id")
    once = PastEmployer.objects.filter(employer_id__in=wanted).values("union_id")
    return Union.objects.filter(Q(pk__in=now) | Q(pk__in=once))
