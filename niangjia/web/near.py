"""What is near where somebody's pages begin: the stations open there now, and what is on next."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from niangjia.activities.selectors import finding
from niangjia.members.rules.mine import Line
from niangjia.organisations.rules.positions import Position
from niangjia.places.rules.finding import Criteria
from niangjia.places.selectors import nearest, places
from niangjia.regions.models import Division, Level

#: Of each; the rest stands on the pages of their own.
SHOWN = 2
#: From the middle of a county or city. The middle of a province is near nobody.
METRES = 20_000.0


@dataclass(frozen=True)
class Near:
    """Around a place: what is open, and what comes next."""

    place: str
    stations: tuple[Line, ...]
    activities: tuple[Line, ...]


def find_near(division: Division | None, *, path: str, now: dt.datetime) -> Near | None:
    """What is around `division` for a member at `path` ("" for nobody known), or None for nowhere
    in particular. Five queries on three trips; none for nowhere."""
    if division is None:
        return None
    return Near(
        place=division.short_name,
        stations=tuple(open_stations(division, now=now)),
        activities=tuple(coming_activities(division, path=path, now=now)),
    )


def open_stations(division: Division, *, now: dt.datetime) -> list[Line]:
    """The nearest to its middle that are open now."""
    longitude, latitude = division.longitude, division.latitude
    if division.level < Level.CITY or longitude is None or latitude is None:
        return []
    criteria = Criteria(near=Position(longitude, latitude), metres=METRES)
    found = nearest.find_nearest(criteria, now=now, count=SHOWN)
    return [
        Line(
            title=each.place.name,
            hint=f"{open_for(each)} · {each.place.address}",
            url=reverse("places:place", args=[each.place.code]),
            icon="map-pin",
        )
        for each in places.list_found(found.items, now=now)
    ]


def open_for(listed: places.Listed) -> str:
    if listed.is_round_the_clock:
        return _("Open around the clock")
    return _("Open until %(until)s") % {"until": listed.until}


def coming_activities(division: Division, *, path: str, now: dt.datetime) -> list[Line]:
    """What begins next there or online, of what a member at `path` may find."""
    criteria = finding.Criteria(division=division)
    found = finding.list_found(criteria, path=path, now=now)
    return [
        Line(
            title=activity.name,
            hint=f"{spoken(activity.starts_at)} · "
            + (activity.division.name if activity.division else _("online")),
            url=reverse("activities:activity", args=[activity.number]),
            icon="calendar-days",
        )
        for activity in found.filter(starts_at__gt=now).order_by(*finding.ORDER)[:SHOWN]
    ]


def spoken(moment: dt.datetime | None) -> str:
    """The day and the hour; a published activity has both."""
    if moment is None:
        return ""
    local = localtime(moment)
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {local:%H:%M}"
