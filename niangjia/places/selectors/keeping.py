"""What somebody keeps, and the days ahead of a place as its keeper reads them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, ids
from niangjia.core.errors import NotFound
from niangjia.core.working_calendar.deadlines import load_all
from niangjia.members.models import Account
from niangjia.members.selectors.links import access_link
from niangjia.organisations.rules.opening import lived_as
from niangjia.places.models import (
    HoursOverride,
    Keeper,
    KeeperInvitation,
    OpeningDay,
    Place,
    Plate,
    State,
    Supply,
)
from niangjia.places.rules import hours, opening, supplies, weeks
from niangjia.places.rules.opening import ONE_DAY, SATURDAY
from niangjia.regions.models import Division

PREVIEW_DAYS = 14


def access_invitation(token: str) -> KeeperInvitation:
    """What a link invites to. Raises `NotFound`."""
    return access_link(KeeperInvitation.objects.select_related("place__union", "keeper"), token)


def list_kept(account: Account) -> list[Keeper]:
    """What somebody keeps now, with the places that are not closed for good. One query."""
    return list(kept_now(account))


def kept_now(account: Account) -> QuerySet[Keeper]:
    """The same as a question. Order by nothing else: it is by name."""
    found = Keeper.objects.filter(account=account, ended_at=None).exclude(place__state=State.CLOSED)
    return found.select_related("place").order_by("place__name")


def list_kept_today(account: Account, now: dt.datetime) -> list[tuple[Place, OpeningDay | None]]:
    """The same with what was said of today. Two queries."""
    said = OpeningDay.objects.filter(date=now.astimezone(clock.CHINA).date())
    today = Prefetch("place__opening_days", queryset=said, to_attr="said_of_today")
    found = [keeper.place for keeper in kept_now(account).prefetch_related(today)]
    return [(place, next(iter(place.said_of_today), None)) for place in found]  # type: ignore[attr-defined]


def access_kept(account: Account, code: str) -> Place:
    """A place that somebody keeps now. Raises `NotFound`."""
    found = (
        Keeper.objects.filter(account=account, ended_at=None, place__code=code)
        .select_related("place__union", "place__division")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such page"))
    return found.place


def access_kept_supply(account: Account, supply_id: str) -> Supply:
    """Something in a place that somebody keeps now. Raises `NotFound`."""
    key = ids.parse_uuid(supply_id)
    mine = Supply.objects.filter(place__keepers__account=account, place__keepers__ended_at=None)
    found = mine.select_related("place").filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def access_kept_override(account: Account, override_id: str) -> HoursOverride:
    """Other hours of a place that somebody keeps now. Raises `NotFound`."""
    key = ids.parse_uuid(override_id)
    mine = HoursOverride.objects.filter(
        place__keepers__account=account, place__keepers__ended_at=None
    )
    found = mine.select_related("place").filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_supplies(place: Place) -> list[Supply]:
    """What is there, what needs somebody first. One query."""
    found = list(place.supplies.filter(ended_at=None))
    return sorted(found, key=lambda each: (supplies.due_date(each) or dt.date.max, each.name))


def find_today(place: Place, now: dt.datetime) -> OpeningDay | None:
    """What was said of today. One query."""
    return place.opening_days.filter(date=now.astimezone(clock.CHINA).date()).first()


def find_plate(place: Place) -> Plate | None:
    """The plate in force. One query."""
    return place.plates.filter(withdrawn_at=None).first()


def list_overrides(place: Place, now: dt.datetime) -> list[HoursOverride]:
    """Other hours that are not past. One query."""
    today = now.astimezone(clock.CHINA).date()
    return list(place.hours_overrides.filter(last_date__gte=today).order_by("first_date", "id"))


@dataclass(frozen=True)
class Day:
    """One day ahead: its times as people read them, and why they are not the usual ones."""

    date: dt.date
    times: str
    is_free: bool = False
    is_make_up: bool = False
    reason: str = ""


def preview(
    text: str,
    division: Division,
    overrides: Sequence[HoursOverride] = (),
    *,
    now: dt.datetime,
) -> list[Day]:
    """The coming two weeks with these hours. One query. Raises `BadHours`."""
    today = now.astimezone(clock.CHINA).date()
    exceptions = load_all(today, today + PREVIEW_DAYS * ONE_DAY).of(division.code).exceptions
    table = hours.read(text)
    others = opening.as_rules(overrides)
    days = []
    for n in range(PREVIEW_DAYS):
        date = today + n * ONE_DAY
        other = opening.deciding(others, date)
        usual = date.weekday()
        is_working = exceptions.get(date, usual < SATURDAY)
        days.append(
            Day(
                date,
                times_text(opening.spans_on(table, others, date, exceptions)),
                is_free=exceptions.get(date) is False,
                is_make_up=usual != lived_as(usual, is_working) and is_working,
                reason=other.reason if other else "",
            )
        )
    return days


def times_text(spans: Sequence[tuple[int, int]]) -> str:
    """Times as people read them; nothing when it is shut."""
    return "、".join(
        f"{weeks.clock_text(begin)}–{_('next day ') if end > hours.DAY_MINUTES else ''}"
        f"{weeks.clock_text(end)}"
        for begin, end in spans
    )
