"""When places are open in the days ahead by their hours: before what people say is weighed."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from niangjia.core import clock
from niangjia.core.working_calendar.deadlines import Calendars, load_all
from niangjia.places.models import HoursOverride, Place
from niangjia.places.rules import opening
from niangjia.places.rules.opening import Override, Stretch


@dataclass
class Ahead:
    """What the days ahead are computed from, read once for many places."""

    now: dt.datetime
    calendars: Calendars
    made: dict[tuple[str, str], list[Stretch]] = field(default_factory=dict)

    @classmethod
    def of(cls, now: dt.datetime) -> "Ahead":
        """Of the days from `now` on. One query."""
        today = now.astimezone(clock.CHINA).date()
        days = dt.timedelta(days=opening.DAYS_AHEAD)
        return cls(now, load_all(today - opening.ONE_DAY, today + days))

    def stretches(
        self, hours: str, division_code: str, overrides: Collection[Override] = ()
    ) -> list[Stretch]:
        """When a place with these hours is open."""
        key = (hours, division_code[:2])
        if overrides or key not in self.made:
            found = opening.stretches(
                hours,
                first=self.now.astimezone(clock.CHINA).date(),
                exceptions=self.calendars.of(division_code).exceptions,
                overrides=overrides,
            )
            if overrides:
                return found
            self.made[key] = found
        return self.made[key]


def overrides_of(
    place_ids: Collection[uuid.UUID], now: dt.datetime
) -> dict[uuid.UUID, list[Override]]:
    """Other hours of the days ahead, by place. One query."""
    yesterday = now.astimezone(clock.CHINA).date() - opening.ONE_DAY
    found: dict[uuid.UUID, list[HoursOverride]] = {}
    for each in HoursOverride.objects.filter(place__in=place_ids, last_date__gte=yesterday):
        found.setdefault(each.place_id, []).append(each)
    return {place_id: opening.as_rules(rows) for place_id, rows in found.items()}


def stretches_of(place: Place, *, now: dt.datetime) -> list[Stretch]:
    """When it should be open: by its hours and those of single days, never while something there is
    dangerous. Two queries."""
    if place.unsafe_since is not None:
        return []
    overrides = overrides_of([place.pk], now).get(place.pk, ())
    return Ahead.of(now).stretches(place.hours, place.division_id, overrides)
