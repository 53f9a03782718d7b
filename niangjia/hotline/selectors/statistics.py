"""The five standard statistics of the hotline and what people call about, up the tree: of a union
and everything below it, over a period.

They are added up from tallies (`models.DayTally`), not from orders, so that those who by right see
no order can be told as well. Whoever answers the hotline there is told exactly and at once; all
others in tens, and only of months that change no more (`models.MonthTally`): a live figure in tens
would flip with a single vote and tell it (promise 36). Nobody is told of the orders that are kept
from them, because of a tie to an employer or because it is about them: those are taken out again,
so that no figure gives a complaint away (promise 1).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Left, TruncMonth

from niangjia.core import clock, protection, scope
from niangjia.core.periods import Period, is_told
from niangjia.feedback.rules.publishing import STEP, rounded, tells_too_much
from niangjia.hotline.models import DayTally, MonthTally, Topic, WorkOrder
from niangjia.hotline.models.tallies import Counts
from niangjia.hotline.rules.small_counts import SMALLEST_TOLD
from niangjia.hotline.rules.tallies import COUNTS, Tally, may_be_shown
from niangjia.hotline.selectors.tallies import count_rows
from niangjia.members.models import Account
from niangjia.members.selectors.ties import tied_employers
from niangjia.organisations.models import Union
from niangjia.organisations.rules import SEGMENT_LENGTH

#: So many topics are hot.
MOST = 10
#: Class and channel.
Cell = tuple[str, str]


@dataclass(frozen=True)
class HotTopic:
    """What many called about."""

    key: str
    name: str
    category: str
    count: int


@dataclass
class Statistics:
    """What is told of `union` over `period`; in tens where `is_rounded`. `classes` and `units` are
    None where they would tell too much beside their sum; `trend` says how many were taken in on
    each day or in each month, as far as it may. `is_waited_for`: nothing is told of it yet."""

    union: Union
    period: Period
    is_rounded: bool
    total: Tally = field(default_factory=Tally)
    classes: dict[Cell, int] | None = None
    units: list[tuple[Union, Tally]] | None = None
    is_waited_for: bool = False
    topics: list[HotTopic] = field(default_factory=list)
    trend: list[tuple[dt.date, int]] = field(default_factory=list)


@dataclass
class Added:
    """The sums while they are added up: by unit (its path), class and channel, topic, day."""

    total: Tally = field(default_factory=Tally)
    units: dict[str, Tally] = field(default_factory=dict)
    cells: Counter[Cell] = field(default_factory=Counter)
    topics: Counter[Any] = field(default_factory=Counter)
    days: Counter[dt.date] = field(default_factory=Counter)


def read_statistics(
    union: Union, period: Period, *, account: Account, is_exact: bool
) -> Statistics:
    """The statistics as `account` is told them. Six queries, and two for the scope."""
    if not is_exact and not is_told(period, clock.today()):
        return Statistics(union, period, is_rounded=True, is_waited_for=True)
    kept: type[Counts] = DayTally if is_exact else MonthTally
    tallies = tallies_of(kept, union, period)
    added, topics = Added(), {topic.pk: topic for topic in Topic.objects.all()}
    for path, topic, channel, *counts in tallies_by(union, tallies):
        add(added, path, topics[topic], channel, Tally(*counts))
    added.days.update(dict(taken_by_day(tallies, period)))
    back = kept_back if is_exact else kept_back_of_told
    for path, topic, channel, day, *counts in back(union, period, account):
        tally = Tally(*counts)
        add(added, place(union, path), topics[topic], channel, tally, times=-1)
        added.days[day.replace(day=1) if period.is_by_month else day] -= tally.taken
    found = Statistics(union, period, is_rounded=not is_exact)
    (tell if is_exact else tell_in_tens)(found, added)
    found.topics = hot(added.topics, topics, is_exact=is_exact)
    return found


def add(
    added: Added, path: str, topic: Topic, channel: str, tally: Tally, *, times: int = 1
) -> None:
    """Count one cell in, or with -1 out."""
    added.total.add(tally, times)
    added.units.setdefault(path, Tally()).add(tally, times)
    added.cells[topic.category, channel] += times * tally.taken
    added.topics[topic.pk] += times * tally.taken


def tallies_of(model: type[Counts], union: Union, period: Period) -> QuerySet[Any]:
    """The tallies of a part of the tree over a period."""
    return model._default_manager.filter(
        scope.subtree(union.path, field="union__path"),
        day__gte=period.since,
        day__lt=period.until,
    ).order_by()


def tallies_by(union: Union, tallies: QuerySet[Any]) -> Iterable[tuple[Any, ...]]:
    """Summed by the union right below in whose part they are, or `union`; by topic; by channel."""
    until = len(union.path) + SEGMENT_LENGTH
    by_place = tallies.annotate(place=Left("union__path", until))
    cells: Iterable[tuple[Any, ...]] = by_place.values_list(
        "place", "topic_id", "channel"
    ).annotate(**{f"{name}_sum": Sum(name) for name in COUNTS})
    return cells


def taken_by_day(tallies: QuerySet[Any], period: Period) -> Iterable[tuple[dt.date, int]]:
    """How many were taken in on each day, or in each month."""
    by = tallies.annotate(on=TruncMonth("day") if period.is_by_month else F("day"))
    days: Iterable[tuple[dt.date, int]] = by.values_list("on").annotate(n=Sum("taken"))
    return days


def kept_back(union: Union, period: Period, account: Account) -> list[tuple[Any, ...]]:
    """The orders of all these that this account is not shown, counted. Two queries."""
    with kept_from(account, period) as orders:
        found = orders.filter(scope.subtree(union.path, field="unit__path"))
        return list(count_rows(found, "unit__path", "topic_id", "call__channel"))


def kept_back_of_told(union: Union, period: Period, account: Account) -> list[tuple[Any, ...]]:
    """The same of months that are told: as each order was counted then, whatever became of it. Two
    queries."""
    with kept_from(account, period) as orders:
        found = orders.filter(
            scope.subtree(union.path, field="told_unit__path"), told__isnull=False
        ).values_list("told_unit__path", "topic_id", "call__channel", "opened_at", "told")
        return [
            (
                path,
                topic,
                channel,
                opened_at.astimezone(clock.CHINA).date().replace(day=1),
                *(told or ()),
            )
            for path, topic, channel, opened_at, told in found
        ]


def month_of(moment: dt.datetime) -> dt.date:
    """The first day of its month, in China."""
    return moment.astimezone(clock.CHINA).date().replace(day=1)


@contextmanager
def kept_from(account: Account, period: Period) -> Iterator[QuerySet[WorkOrder]]:
    """The orders of a period that this account is not shown. As background work, one query."""
    tied = tied_employers(account.pk)
    since, until = (
        dt.datetime.combine(day, dt.time(), clock.CHINA) for day in (period.since, period.until)
    )
    with protection.working("hotline.statistics"):
        yield WorkOrder.objects.filter(
            Q(accused_ids__overlap=tied) | Q(excluded_ids__contains=[account.pk]),
            opened_at__gte=since,
            opened_at__lt=until,
        )


def place(union: Union, path: str) -> str:
    """In whose part, right below `union`, a path lies."""
    return path[: len(union.path) + SEGMENT_LENGTH]


def tell(found: Statistics, added: Added) -> None:
    """To whoever answers the hotline there: everything as it is."""
    found.total = added.total
    found.classes = {cell: count for cell, count in added.cells.items() if count}
    found.units = named(found.union, {p: t for p, t in added.units.items() if t.taken})
    found.trend = [(day, added.days[day]) for day in begun(found.period)]


def tell_in_tens(found: Statistics, added: Added) -> None:
    """To all others: in tens, and no table that would tell more beside its sums."""
    found.total = added.total.in_tens()
    if may_be_shown(added.total, added.units.values()):
        tens = {path: tally.in_tens() for path, tally in added.units.items()}
        found.units = named(found.union, {p: t for p, t in tens.items() if t.taken})
    sums = [Counter[str](), Counter[str]()]
    for cell, count in added.cells.items():
        for which, key in enumerate(cell):
            sums[which][key] += count
    lines = [
        (total, [count for cell, count in added.cells.items() if cell[which] == key])
        for which in (0, 1)
        for key, total in sums[which].items()
    ]
    lines += [(added.total.taken, list(each.values())) for each in sums]
    if not any(tells_too_much(total, cells) for total, cells in lines):
        found.classes = {cell: n for cell, count in added.cells.items() if (n := rounded(count))}
    by_month = found.period.is_by_month
    if by_month and not tells_too_much(added.total.taken, list(added.days.values())):
        found.trend = [(day, n) for day in begun(found.period) if (n := rounded(added.days[day]))]


def begun(period: Period) -> Iterator[dt.date]:
    """The days or months of a period that have begun."""
    today = clock.today()
    return (day for day in period.parts() if day <= today)


def hot(counts: Counter[Any], topics: dict[Any, Topic], *, is_exact: bool) -> list[HotTopic]:
    """What most called about, the most first; nothing that few did."""
    least = SMALLEST_TOLD if is_exact else STEP
    most = sorted(counts.items(), key=lambda each: (-each[1], topics[each[0]].name))[:MOST]
    return [
        HotTopic(
            topics[pk].key,
            topics[pk].name,
            topics[pk].category,
            count if is_exact else rounded(count),
        )
        for pk, count in most
        if count >= least
    ]


def named(union: Union, units: dict[str, Tally]) -> list[tuple[Union, Tally]]:
    """The units: the union itself first, then those with most orders. One query."""
    unions = {each.path: each for each in Union.objects.filter(path__in=units)}
    order = sorted(units, key=lambda path: (path != union.path, -units[path].taken, path))
    return [(unions[path], units[path]) for path in order]
