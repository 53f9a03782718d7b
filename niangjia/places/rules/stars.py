"""The rules by which a service station has one to five stars. Published; nothing else counts.

A station has five stars, unless a rule does not hold: then it has as many at most as stand beside
that rule. So each star that is missing can be named. The rules follow what unions publish (five
stars from 30 square metres on; fewer for one that is not open in time, has broken kit or nothing in
the cupboard, or leaves complaints unanswered); how much they ask for is `rules.star_terms`. Another
sort of place has no stars, as the six haves and the basic facilities are those of stations.
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
from niangjia.places.rules.star_terms import NATIONAL, Terms

#: Of what is asked, and of the keys; the numbers in keys are those of the country.
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
    names of `evidence_of`; `words` what is asked, with those of the terms."""

    key: str
    most: int
    words: Text
    evidence: Text
    holds: Callable[[Facts, Terms], bool]

    def label(self, terms: Terms) -> str:
        """What is asked under these terms."""
        return str(self.words) % terms.values()


AREA = _("%(area)s square metres")
TICKED = _("ticked in time on %(ticked)s of %(days)s days")
RULES = (
    Rule("safe", 1, _("Nothing dangerous was found"), _("found: %(dangers)s"),
         lambda facts, _terms: facts.dangers == 0),
    Rule("needed", 2, _("A seat, drinking water, a microwave, sockets"), _("%(needed)s of 4"),
         lambda facts, _terms: facts.has(NEEDED) == len(NEEDED)),
    Rule("complaints", 2, _("No complaint was left beyond its deadline"),
         _("left: %(complaints)s"), lambda facts, _terms: facts.complaints == 0),
    Rule("area-10", 2, _("At least %(area_two)s square metres"), AREA,
         lambda facts, terms: facts.area >= terms.area_two),
    Rule("ticked-80", 3, _("Open in time on at least %(on_time_three)s of 100 days"), TICKED,
         lambda facts, terms: facts.on_time >= terms.on_time_three),
    Rule("found-open", 3, _("Found open whenever it should have been"),
         _("found shut: %(shut)s times"), lambda facts, _terms: facts.shut == 0),
    Rule("kit", 3, _("What is broken is mended by its deadline"), _("broken: %(broken)s"),
         lambda facts, _terms: not facts.broken),
    Rule("supplies", 3, _("Nothing in the cupboard has expired or run out"),
         _("missing: %(lacking)s"), lambda facts, _terms: not facts.lacking),
    Rule("basic", 3, _("All seven basic facilities"), _("%(basic)s of 7"),
         lambda facts, _terms: facts.has(BASIC) == len(BASIC)),
    Rule("haves", 3, _("All six haves"), _("%(haves)s of 6"),
         lambda facts, _terms: facts.haves == len(Have.values)),
    Rule("area-20", 3, _("At least %(area_three)s square metres"), AREA,
         lambda facts, terms: facts.area >= terms.area_three),
    Rule("inspected", 4, _("Inspected within the last %(inspected_days)s days"),
         _("last: %(inspected)s"),
         lambda facts, terms: facts.inspected_days is not None
         and facts.inspected_days <= terms.inspected_days),
    Rule("ticked-95", 4, _("Open in time on at least %(on_time_four)s of 100 days"), TICKED,
         lambda facts, terms: facts.on_time >= terms.on_time_four),
    Rule("extended", 4, _("At least %(extended)s further facilities"), _("it has %(extended)s"),
         lambda facts, terms: facts.has(EXTENDED) >= terms.extended),
    Rule("area-30", 4, _("At least %(area_four)s square metres"), AREA,
         lambda facts, terms: facts.area >= terms.area_four),
)  # fmt: skip
BY_KEY = {rule.key: rule for rule in RULES}


@dataclass(frozen=True)
class Outcome:
    """The stars, and of each rule whether it held."""

    stars: int
    findings: list[dict[str, Any]]


def judge(facts: Facts, terms: Terms = NATIONAL) -> Outcome:
    """As many stars as the strictest rule that does not hold leaves."""
    held = {rule.key: rule.holds(facts, terms) for rule in RULES}
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
    """A rule, what it asked for then, whether it held, and by what."""

    rule: Rule
    label: str
    held: bool
    evidence: str


def explain(
    findings: Sequence[dict[str, Any]], facts: dict[str, Any], terms: Terms = NATIONAL
) -> list[Explained]:
    """Each rule that is still published with what was found; what did not hold comes first."""
    known = evidence_of(Facts(**facts)) if facts else {}
    shown = [
        Explained(rule, rule.label(terms), each["held"], str(rule.evidence) % known)
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
