"""One place as its page shows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from niangjia.core import clock
from niangjia.core.errors import Text
from niangjia.core.prepared import together
from niangjia.core.working_calendar.deadlines import load
from niangjia.feedback.rules.publishing import Published
from niangjia.places.models import (
    HoursOverride,
    Place,
    PlacePhoto,
    Problem,
    ProblemState,
    Report,
    Said,
    Source,
    State,
    Supply,
    SupplyRequest,
)
from niangjia.places.rules import (
    facilities,
    hours,
    hours_words,
    mending,
    opening,
    ratings,
    routes,
    supplies,
    truth,
)
from niangjia.places.rules.crowds import Crowded
from niangjia.places.rules.facilities import Facility
from niangjia.places.rules.opening import Override, Stretch
from niangjia.places.rules.truth import Verdict, Voice
from niangjia.places.selectors import photos, requests
from niangjia.places.selectors.places import MOST_NEWS, SOON, confirmed, list_news, moment_text
from niangjia.places.selectors.problems import list_open
from niangjia.places.selectors.visits import counted_at, said_of

DAYS_SHOWN = 7


@dataclass(frozen=True)
class Day:
    """One of the coming days: when it is open, and why it is unlike others."""

    date: dt.date
    times: str
    note: str
    is_shut: bool


@dataclass(frozen=True)
class PlacePage:
    """A place, what people said, and the days ahead. `heard` is all that is weighed; of it people
    read the newest."""

    place: Place
    now: dt.datetime
    heard: Sequence[Report]
    overrides: Sequence[HoursOverride]
    exceptions: dict[dt.date, bool]
    wrong: Sequence[Problem] = ()
    crowd: Crowded | None = None
    asked_for: Sequence[SupplyRequest] = ()
    score: Published | None = None
    has_lock: bool = False
    has_plate: bool = False
    shown: Sequence[PlacePhoto] = ()
    cupboard: Sequence[Supply] = ()
    last_confirmed_at: dt.datetime | None = None

    @property
    def is_closed(self) -> bool:
        """Closed for good."""
        return self.place.state == State.CLOSED

    @cached_property
    def verdict(self) -> Verdict:
        """What people say, weighed."""
        voices = [Voice.of(report) for report in reversed(self.heard)]
        return truth.weigh(voices, open_at=self.by_hours, now=self.now)

    @cached_property
    def by_hours(self) -> list[Stretch]:
        """When it should be open; never while it is dangerous."""
        if self.place.unsafe_since is not None:
            return []
        return opening.stretches(
            self.place.hours,
            first=self.now.astimezone(clock.CHINA).date(),
            exceptions=self.exceptions,
            overrides=self.others,
        )

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The same, reports that it is shut taken out."""
        shut_until = self.verdict.shut_until
        return opening.without(self.by_hours, (self.now, shut_until) if shut_until else None)

    @cached_property
    def others(self) -> list[Override]:
        """Other hours, as the rules take them."""
        return opening.as_rules(self.overrides)

    @property
    def open_until(self) -> dt.datetime | None:
        """Until when it is open now; None when it is shut."""
        lasting = opening.stretch_at(self.stretches, self.now)
        return lasting[1] if lasting else None

    @property
    def is_round_the_clock(self) -> bool:
        """Whether it does not close in the days that are computed ahead."""
        return self.open_until is not None and self.open_until > self.now + SOON

    @property
    def until(self) -> str:
        """When it closes."""
        return moment_text(self.open_until, now=self.now)

    @property
    def opens(self) -> str:
        """When it opens next."""
        begins = next((begin for begin, _end in self.stretches if begin > self.now), None)
        return moment_text(begins, now=self.now)

    @property
    def is_said_shut(self) -> bool:
        """Whether it is shown as shut because people say so."""
        return self.verdict.shut_until is not None

    @property
    def week(self) -> list[tuple[str, str]]:
        """The hours in words."""
        return hours_words.lines(hours.read(self.place.hours))

    @property
    def days(self) -> list[Day]:
        """The coming days by the calendar, with what is unlike."""
        today, table = self.now.astimezone(clock.CHINA).date(), hours.read(self.place.hours)
        return [self.day_of(table, today + n * opening.ONE_DAY) for n in range(DAYS_SHOWN)]

    def day_of(self, table: hours.Timetable, date: dt.date) -> Day:
        spans = opening.spans_on(table, self.others, date, self.exceptions)
        return Day(date, hours_words.times(spans), self.note_on(date), not spans)

    def note_on(self, date: dt.date) -> str:
        """Why this day is unlike others of its name."""
        other = opening.deciding(self.others, date)
        if other is not None:
            return other.reason
        if date in self.exceptions:
            return _("make-up working day") if self.exceptions[date] else _("public holiday")
        return ""

    @property
    def offered(self) -> list[tuple[Facility, Text]]:
        """What it has, and why it is missing now, if it is."""
        why = self.lacking
        return [(each, why.get(each.key, "")) for each in facilities.named(self.place.facilities)]

    @cached_property
    def lacking(self) -> dict[str, Text]:
        """What is missing now, as the search knows it, and why: all it needs has expired, an
        officer found it broken, or people say so."""
        today = self.now.astimezone(clock.CHINA).date()
        used_up = supplies.lacking(self.cupboard, today)
        found = {
            **dict.fromkeys(self.verdict.missing, _("said to be missing")),
            **dict.fromkeys(used_up, _("used up or expired")),
            **dict.fromkeys((each.facility for each in self.broken), _("broken")),
        }
        return {key: found[key] for key in self.place.facilities if key in found}

    @property
    def broken(self) -> list[Problem]:
        """What officers found to be wrong and nobody has said to be mended."""
        open_ones = [each for each in self.wrong if each.state == ProblemState.OPEN]
        return [each for each in open_ones if each.source != Source.PUBLIC]

    @property
    def being_mended(self) -> list[tuple[Text, Problem]]:
        """What is known to be wrong, for everybody to read."""
        return [(mending.label_of(each), each) for each in self.wrong]

    @property
    def photos(self) -> list[PlacePhoto]:
        """Those of its page, in their turn."""
        return [each for each in self.shown if each.report_id is None]

    @cached_property
    def sent(self) -> dict[object, PlacePhoto]:
        """The photo that came with a word and was looked at, by the word."""
        return {each.report_id: each for each in self.shown if each.report_id is not None}

    @property
    def said_lately(self) -> list[tuple[Report, str, PlacePhoto | None]]:
        """What people said, with the name of what is missing and the photo that came with it."""
        return [
            (
                report,
                str(facilities.BY_KEY[report.facility].label) if report.facility else "",
                self.sent.get(report.pk),
            )
            for report in self.heard[:MOST_NEWS]
        ]

    @property
    def last(self) -> Report | None:
        """The newest word about whether it is open."""
        said = {Said.OPEN, Said.CLOSED}
        about = (each for each in self.heard if each.said in said and not each.is_as_meant)
        return next(about, None)

    @property
    def is_doubted(self) -> bool:
        """Whether that word is that it was shut."""
        return self.last is not None and self.last.said == Said.CLOSED

    @property
    def found_shut(self) -> int:
        """From how many networks it was found shut in the last hours, by whomever: not when it is
        meant to be, and not before a keeper said that it is open."""
        lately = takewhile(lambda each: each.at > self.now - truth.WINDOW, self.heard)
        since = takewhile(lambda each: not (each.by_keeper and each.said == Said.OPEN), lately)
        found = [each for each in since if each.said == Said.CLOSED and not each.is_as_meant]
        return len({bytes(each.network_digest) for each in found if each.network_digest})

    @property
    def routes(self) -> list[routes.Route]:
        """The way there, in the phone's own maps."""
        drives = bool(self.place.parking_bays)
        return routes.routes(
            self.place.name, self.place.longitude, self.place.latitude, drives=drives
        )


def show_place(place: Place, *, now: dt.datetime) -> PlacePage:
    """What its page shows. Six trips to the database."""
    today = now.astimezone(clock.CHINA).date()
    yesterday, last = today - opening.ONE_DAY, today + opening.DAYS_AHEAD * opening.ONE_DAY
    calendar = load(yesterday, last, place.division_id)
    others = place.hours_overrides.filter(last_date__gte=yesterday, first_date__lte=last)
    counted, asked, rated, locks, plates, shown, supplied, news = together(
        counted_at([place.pk], now=now),
        requests.asked_for(place),
        requests.rated(place),
        requests.unlocked(place),
        requests.plated(place),
        photos.shown_of(place),
        requests.supplied(place),
        confirmed(place, now=now),
    )
    return PlacePage(
        place=place,
        now=now,
        heard=list_news(place, now=now),
        overrides=list(others.order_by("id")),
        exceptions=dict(calendar.exceptions),
        wrong=list_open(place),
        crowd=said_of([place], counted, now=now).get(place.pk),
        asked_for=asked,
        score=ratings.score(rated, now=now),
        has_lock=bool(locks),
        has_plate=bool(plates),
        shown=shown,
        cupboard=supplied,
        last_confirmed_at=news[0][0],
    )
