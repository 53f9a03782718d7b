"""What the page of a union says. A constant number of queries, whatever lies above and below."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, ids, working_calendar
from niangjia.core.errors import NotFound
from niangjia.organisations.models import Employer, Kind, Origin, Union, WorkerKind
from niangjia.organisations.rules import bands, joining, opening
from niangjia.organisations.selectors.figures import figures
from niangjia.organisations.selectors.unions import (
    access_union_by_number,
    chain_above,
    list_children,
)

#: More than fits on a screen: the rest is found by searching.
CHILDREN, EMPLOYERS = 12, 12


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
    """The page of the union with this number. Raises `NotFound`; a number whose check digit does
    not hold is said to be mistyped."""
    typed = number[:40]
    if not ids.check_digit_holds(typed):
        raise NotFound(
            _("This number has a digit that does not fit. Check whether it was mistyped."),
            code="number-mistyped",
        )
    union = access_union_by_number(typed)
    figured = figures(union)
    least, most = bands.band(figured.get("members", 0))
    today = now.astimezone(clock.CHINA).date()
    province = union.division_id[:2]
    return UnionPage(
        union=union,
        chain=chain_above(union),
        below=what_lies_below(union, figured),
        employers=list(union.employers.order_by("name")[:EMPLOYERS]),
        members_from=least,
        members_to=most,
        hours=hours_of(union, now, today),
        is_joinable=joining.is_joinable(union),
        answer_by=working_calendar.deadline(today, union.answer_working_days, province=province),
        today=today,
    )


def hours_of(union: Union, now: dt.datetime, today: dt.date) -> opening.Hours | None:
    """Its hours today; asks the working calendar only when there are any."""
    if not union.opening_hours:
        return None
    return opening.hours_today(
        union.opening_hours,
        now=now.astimezone(clock.CHINA),
        is_working_day=working_calendar.is_working_day(today, province=union.division_id[:2]),
    )


def what_lies_below(union: Union, figured: dict[str, int]) -> Below:
    """The unions below, without itself."""
    kinds = []
    for kind in Kind:
        count = figured.get(f"unions:{kind}", 0) - (union.kind == kind)
        if count > 0:
            kinds.append((kind, count))
    children = list(list_children(union)[: CHILDREN + 1]) if kinds else []
    return Below(kinds, children[:CHILDREN], has_more=len(children) > CHILDREN)
