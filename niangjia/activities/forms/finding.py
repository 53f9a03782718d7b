"""The question on the page of activities, as it stands in the address: it can be reloaded, sent to
a friend and gone back to; a wrong part is answered beside its field, and the rest still counts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Kind
from niangjia.activities.selectors import Criteria
from niangjia.core import clock
from niangjia.core.errors import Text
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.selectors.asked_places import read_asked_place
from niangjia.regions.models import Division

WHEN: dict[str, Promise] = {
    "today": _("Today"),
    "weekend": _("This weekend"),
    "week": _("In 7 days"),
    "month": _("In 30 days"),
}


@dataclass(frozen=True)
class Question:
    """What was asked and how it was understood. `errors` are by the name of the field."""

    words: str = ""
    kind: str = ""
    when: str = ""
    near: str = ""
    position: Position | None = None
    division: Division | None = None
    is_default: bool = False
    errors: dict[str, Text] = field(default_factory=dict)

    def criteria(self, now: dt.datetime) -> Criteria:
        """What to look for. With a position the place does not matter."""
        since, until = span(self.when, now)
        return Criteria(
            words="" if "q" in self.errors else self.words,
            kind=self.kind,
            division=None if self.position else self.division,
            near=self.position,
            since=since,
            until=until,
        )


def read(params: Mapping[str, str], begins_at: Division | None = None) -> Question:
    """The question in the address's parameters: q, kind, when, near, division. Where it names no
    place it is about `begins_at`; the country's code asks for all."""
    asked = read_asked_place(params, begins_at)
    kind, when = params.get("kind", ""), params.get("when", "")
    return Question(
        words=asked.words,
        kind=kind if kind in Kind.values else "",
        when=when if when in WHEN else "",
        near=asked.near,
        position=asked.position,
        division=asked.division,
        is_default=asked.is_default,
        errors=asked.errors,
    )


def span(when: str, now: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
    """From when to when a choice of `WHEN` goes, in China's days."""
    midnight = now.astimezone(clock.CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    days = dt.timedelta(days=1)
    if when == "today":
        return now, midnight + days
    if when == "weekend":
        saturday = midnight + days * max(0, 5 - midnight.weekday())
        return saturday, midnight + days * (7 - midnight.weekday())
    if when:
        return now, now + days * (7 if when == "week" else 30)
    return None, None
