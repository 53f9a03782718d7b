"""The five standard statistics of a hotline, by period and unit. In a viewer's scope.

All five are asked of one set: the orders that were taken in within the period, so that they can be
divided by each other. `docs/glossary.md` says exactly what each counts.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from django.db.models import Count, F, IntegerField, Q, Value
from django.db.models.functions import Coalesce, Left, Length

from niangjia.feedback.models import Level
from niangjia.hotline.models import CallBackResult, Line, WorkOrder
from niangjia.hotline.selectors.calls import allowed
from niangjia.members.models import Account
from niangjia.organisations.models import Union
from niangjia.organisations.rules import SEGMENT_LENGTH

#: A call back was made, whether or not it reached anybody.
CALLED = (
    CallBackResult.REACHED,
    CallBackResult.DECLINED,
    CallBackResult.NOT_REACHED,
    CallBackResult.WRONG_NUMBER,
)
#: The union right below the line's in whose part of the tree an order is, or was settled; the
#: line's own union where it is still there.
UNIT = Left(
    Coalesce("handled_by__path", "case__handler_path", "line__union__path"),
    Length("line__union__path") + Value(SEGMENT_LENGTH, output_field=IntegerField()),
)


@dataclass
class Tally:
    """Orders taken in within a period, and of them: settled, settled in time, settled by a unit
    they were handed to, called back of those, rated, at least fairly satisfied."""

    taken: int = 0
    settled: int = 0
    on_time: int = 0
    handed: int = 0
    called: int = 0
    rated: int = 0
    satisfied: int = 0

    def add(self, other: "Tally") -> None:
        """Count `other` in."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @property
    def settled_rate(self) -> float | None:
        """办结率: settled of what was taken in, in per cent; None for nothing."""
        return rate(self.settled, self.taken)

    @property
    def on_time_rate(self) -> float | None:
        """按时办结率: settled in time, of what was settled."""
        return rate(self.on_time, self.settled)

    @property
    def call_back_rate(self) -> float | None:
        """回访率: called back, of what was handed to a unit and settled there. What was answered on
        the spot is called back by sample, and would say nothing here."""
        return rate(self.called, self.handed)

    @property
    def satisfied_rate(self) -> float | None:
        """满意率: at least fairly satisfied, of whoever rated."""
        return rate(self.satisfied, self.rated)


@dataclass
class Statistics:
    """A period's statistics: in all, by class and channel, and by unit."""

    total: Tally = field(default_factory=Tally)
    classes: dict[tuple[str, str], int] = field(default_factory=dict)
    units: list[tuple[str, Tally]] = field(default_factory=list)


def rate(part: int, whole: int) -> float | None:
    """`part` of `whole` in per cent, with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def read_statistics(
    lines: Sequence[Line], *, account: Account, since: dt.datetime, until: dt.datetime
) -> Statistics:
    """The statistics of `lines` over the orders taken in from `since` up to `until`, as `account`
    may see them: of one line by the unions below it, of several by line. Two queries, and one for
    the account's ties."""
    own = lines[0].union.path if len(lines) == 1 else ""
    rows = (
        WorkOrder.objects.filter(allowed(account), line__in=lines)
        .filter(opened_at__gte=since, opened_at__lt=until)
        .annotate(place=UNIT if own else F("line__union__path"))
        .values_list("topic__category", "call__channel", "place")
        .annotate(
            taken=Count("pk"),
            settled=Count("pk", filter=Q(handled_at__isnull=False)),
            on_time=Count("pk", filter=Q(handled_at__isnull=False, is_on_time=True)),
            handed=Count("pk", filter=Q(handled_at__isnull=False, case__isnull=False)),
            called=Count("pk", filter=Q(call_back__in=CALLED, case__isnull=False)),
            rated=Count("pk", filter=Q(level__isnull=False)),
            satisfied=Count("pk", filter=Q(level__gte=Level.FAIRLY_SATISFIED)),
        )
        .order_by()
    )
    found, units = Statistics(), dict[str, Tally]()
    for category, channel, path, *counts in rows:
        tally = Tally(*counts)
        found.total.add(tally)
        found.classes[category, channel] = found.classes.get((category, channel), 0) + tally.taken
        units.setdefault(path, Tally()).add(tally)
    found.units = named(units, own)
    return found


def named(units: Mapping[str, Tally], own: str) -> list[tuple[str, Tally]]:
    """The units by name: the one at `own` first, then those with most orders. One query."""
    names = dict(Union.objects.filter(path__in=units).values_list("path", "name"))
    order = sorted(units, key=lambda path: (path != own, -units[path].taken, path))
    return [(names.get(path, "—"), units[path]) for path in order]
