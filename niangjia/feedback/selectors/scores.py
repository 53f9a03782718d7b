"""The public score of a union and all below it, and of one item there.

Read from the figures, so exact at the moment of asking, at every level of the tree. Four queries.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from niangjia.feedback.models import Invitation
from niangjia.feedback.rules import metrics, scores
from niangjia.feedback.rules.metrics import Counted
from niangjia.feedback.rules.publishing import Published, published
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Status, Union

FAMILIES = (metrics.FAMILY,)
#: A year of months is a trend.
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class ItemScore:
    """One item of the catalogue; `name` as {"zh", "en"}."""

    key: str
    name: Mapping[str, str]
    published: Published


@dataclass(frozen=True)
class MonthScore:
    """One month ("2026-11")."""

    month: str
    published: Published


@dataclass(frozen=True)
class UnionScore:
    """One union right below."""

    union: Union
    published: Published


@dataclass(frozen=True)
class Scores:
    """What everybody may know of how a union is rated. With `item_key`, of that item alone."""

    union: Union
    item_key: str | None
    item_name: Mapping[str, str] | None
    whole: Published
    items: list[ItemScore]
    months: list[MonthScore]
    below: list[UnionScore]


def read_scores(union: Union, *, item_key: str | None = None) -> Scores:
    """The scores of `union` and everything below it.

    A union's mean is drawn towards that of the union above, an item's and a month's towards that of
    the union (of the item). Ratings of protected subjects are in none of it.
    """
    upper_levels, siblings = read_around(union, item_key)
    here = metrics.counted(read(union), item_key=item_key)
    above = scores.shrunk(upper_levels).mean
    mean = scores.shrunk(here.levels, towards=above).mean
    names = item_names(here)
    return Scores(
        union=union,
        item_key=item_key,
        item_name=names.get(item_key) if item_key else None,
        whole=published(here.levels, towards=above, beside=siblings),
        items=[] if item_key else items_of(here, names, mean),
        months=[
            MonthScore(month, published(levels, towards=mean))
            for month, levels in sorted(here.months.items())[-MONTHS_SHOWN:]
        ],
        below=unions_below(union, item_key, here, mean),
    )


def read(union: Union) -> dict[str, int]:
    """What the union counts of ratings."""
    return organisations.figures_of([union.pk], families=FAMILIES)[union.pk]


def read_around(union: Union, item_key: str | None) -> tuple[Counter[int], list[Counter[int]]]:
    """The levels counted at the union above, and at the others below that one."""
    if union.parent is None:
        return Counter(), []
    around = organisations.figures_of_children(union.parent, families=FAMILIES)
    upper = metrics.counted(read(union.parent), item_key=item_key).levels
    others = [
        metrics.counted(figures, item_key=item_key).levels
        for union_id, figures in around.items()
        if union_id != union.pk
    ]
    mine = metrics.counted(around.get(union.pk, {}), item_key=item_key).levels
    return upper, [*others, remainder(upper, [mine, *others])]


def remainder(whole: Counter[int], parts: list[Counter[int]]) -> Counter[int]:
    """What the union above has of its own: a cell like any other."""
    left = Counter(whole)
    for part in parts:
        left.subtract(part)
    return left


def item_names(here: Counted) -> dict[str, Mapping[str, str]]:
    """The names of the items counted, as the newest invitation of each says them. One query."""
    found = (
        Invitation.objects.filter(item_key__in=here.items, is_protected=False)
        .order_by("item_key", "-id")
        .distinct("item_key")
        .values_list("item_key", "item_name")
    )
    return dict(found)


def items_of(
    here: Counted, names: Mapping[str, Mapping[str, str]], towards: float
) -> list[ItemScore]:
    """Each item, the most rated first."""
    rows = [
        ItemScore(
            key,
            names.get(key, {"zh": key, "en": key}),
            published(
                levels,
                towards=towards,
                beside=[other for name, other in here.items.items() if name != key],
            ),
        )
        for key, levels in here.items.items()
    ]
    return sorted(rows, key=lambda row: (-row.published.count, row.key))


def unions_below(
    union: Union, item_key: str | None, here: Counted, towards: float
) -> list[UnionScore]:
    """Each union right below that has ratings, the best score first and those with few last."""
    counted = {
        union_id: metrics.counted(figures, item_key=item_key).levels
        for union_id, figures in organisations.figures_of_children(union, families=FAMILIES).items()
    }
    own = remainder(here.levels, list(counted.values()))
    children = Union.objects.filter(pk__in=counted).exclude(status=Status.DISSOLVED)
    rows = [
        UnionScore(
            child,
            published(
                counted[child.pk],
                towards=towards,
                beside=[
                    own,
                    *(levels for key, levels in counted.items() if key != child.pk),
                ],
            ),
        )
        for child in children
        if counted[child.pk]
    ]
    return sorted(
        rows,
        key=lambda row: (-(row.published.score.mean if row.published.score else 0), row.union.path),
    )
