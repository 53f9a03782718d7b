"""Sessions as iCalendar (RFC 5545): pure."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vGeo

from niangjia.activities.models import Session
from niangjia.core import clock

PRODUCT = "-//Niangjia//Activities//ZH"
#: Calendars of other programs are asked to look again so often.
REFRESH = dt.timedelta(hours=6)
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """One session in a calendar, with the run and the activity at hand. `url` is whole."""

    session: Session
    url: str
    status: str = CONFIRMED


def status_of(session: Session) -> str:
    """What became of a session that was published."""
    run = session.run
    ended_at = session.cancelled_at or run.cancelled_at or run.activity.cancelled_at
    return CANCELLED if ended_at else CONFIRMED


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The calendar as text, in UTF-8, with the time zone it uses: lines end in CRLF and are folded
    at 75 octets (RFC 5545, 3.1). Other programs find a session again by its UID; SEQUENCE grows
    when it is moved or called off, so that they show what is so now."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", clock.CHINA.key)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(event(entry))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def event(entry: Entry) -> Event:
    """One VEVENT. Online meetings have no link here: that is on the ticket of whoever comes."""
    session, run = entry.session, entry.session.run
    activity = run.activity
    ended_at = session.cancelled_at or run.cancelled_at or activity.cancelled_at
    changed_at = max(filter(None, (session.changed_at, ended_at)))
    made = Event()
    made.add("uid", uid(session.pk))
    made.add("dtstamp", changed_at)
    made.add("last-modified", changed_at)
    made.add("dtstart", session.starts_at.astimezone(clock.CHINA))
    made.add("dtend", session.ends_at.astimezone(clock.CHINA))
    made.add("sequence", session.changes + (ended_at is not None))
    made.add("status", entry.status)
    made.add("summary", " · ".join(filter(None, (activity.name, run.name, session.name))))
    made.add("description", activity.summary)
    made.add("categories", [str(activity.get_kind_display())])
    made.add("url", entry.url)
    made.add("location", " ".join(filter(None, (session.place, session.address))) or _("online"))
    if session.longitude is not None and session.latitude is not None:
        made.add("geo", vGeo((session.latitude, session.longitude)))
    return made


def uid(session_id: uuid.UUID) -> str:
    """The same for ever, and nobody else's (RFC 7986, 5.3: a UUID)."""
    return str(session_id)
