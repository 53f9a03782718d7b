"""The national page's figures: one union and those right below it, exact at the moment of asking.

Three queries for the country, five for any other union, at every level of the tree.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import scope
from niangjia.core.errors import NotFound
from niangjia.members.rules import answer_times
from niangjia.members.rules.small_cells import hidden_cells
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Kind, Status, Union

#: Unions whose few members could be told apart; see `rules.small_cells`.
SMALL_KINDS = frozenset({Kind.GRASSROOTS, Kind.JOINT, Kind.GROUP})
#: What the page shows, of all that the rooms above count as well.
FAMILIES = ("unions:", "members", "applications:", "answer_hours:")
#: Of more children than this the page shows the largest and sums up the others.
CHILDREN_SHOWN = 100

LATE = """
    SELECT left(handled.path, %(length)s), count(*), NULL::timestamptz
    FROM members_application AS application
    JOIN organisations_union AS handled ON handled.id = application.union_id
    WHERE application.status = 'submitted' AND application.due_at < %(now)s
        AND handled.path >= %(first)s AND handled.path < %(last)s
    GROUP BY 1
    UNION ALL
    SELECT NULL, 0, min(due_at) FROM members_application
    WHERE status = 'submitted' AND due_at >= %(now)s
"""


@dataclass(frozen=True)
class Figures:
    """What a subtree adds up to. `members` is None where the count is hidden; how a single small
    union answers is published only in the sums above it, so there the rest is None too."""

    unions: Mapping[str, int]
    members: int | None
    open: int | None
    late: int | None
    decided: int | None
    median_hours: float | None

    @property
    def union_count(self) -> int:
        """Unions of every kind, itself included."""
        return sum(self.unions.values())

    @property
    def median_days(self) -> float | None:
        """The median wait in days, to one decimal."""
        return None if self.median_hours is None else round(self.median_hours / 24, 1)


@dataclass(frozen=True)
class Row:
    """One union right below."""

    number: str
    name: str
    kind: str
    division_code: str
    figures: Figures


@dataclass(frozen=True)
class Nation:
    """One union's page: itself, the chain above it, those below (largest first), the rest."""

    number: str
    name: str
    depth: int
    division_code: str
    chain: list[tuple[str, str]]
    figures: Figures
    children: list[Row]
    not_shown: int
    next_due_at: dt.datetime | None

    @property
    def is_country(self) -> bool:
        """Whether this is the whole tree."""
        return self.depth == 0


def read_nation(number: str | None, *, now: dt.datetime) -> Nation:
    """The figures of the union with this number (None: the country) and of those right below.

    Raises `NotFound` for a number that is none, and for a union that has nothing below it by kind:
    its few figures stand on its own page.
    """
    wanted = Q(number=number) if number else Q(depth=0)
    below = Q(parent__number=number) if number else Q(parent__depth=0)
    unions = list(
        Union.objects.filter(wanted | below)
        .exclude(status=Status.DISSOLVED)
        .only("number", "name", "kind", "depth", "path", "division_id")
        .order_by("depth", "path")
    )
    top = unions[0] if unions else None
    if top is None or (number and top.number != number) or top.kind in SMALL_KINDS:
        raise NotFound(_("There is no such page"))
    chain = organisations.chain_above(top) if top.depth else []
    shown = [union.pk for union in [*unions, *chain[-1:]]]
    counted = organisations.figures_of(shown, families=FAMILIES)
    late, next_due_at = read_late(top, unions[1:], now)
    children = child_rows(top, unions[1:], counted, late)
    return Nation(
        number=top.number,
        name=top.name,
        depth=top.depth,
        division_code=top.division_id,
        chain=[(upper.number, upper.name) for upper in chain],
        figures=figures_from(
            counted[top.pk],
            sum(late.values()),
            is_hidden=bool(chain) and is_hidden_above(top, chain[-1], counted),
        ),
        children=children[:CHILDREN_SHOWN],
        not_shown=len(children[CHILDREN_SHOWN:]),
        next_due_at=next_due_at,
    )


def read_late(
    top: Union, children: list[Union], now: dt.datetime
) -> tuple[dict[str, int], dt.datetime | None]:
    """Late applications by the path of the child they lie under (the top's own under its path), and
    when the next one becomes late."""
    length = len(children[0].path) if children else len(top.path)
    with connection.cursor() as cursor:
        cursor.execute(
            LATE,
            {"length": length, "now": now, "first": top.path, "last": scope.after(top.path)},
        )
        *late, (_none, _zero, next_due_at) = sorted(
            cursor.fetchall(), key=lambda row: row[0] is None
        )
    return {path: count for path, count, _never in late}, next_due_at


def members_of(counted: Mapping[str, int]) -> int:
    """The members a subtree adds up to."""
    return counted.get("members", 0)


def hidden_below(upper: uuid.UUID, total: int, below: Mapping[uuid.UUID, int]) -> set[uuid.UUID]:
    """Whose members are hidden of those right below `upper`. Its own members, who stand in no row,
    are a cell as well: subtraction finds them like any other."""
    return hidden_cells({**below, upper: total - sum(below.values())})


def is_hidden_above(
    top: Union, upper: Union, counted: Mapping[uuid.UUID, Mapping[str, int]]
) -> bool:
    """Whether the page above hides the count of `top`: then its own page must not tell it."""
    siblings = organisations.figures_of_children(upper, families=FAMILIES)
    below = {pk: members_of(figures) for pk, figures in siblings.items()}
    return top.pk in hidden_below(upper.pk, members_of(counted[upper.pk]), below)


def child_rows(
    top: Union,
    children: list[Union],
    counted: Mapping[uuid.UUID, Mapping[str, int]],
    late: Mapping[str, int],
) -> list[Row]:
    """A row for each child, the one with most members first; small counts hidden."""
    below = {union.pk: members_of(counted[union.pk]) for union in children}
    hidden = hidden_below(top.pk, members_of(counted[top.pk]), below)
    rows = [
        Row(
            number=union.number,
            name=union.name,
            kind=union.kind,
            division_code=union.division_id,
            figures=small_figures(counted[union.pk], is_hidden=union.pk in hidden)
            if union.kind in SMALL_KINDS
            else figures_from(
                counted[union.pk], late.get(union.path, 0), is_hidden=union.pk in hidden
            ),
        )
        for union in children
    ]
    return sorted(rows, key=lambda row: -(row.figures.members or 0))


def unions_from(counted: Mapping[str, int]) -> dict[str, int]:
    """Unions by kind."""
    return {kind: counted.get(f"unions:{kind}", 0) for kind in Kind.values}


def figures_from(counted: Mapping[str, int], late: int, *, is_hidden: bool) -> Figures:
    """The published figures of one subtree."""
    return Figures(
        unions=unions_from(counted),
        members=None if is_hidden else members_of(counted),
        open=counted.get("applications:open", 0),
        late=late,
        decided=counted.get("applications:decided", 0),
        median_hours=answer_times.median_hours(counted),
    )


def small_figures(counted: Mapping[str, int], *, is_hidden: bool) -> Figures:
    """What is published of one union at the grassroots."""
    members = None if is_hidden else members_of(counted)
    return Figures(unions_from(counted), members, None, None, None, None)
