"""The rules by which a service station has one to five stars. Published; nothing else counts.

A station has five stars, unless a rule does not hold: then it has as many at most as stand beside
that rule. So each star that is missing can be named. The rules follow what unions publish (five
stars from 30 square metres on; fewer for one that is not open in time, has broken kit or nothing in
the cupboard, or leaves complaints unanswered). Another sort of place has no stars, as the
six haves and the basic facilities are those of stations.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.places.models import Have, Kind
from niangjia.places.rules import facilities

VERSION = 1
BEST, WORST = 5, 1
KINDS = (Kind.STATION,)
#: So many working days there are to object to fewer stars.
OBJECTION_WORKING_DAYS = 5
NEEDED = ("rest", "water", "meal", "charge")
BASIC = (*NEEDED, "cool", "medicine", "umbrella")
EXTENDED = (
    *("toilet", "fridge", "tv", "wifi", "books", "nursing", "aed", "air_pump", "shower", "law"),
    *("counselling", "laundry", "e_bike", "canteen"),
)
#: A station that nobody has looked at for longer has not shown that it deserves the best.
INSPECTED_DAYS = 180


@dataclass(frozen=True)
class Facts:
    """What a month's stars are judged by. `ticked` of `days` on which somebody should have said
    that it is open; `inspected_days` since the last inspection; `shut` times it was found shut;
    `broken` facilities past their deadline; `lacking` supplies that have expired; `complaints`
    that are past their deadline; `dangers` found."""

    area: int = 0
    facilities: Sequence[str] = ()
    haves: int = 0
    days: int = 0
    ticked: int = 0
    inspected_days: int | None = None
    shut: int = 0
    broken: Sequence[str] = ()
    lacking: Sequence[str] = ()
    complaints: int = 0
    dangers: int = 0

    @property
    def on_time(self) -> int:
        """Of a hundred days, so many were ticked in time; rounded down."""
        return 100 * self.ticked // self.days if self.days else 0

    def has(self, wanted: Sequence[str]) -> int:
        """How many of these it has."""
        return len(set(wanted) & set(self.facilities))

    def values(self) -> dict[str, Any]:
        """As they are kept."""
        return asdict(self)


@dataclass(frozen=True)
class Rule:
    """Unless `holds`, a station has `most` stars at most. `evidence` says what was found, with the
    names of `evidence_of`."""

    key: str
    most: int
    label: Text
    evidence: Text
    holds: Callable[[Facts], bool]


AREA = _("%(area)s square metres")
TICKED = _("ticked in time on %(ticked)s of %(days)s days")
RULES = (
    Rule("safe", 1, _("Nothing dangerous was found"), _("found: %(dangers)s"),
         lambda facts: facts.dangers == 0),
    Rule("needed", 2, _("A seat, drinking water, a microwave, sockets"), _("%(needed)s of 4"),
         lambda facts: facts.has(NEEDED) == len(NEEDED)),
    Rule("complaints", 2, _("No complaint was left beyond its deadline"),
         _("left: %(complaints)s"), lambda facts: facts.complaints == 0),
    Rule("area-10", 2, _("At least 10 square metres"), AREA, lambda facts: facts.area >= 10),
    Rule("ticked-80", 3, _("Open in time on at least 80 of 100 days"), TICKED,
         lambda facts: facts.on_time >= 80),
    Rule("found-open", 3, _("Found open whenever it should have been"),
         _("found shut: %(shut)s times"), lambda facts: facts.shut == 0),
    Rule("kit", 3, _("What is broken is mended by its deadline"), _("broken: %(broken)s"),
         lambda facts: not facts.broken),
    Rule("supplies", 3, _("Nothing in the cupboard has expired or run out"),
         _("missing: %(lacking)s"), lambda facts: not facts.lacking),
    Rule("basic", 3, _("All seven basic facilities"), _("%(basic)s of 7"),
         lambda facts: facts.has(BASIC) == len(BASIC)),
    Rule("haves", 3, _("All six haves"), _("%(haves)s of 6"),
         lambda facts: facts.haves == len(Have.values)),
    Rule("area-20", 3, _("At least 20 square metres"), AREA, lambda facts: facts.area >= 20),
    Rule("inspected", 4, _("Inspected within the last 180 days"), _("last: %(inspected)s"),
         lambda facts: facts.inspected_days is not None
         and facts.inspected_days <= INSPECTED_DAYS),
    Rule("ticked-95", 4, _("Open in time on at least 95 of 100 days"), TICKED,
         lambda facts: facts.on_time >= 95),
    Rule("extended", 4, _("At least three further facilities"), _("it has %(extended)s"),
         lambda facts: facts.has(EXTENDED) >= 3),
    Rule("area-30", 4, _("At least 30 square metres"), AREA, lambda facts: facts.area >= 30),
)  # fmt: skip
BY_KEY = {rule.key: rule for rule in RULES}


@dataclass(frozen=True)
class Outcome:
    """The stars, and of each rule whether it held."""

    stars: int
    findings: list[dict[str, Any]]


def judge(facts: Facts) -> Outcome:
    """As many stars as the strictest rule that does not hold leaves."""
    held = {rule.key: rule.holds(facts) for rule in RULES}
    stars = min((BY_KEY[key].most for key, holds in held.items() if not holds), default=BEST)
    return Outcome(stars, [{"key": key, "held": holds} for key, holds in held.items()])


def evidence_of(facts: Facts) -> dict[str, object]:
    """What the rules' words name."""
    days = facts.inspected_days
    inspected = _("never") if days is None else _("%(days)s days ago") % {"days": days}
    named = [str(facilities.BY_KEY[key].label) for key in facts.broken if key in facilities.BY_KEY]
    nothing = _("nothing")
    return {
        **facts.values(),
        "needed": facts.has(NEEDED),
        "basic": facts.has(BASIC),
        "extended": facts.has(EXTENDED),
        "inspected": inspected,
        "broken": "、".join(named) or nothing,
        "lacking": "、".join(facts.lacking) or nothing,
    }


@dataclass(frozen=True)
class Explained:
    """A rule, whether it held, and by what."""

    rule: Rule
    held: bool
    evidence: str


def explain(findings: Sequence[dict[str, Any]], facts: dict[str, Any]) -> list[Explained]:
    """Each rule that is still published with what was found; what did not hold comes first."""
    known = evidence_of(Facts(**facts)) if facts else {}
    shown = [
        Explained(rule, each["held"], str(rule.evidence) % known)
        for each in findings
        if (rule := BY_KEY.get(each["key"])) is not None
    ]
    return sorted(shown, key=lambda each: (each.held, each.rule.most))


def month_before(day: dt.date) -> dt.date:
    """The first day of the month before."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def end_of_month(first: dt.date) -> dt.date:
    """The last day of the month that begins on `first`."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
