"""The public score of a union and all below it, and of one item there.

Read from the figures, at every level of the tree: of closed months, ten ratings at a time
(`rules.publishing`). Four queries.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from niangjia.feedback.models import Invitation
from niangjia.feedback.rules import metrics, scores
from niangjia.feedback.rules.items import name_of
from niangjia.feedback.rules.metrics import Counted
from niangjia.feedback.rules.publishing import Published, published, ten_at_a_time
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


def read_scores(union: Union, *, item_key: str | None = None, now: dt.datetime) -> Scores:
    """The scores of `union` and everything below it, until the end of the month before `now`.

    A union's mean is drawn towards that of the union above, an item's and a month's towards that of
    the union (of the item). Ratings of protected subjects are in none of it.
    """
    asked = Asked(metrics.month_of(now), item_key)
    upper_levels, siblings = read_around(union, asked)
    here = asked.counted(read(union))
    levels = ten_at_a_time(here.months)
    above = scores.shrunk(upper_levels).mean
    mean = scores.shrunk(levels, towards=above).mean
    names = item_names(here)
    return Scores(
        union=union,
        item_key=item_key,
        item_name=names.get(item_key) if item_key else None,
        whole=published(levels, towards=above, beside=siblings),
        items=[] if item_key else items_of(here, names, mean),
        months=[
            MonthScore(month, published(levels, towards=mean))
            for month, levels in sorted(here.months.items())[-MONTHS_SHOWN:]
        ],
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


def item_names(here: Counted) -> dict[str, Mapping[str, str]]:
    """The names of the items counted: their own (`rules.items`), or as the newest invitation of
    each says them. One query."""
    found = (
        Invitation.objects.filter(item_key__in=here.items, is_protected=False)
        .order_by("item_key", "-id")
        .distinct("item_key")
        .values_list("item_key", "item_name")
    )
    shared = {key: name for key in here.items if (name := name_of(key))}
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
            published(
                levels,
                towards=towards,
                beside=[other for name, other in told.items() if name != key],
            ),
        )
        for key, levels in told.items()
    ]
    return sorted(rows, key=lambda row: (-row.published.count, row.key))


def unions_below(
    union: Union, asked: Asked, levels: Counter[int], towards: float
) -> list[UnionScore]:
    """Each union right below that has ratings, the best score first and those with few last."""
    figures = organisations.figures_of_children(union, families=FAMILIES)
    counted = {union_id: asked.levels(found) for union_id, found in figures.items()}
    rated = {union_id for union_id, found in figures.items() if asked.counted(found).months}
    own = remainder(levels, list(counted.values()))
    children = Union.objects.filter(pk__in=rated).exclude(status=Status.DISSOLVED)
    rows = [
        UnionScore(
            child,
            published(
                counted[child.pk],
                towards=towards,
                beside=[
                    own,
                    *(others for key, others in counted.items() if key != child.pk),
                ],
            ),
        )
        for child in children
    ]
    return sorted(
        rows,
        key=lambda row: (-(row.published.score.mean if row.published.score else 0), row.union.path),
    )
