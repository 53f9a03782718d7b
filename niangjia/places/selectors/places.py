"""Places as everybody sees them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.core.prepared import AnyOf, Asked, Given, Prepared, together
from niangjia.places.models import Inspection, Place, Report, Said, State
from niangjia.places.rules import truth, walking
from niangjia.places.rules.crowds import Crowded
from niangjia.places.selectors.nearest import Near
from niangjia.places.selectors.visits import counted_at, said_of

#: What people said is worth reading for so long.
NEWS = dt.timedelta(hours=12)
MOST_NEWS = 20
#: Whatever is open longer than this is open around the clock.
SOON = dt.timedelta(days=5)


def moment_text(moment: dt.datetime | None, *, now: dt.datetime) -> str:
    """A moment as people say it: the time alone when it is soon, else with the day."""
    if moment is None:
        return ""
    local, today = moment.astimezone(clock.CHINA), now.astimezone(clock.CHINA).date()
    time = f"{local:%H:%M}"
    if local.date() == today:
        return time
    # Midnight ends a day and does not begin the next.
    if local - dt.timedelta(minutes=1) < dt.datetime.combine(
        today + dt.timedelta(days=1), dt.time(), clock.CHINA
    ):
        return "24:00"
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {time}"


@dataclass(frozen=True)
class Listed:
    """A place in a list: itself, how near it is, the last word about it, and how many networks
    found it shut in the last hours."""

    place: Place
    near: Near
    now: dt.datetime
    last: Report | None = None
    found_shut: int = 0
    crowd: Crowded | None = None

    @property
    def minutes(self) -> int:
        """On foot."""
        return walking.minutes(self.near.metres)

    @property
    def is_walk(self) -> bool:
        """Whether anybody would walk there."""
        return self.minutes <= walking.LONGEST_MINUTES

    @property
    def kilometres(self) -> str:
        return f"{self.near.metres / 1000:.1f}"

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
        """When it opens next; nothing when that is not known."""
        return moment_text(self.near.opens_at, now=self.now)

    @property
    def is_doubted(self) -> bool:
        """Whether the last word is that it was shut, though that is not enough to be believed."""
        return self.last is not None and self.last.said == Said.CLOSED

    @property
    def open_until(self) -> dt.datetime | None:
        """Until when it is open without a break; None when it is shut."""
        return self.near.open_until

    @property
    def last_confirmed_at(self) -> dt.datetime | None:
        """When it was last said whether it is open, by whomever."""
        return self.place.last_confirmed_at  # type: ignore[attr-defined,no-any-return]

    @property
    def has_mask(self) -> int:
        """The bits of what it has, but for what is said to be missing."""
        return self.near.offers & ~self.near.lacking


def newest_news() -> Greatest:
    """When it was last said whether a place is open: in one tap, by the tick of its keeper, or by
    whoever looked at it on a round."""
    said = Report.objects.filter(
        place=OuterRef("pk"), said__in=[Said.OPEN, Said.CLOSED], at__lte=Given("now")
    )
    inspected = Inspection.objects.filter(place=OuterRef("pk"), done_at__lte=Given("now"))
    return Greatest(
        Subquery(said.order_by("-at").values("at")[:1]),
        Subquery(inspected.order_by("-done_at").values("done_at")[:1]),
    )


@cache
def found_places() -> Prepared[Place]:
    """The places with these ids, each with `last_confirmed_at`."""
    found = Place.objects.filter(AnyOf(F("pk"), Given("ids")))
    return Prepared(found.annotate(last_confirmed_at=newest_news()))


@cache
def news_of() -> Prepared[Any]:
    """The same of one place."""
    return Prepared(
        Place.objects.filter(pk=Given("place")).annotate(at=newest_news()).values_list("at")
    )


def confirmed(place: Place, *, now: dt.datetime) -> Asked[list[tuple[Any, ...]]]:
    """The question when it was last said whether a place is open, to be asked with others."""
    return news_of().asked(place=place.pk, now=now)


@cache
def last_words() -> Prepared[Report]:
    """The newest word about whether each of these is open."""
    said = Report.objects.filter(
        AnyOf(F("place_id"), Given("ids")),
        at__gt=Given("since"),
        at__lte=Given("now"),
        said__in=[Said.OPEN, Said.CLOSED],
        is_as_meant=False,
    )
    return Prepared(said.order_by("place", "-at").distinct("place"))


@cache
def shut_words() -> Prepared[Any]:
    """From how many networks each of these was found shut, where it was: not when it is meant to
    be, and not before a keeper said that it is open."""
    opened = Report.objects.filter(
        place=OuterRef("place"), at__gt=OuterRef("at"), said=Said.OPEN, by_keeper=True
    )
    said = Report.objects.filter(
        ~Exists(opened),
        AnyOf(F("place_id"), Given("ids")),
        at__gt=Given("since"),
        at__lte=Given("now"),
        said=Said.CLOSED,
        is_as_meant=False,
    )
    counted = said.order_by().values_list("place_id")
    return Prepared(counted.annotate(number=Count("network_digest", distinct=True)))


def list_found(found: Sequence[Near], *, now: dt.datetime) -> list[Listed]:
    """These places with the last word about each, and how full they are. Four queries on one trip;
    none for nothing."""
    ids = [near.place_id for near in found]
    if not ids:
        return []
    known, said, shut, counted = together(
        found_places().asked_for_instances(ids=ids, now=now),
        last_words().asked_for_instances(ids=ids, since=now - truth.WINDOW, now=now),
        shut_words().asked(ids=ids, since=now - truth.WINDOW, now=now),
        counted_at(ids, now=now),
    )
    places = {place.pk: place for place in known}
    last = {report.place_id: report for report in said}
    found_shut, crowds = dict(shut), said_of(known, counted, now=now)
    return [
        Listed(
            places[near.place_id],
            near,
            now,
            last.get(near.place_id),
            found_shut.get(near.place_id, 0),
            crowds.get(near.place_id),
        )
        for near in found
        if near.place_id in places
    ]


def access_public(code: str) -> Place:
    """A place that is on the map, or was. Raises `NotFound`."""
    place = (
        Place.objects.filter(
            code=code, state__in=[State.PUBLISHED, State.CLOSED], published_at__isnull=False
        )
        .select_related("union", "division")
        .first()
    )
    if place is None:
        raise NotFound(_("There is no such page"))
    return place


def list_news(place: Place, *, now: dt.datetime) -> list[Report]:
    """What people have said in the last hours, the newest first: so much as is worth reading, and
    all that is weighed (`rules.truth`). One query."""
    recent = place.reports.filter(at__gt=now - NEWS, at__lte=now).order_by("-at", "-id")
    is_weighed = Q(at__gt=now - truth.WINDOW)
    return list(recent.filter(is_weighed | Q(pk__in=recent.values("pk")[:MOST_NEWS])))
