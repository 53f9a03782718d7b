"""The public score of a union and all below it, and of one item there.

Read from the figures, at every level of the tree: of closed months, ten ratings at a time
(`rules.publishing`). Four queries.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from niangjia.feedback.models import Invitation
from niangjia.feedback.rules import metrics, scores
from niangjia.feedback.rules.items import name_of
from niangjia.feedback.rules.metrics import Counted, Distribution
from niangjia.feedback.rules.publishing import Published, published, ten_at_a_time
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Status, Union

K = TypeVar("K")
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


def read_scores(union: Union, *, item_key: str | None = None, now: dt.datetime) -> Scores:
    """The scores of `union` and everything below it, until the end of the month before `now`.

    Months, items and unions below of which fewer than ten voices are told stand in no list: a line
    that was not there a month ago would tell that somebody used a service there (promise 36).
    A union's mean is drawn towards that of the union above, an item's and a month's towards that of
    the union (of the item). Ratings of protected subjects are in none of it.
    """
    asked = Asked(metrics.month_of(now), item_key)
    upper_levels, siblings = read_around(union, asked)
    here = asked.counted(read(union))
    levels = ten_at_a_time(here.months)
    above = scores.shrunk(upper_levels).mean
    mean = scores.shrunk(levels, towards=above).mean
    names = item_names([item_key] if item_key else here.items)
    return Scores(
        union=union,
        item_key=item_key,
        item_name=names.get(item_key) if item_key else None,
        whole=published(levels, towards=above, beside=siblings),
        items=[] if item_key else items_of(here, names, mean),
        months=months_of(here, mean),
        below=unions_below(union, asked, levels, mean),
    )


@dataclass(frozen=True)
class Asked:
    """Which ratings: those of the months before `before`, of one item or of all."""

    before: str
    item_key: str | None

    def counted(self, figures: Mapping[str, int]) -> Counted:
        return metrics.counted(figures, before=self.before, item_key=self.item_key)

    def levels(self, figures: Mapping[str, int]) -> Counter[int]:
        """What is said of a union's figures."""
        return ten_at_a_time(self.counted(figures).months)


def read(union: Union) -> dict[str, int]:
    """What the union counts of ratings."""
    return organisations.figures_of([union.pk], families=FAMILIES)[union.pk]


def read_around(union: Union, asked: Asked) -> tuple[Counter[int], list[Counter[int]]]:
    """The levels counted at the union above, and at the others below that one."""
    if union.parent is None:
        return Counter(), []
    around = organisations.figures_of_children(union.parent, families=FAMILIES)
    upper = asked.levels(read(union.parent))
    others = [asked.levels(figures) for union_id, figures in around.items() if union_id != union.pk]
    mine = asked.levels(around.get(union.pk, {}))
    return upper, [*others, remainder(upper, [mine, *others])]


def remainder(whole: Counter[int], parts: list[Counter[int]]) -> Counter[int]:
    """What the union above has of its own: a cell like any other. None of a level where its parts
    have come further than itself."""
    left = Counter(whole)
    for part in parts:
        left.subtract(part)
    return +left


def months_of(here: Counted, towards: float) -> list[MonthScore]:
    """The latest months that can be told of."""
    rows = [
        MonthScore(month, published(levels, towards=towards, beside=beside(here.months, month)))
        for month, levels in sorted(here.months.items())[-MONTHS_SHOWN:]
    ]
    return list(filter(is_told, rows))


def is_told(row: ItemScore | MonthScore | UnionScore) -> bool:
    """Whether anything is told of it but that there are few."""
    return row.published.count > 0


def beside(all_of_them: Mapping[K, Distribution], key: K) -> list[Distribution]:
    """All distributions but that of `key`."""
    return [levels for other, levels in all_of_them.items() if other != key]


def item_names(keys: Collection[str]) -> dict[str, Mapping[str, str]]:
    """The names of items, whether anybody rated them here or not: their own (`rules.items`), or as
    the newest invitation of each anywhere says them. One query."""
    found = (
        Invitation.objects.filter(item_key__in=keys, is_protected=False)
        .order_by("item_key", "-id")
        .distinct("item_key")
        .values_list("item_key", "item_name")
    )
    shared = {key: name for key in keys if (name := name_of(key))}
    return dict(found) | shared


def items_of(
    here: Counted, names: Mapping[str, Mapping[str, str]], towards: float
) -> list[ItemScore]:
    """Each item that can be told of, the most rated first."""
    told = {key: ten_at_a_time(months) for key, months in here.items.items()}
    rows = [
        ItemScore(
            key,
            names.get(key, {"zh": key, "en": key}),
            published(levels, towards=towards, beside=beside(told, key)),
        )
        for key, levels in told.items()
    ]
    return sorted(filter(is_told, rows), key=lambda row: (-row.published.count, row.key))


def unions_below(
    union: Union, asked: Asked, levels: Counter[int], towards: float
) -> list[UnionScore]:
    """Each union right below that can be told of, the best score first."""
    figures = organisations.figures_of_children(union, families=FAMILIES)
    counted = {union_id: asked.levels(found) for union_id, found in figures.items()}
    own = remainder(levels, list(counted.values()))
    children = Union.objects.filter(
        pk__in=[key for key, levels in counted.items() if levels]
    ).exclude(status=Status.DISSOLVED)
    rows = [
        UnionScore(
            child,
            published(
                counted[child.pk],
                towards=towards,
                beside=[own, *beside(counted, child.pk)],
            ),
        )
        for child in children
    ]
    return sorted(
        rows,
        key=lambda row: (-(row.published.score.mean if row.published.score else 0), row.union.path),
    )
