"""What the page of a union says. One query, whatever lies above and below."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from niangjia.core import clock, working_calendar
from niangjia.organisations.models import Employer, Kind, Origin, Union, WorkerKind
from niangjia.organisations.rules import bands, joining, opening
from niangjia.organisations.selectors.union_facts import (
    CHILDREN,
    UnionFacts,
    parse_union_facts,
    read_union_facts,
)


@dataclass(frozen=True)
class Below:
    """What lies below a union: how many of each kind, and the first of its children."""

    kinds: list[tuple[Kind, int]]
    children: list[Union]
    has_more: bool


@dataclass(frozen=True)
class UnionPage:
    """Everything the page shows. `answer_by` is the date promised to who applies today."""

    union: Union
    chain: list[Union]
    below: Below
    employers: list[Employer]
    members_from: int
    members_to: int | None
    hours: opening.Hours | None
    is_joinable: bool
    answer_by: working_calendar.DueDate
    today: dt.date

    @property
    def admits_labels(self) -> list[Any]:
        """Whom it admits directly, in words."""
        return [WorkerKind(worker).label for worker in self.union.admits_directly]

    @property
    def term_has_ended(self) -> bool:
        ends = self.union.committee_ends_date
        return ends is not None and ends < self.today

    @property
    def is_seed(self) -> bool:
        return self.union.origin == Origin.SEED

    @property
    def is_demo(self) -> bool:
        return self.union.origin == Origin.DEMO


def show_union(number: str, *, now: dt.datetime) -> UnionPage:
    """The page of the union with this number. One query. Raises `NotFound`."""
    return page_of(read_union_facts(number, today=now.astimezone(clock.CHINA).date()), now=now)


def page_of(facts: str, *, now: dt.datetime) -> UnionPage:
    """The page that follows from what was read on the day of `now`. No query."""
    read = parse_union_facts(facts)
    union = read.union
    least, most = bands.band(read.figures.get("members", 0))
    today = now.astimezone(clock.CHINA).date()
    return UnionPage(
        union=union,
        chain=read.chain,
        below=what_lies_below(read),
        employers=read.employers,
        members_from=least,
        members_to=most,
        hours=opening.hours_today(
            union.opening_hours,
            now=now.astimezone(clock.CHINA),
            is_working_day=read.calendar.is_working_day(today),
        ),
        is_joinable=joining.is_joinable(union),
        answer_by=working_calendar.due(read.calendar, today, union.answer_working_days),
        today=today,
    )


def what_lies_below(read: UnionFacts) -> Below:
    """The unions below, without itself."""
    kinds = []
    for kind in Kind:
        count = read.figures.get(f"unions:{kind}", 0) - (read.union.kind == kind)
        if count > 0:
            kinds.append((kind, count))
    return Below(kinds, read.children[:CHILDREN], has_more=len(read.children) > CHILDREN)
