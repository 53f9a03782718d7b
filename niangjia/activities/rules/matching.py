"""Who may take part in naming others, when, and who found each other: pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Kind, MatchTerms, Run
from niangjia.allocation.rules.standing import full_years

ADULT = 18
HOURS, MOST, DAYS = (1, 168), (1, 5), (1, 90)
CONTACT_MAX = 60
WORDS_MAX = 500


@dataclass(frozen=True)
class Terms:
    """Until how many hours after the end one may name others, how many, and how many days later it
    is all erased."""

    hours: int = 48
    most: int = 3
    days: int = 30


def problems(terms: Terms) -> dict[str, Promise]:
    """What is wrong with the terms, by field."""
    return {
        name: words
        for name, (low, high), words in (
            ("hours", HOURS, _("From 1 to 168 hours.")),
            ("most", MOST, _("From 1 to 5 people.")),
            ("days", DAYS, _("From 1 to 90 days.")),
        )
        if not low <= getattr(terms, name) <= high
    }


def unfit(activity: Activity) -> dict[str, Promise]:
    """What of an activity does not go with naming others, by its field: it is for adults whose name
    was checked, who come by themselves."""
    found: dict[str, Promise] = {}
    if activity.kind != Kind.MATCHMAKING:
        found["kind"] = _("Only where people meet somebody can they name each other.")
    if not activity.needs_real_name:
        found["needs_real_name"] = _("Where people name each other, every name must be checked.")
    if activity.age_min is None or activity.age_min < ADULT:
        found["age_min"] = _("Where people name each other, all must be 18 or older.")
    if activity.companions_max:
        found["companions_max"] = _("Where people name each other, nobody brings anybody along.")
    return found


def is_adult(birth_date: dt.date | None, today: dt.date) -> bool:
    """Whether somebody is of age (Civil Code, Article 17); not if it is unknown."""
    return birth_date is not None and full_years(birth_date, today) >= ADULT


def closes_at(terms: MatchTerms, run: Run) -> dt.datetime:
    """Until when one may name others, and take it back."""
    return run.ends_at + dt.timedelta(hours=terms.hours)


def erased_at(terms: MatchTerms, run: Run) -> dt.datetime:
    """When everything is erased."""
    return closes_at(terms, run) + dt.timedelta(days=terms.days)


def is_open(terms: MatchTerms, run: Run, now: dt.datetime) -> bool:
    """Whether one may name others: from when it begins."""
    return run.cancelled_at is None and run.starts_at <= now < closes_at(terms, run)


def mutual(
    named: Mapping[int, Iterable[int]], blocked: Mapping[int, Iterable[int]]
) -> list[tuple[int, int]]:
    """The pairs of numbers that named each other, the lower one first; not those of whom one wants
    nothing to do with the other. Whom else anybody named goes into nothing."""
    said = {number: set(others) for number, others in named.items()}
    refused = {(number, other) for number, others in blocked.items() for other in others}
    return sorted(
        (one, two)
        for one, others in said.items()
        for two in others
        if one < two
        and one in said.get(two, ())
        and (one, two) not in refused
        and (two, one) not in refused
    )
