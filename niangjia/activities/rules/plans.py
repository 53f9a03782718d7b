"""What an activity may be, and what is wrong with one: pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Kind
from niangjia.activities.rules import programmes, teams
from niangjia.allocation.models import ClaimantKind, Mode
from niangjia.organisations.models import Union

SEATS_MAX = 100_000
COMPANIONS_MAX = 9
SESSIONS_MAX = 60
RUNS_MAX = 30
FEE_MAX_FEN = 1_000_000
MEMBER_DAYS_MAX = 3_650
CONFIRM_MAX_HOURS = 168
#: From the end of sign-up to the beginning, where lots are drawn.
TO_DRAW = dt.timedelta(days=1)
#: Nobody goes on longer without a session of its own for each day.
LONGEST = dt.timedelta(days=31)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an officer writes about an activity; the fields are those of `models.Activity`."""

    kind: str
    name: str
    summary: str
    text: str = ""
    programme: str = ""
    seen_by: Union | None = None
    open_to: Union | None = None
    worker_kinds: tuple[str, ...] = ()
    needs_real_name: bool = False
    member_days: int = 0
    age_min: int | None = None
    age_max: int | None = None
    mode: str = Mode.FIRST_COME
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    has_waiting_list: bool = True
    confirm_hours: int = 0
    companions_max: int = 0
    team_min: int | None = None
    team_max: int | None = None
    seats_by_team: bool = False
    team_wait_hours: int = 0
    asks_emergency: bool = False
    asks_identity: bool = False
    health_words: str = ""
    takes_photos: bool = False
    fee_fen: int = 0
    phone: str = ""

    def values(self) -> dict[str, Any]:
        """By the names of the columns."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return found | {"worker_kinds": list(self.worker_kinds)}


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """When and where one meets; the fields are those of `models.Session`."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    name: str = ""
    place: str = ""
    address: str = ""
    longitude: float | None = None
    latitude: float | None = None
    link: str = ""

    def values(self) -> dict[str, Any]:
        """By the names of the columns."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


#: By field: how short and how long it may be, and what is said when it is not.
TEXTS = {
    "name": (1, 60, _("Give it a name of up to 60 characters.")),
    "summary": (1, 120, _("Say in one sentence, up to 120 characters, what awaits people.")),
    "text": (0, 4000, _("Please keep to 4,000 characters.")),
    "phone": (0, 30, _("A telephone number has up to 30 characters.")),
    "health_words": (0, 300, _("Please keep to 300 characters.")),
}
MEETING_TEXTS = {
    "name": (0, 40, _("Please keep to 40 characters.")),
    "place": (0, 60, _("Please keep to 60 characters.")),
    "address": (0, 120, _("Please keep to 120 characters.")),
    "link": (0, 300, _("Please keep to 300 characters.")),
}
#: Nobody plans outside these years; a moment there is a slip of the finger.
YEARS = (2000, 2100)


def text_problems(
    values: Any, lengths: Mapping[str, tuple[int, int, Promise]]
) -> dict[str, Promise]:
    """Which texts are too short or too long."""
    return {
        name: words
        for name, (shortest, longest, words) in lengths.items()
        if not shortest <= len(getattr(values, name).strip()) <= longest
    }


def year_problems(values: Any, names: Iterable[str]) -> dict[str, Promise]:
    """Which moments lie in a year that cannot be meant."""
    words = _("Look at the year again.")
    moments = {name: getattr(values, name) for name in names}
    return {
        name: words
        for name, moment in moments.items()
        if moment is not None and not YEARS[0] <= moment.year < YEARS[1]
    }


def comparable(value: Any) -> Any:
    """A value of a plan, so that it equals itself after a form had it: moments to the minute,
    choices in any order, lines ended in any way."""
    if isinstance(value, dt.datetime):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, list):
        return sorted(value)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def problems(plan: Plan) -> dict[str, Promise]:
    """What is wrong with a plan, by field. A draft may lack its times; see `unready`."""
    found = text_problems(plan, TEXTS) | year_problems(plan, ("opens_at", "closes_at"))
    if plan.kind not in Kind.values:
        found["kind"] = _("Choose what kind of activity it is.")
    if plan.programme and plan.programme not in programmes.BY_KEY:
        found["programme"] = _("Choose one of the programmes.")
    if plan.mode not in Mode.values or plan.mode == Mode.BY_SCORE:
        found["mode"] = _("Choose how the seats are given.")
    if not set(plan.worker_kinds) <= set(ClaimantKind.values):
        found["worker_kinds"] = _("Choose from the kinds of worker.")
    if not 0 <= plan.companions_max <= COMPANIONS_MAX:
        found["companions_max"] = _("One can bring along up to 9 people.")
    if not 0 <= plan.fee_fen <= FEE_MAX_FEN:
        found["fee_fen"] = _("The fee can be up to 10,000 yuan.")
    if plan.opens_at and plan.closes_at and plan.closes_at <= plan.opens_at:
        found["closes_at"] = _("Sign-up must close after it opens.")
    if not 0 <= plan.member_days <= MEMBER_DAYS_MAX:
        found["member_days"] = _("From 0 to 3,650 days.")
    if plan.asks_identity and not plan.needs_real_name:
        found["needs_real_name"] = _("Insurance needs everybody's checked name: tick this as well.")
    return found | confirming_problems(plan) | age_problems(plan) | teams.plan_problems(plan)


def confirming_problems(plan: Plan) -> dict[str, Promise]:
    """Whether seats can be held to be confirmed: those that somebody else has decided about."""
    if not 0 <= plan.confirm_hours <= CONFIRM_MAX_HOURS:
        return {"confirm_hours": _("From 0 to 168 hours.")}
    if plan.confirm_hours and plan.mode == Mode.FIRST_COME:
        return {"confirm_hours": _("Whoever comes first has just said so. Put 0 here.")}
    return {}


def age_problems(plan: Plan) -> dict[str, Promise]:
    """What is wrong with the ages."""
    words = _("Say an age from 0 to 120.")
    names = ("age_min", "age_max")
    ages = {name: getattr(plan, name) for name in names}
    found: dict[str, Promise] = {
        name: words for name, age in ages.items() if age is not None and not 0 <= age <= 120
    }
    low, high = ages["age_min"], ages["age_max"]
    if low is not None and high is not None and low > high:
        found["age_max"] = _("The highest age cannot be below the lowest.")
    return found


def meeting_problems(meeting: Meeting) -> dict[str, Promise]:
    """What is wrong with a session, by field."""
    found = text_problems(meeting, MEETING_TEXTS)
    if meeting.ends_at <= meeting.starts_at:
        found["ends_at"] = _("It must end after it begins.")
    elif meeting.ends_at - meeting.starts_at > LONGEST:
        found["ends_at"] = _("One session lasts at most 31 days. Add another one.")
    if not meeting.place.strip() and not meeting.link.strip():
        found["place"] = _("Say where one meets, or give the link if it is online.")
    if meeting.link and not is_link(meeting.link):
        found["link"] = _("The link must begin with https://.")
    if (meeting.longitude is None) != (meeting.latitude is None):
        found["latitude"] = _("A point needs both numbers.")
    found |= year_problems(meeting, ("starts_at", "ends_at"))
    return found | range_problems(meeting)


def is_link(text: str) -> bool:
    """Whether this is an address that a browser opens over HTTPS."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


def range_problems(meeting: Meeting) -> dict[str, Promise]:
    """Whether a point is one."""
    found: dict[str, Promise] = {}
    if meeting.longitude is not None and not -180 <= meeting.longitude <= 180:
        found["longitude"] = _("Longitudes go from -180 to 180.")
    if meeting.latitude is not None and not -85 <= meeting.latitude <= 85:
        found["latitude"] = _("Latitudes go from -85 to 85.")
    return found


def seat_problems(seats: int) -> dict[str, Promise]:
    """Whether there can be so many seats."""
    if 1 <= seats <= SEATS_MAX:
        return {}
    return {"seats": _("From 1 to 100,000 seats.")}


def unready(
    plan: Plan,
    *,
    starts_at: dt.datetime | None,
    ends_at: dt.datetime | None,
    now: dt.datetime,
) -> dict[str, Promise]:
    """What still keeps a draft from being published, by field. `starts_at` is the beginning of its
    first session, `ends_at` the end of its last. Where lots are drawn, a lottery's evening lies
    between the end of sign-up and the beginning."""
    found: dict[str, Promise] = {}
    if plan.opens_at is None:
        found["opens_at"] = _("Say when sign-up opens.")
    if plan.closes_at is None:
        found["closes_at"] = _("Say when sign-up closes.")
    elif plan.closes_at <= now:
        found["closes_at"] = _("Sign-up would be closed already.")
    elif ends_at is not None and plan.closes_at > ends_at:
        found["closes_at"] = _("Sign-up must close before the activity is over.")
    elif plan.mode == Mode.DRAW and starts_at and plan.closes_at > starts_at - TO_DRAW:
        found["closes_at"] = _("Close it a day before it begins: lots are drawn in between.")
    if ends_at is None or ends_at <= now:
        found["starts_at"] = _("The activity would be over already.")
    return found
