"""Checking in at a place, and leaving. Nobody is named, here or in the audit chain."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, transactions
from niangjia.core.errors import Conflict
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.services import count as count_up
from niangjia.places.models import Place, Plate, State, Visit
from niangjia.places.rules import doors
from niangjia.places.rules import visits as rules
from niangjia.places.rules.voices import Speaker
from niangjia.places.services.sightings import note_sighting

#: One visitor: a courier stops at a few stations an hour.
OF_ONE = (Limit(12, 3_600), Limit(40, 86_400))
#: Visitors who are not signed in, on one network at one place: they cost nothing to make up.
OF_GUESTS = (Limit(20, 3_600), Limit(120, 86_400))
COUNT_DAY = """
    INSERT INTO places_visitday AS day (place_id, date, visits, hours)
    VALUES (%(place)s, %(date)s, 1,
            array_fill(0, ARRAY[%(hour)s]) || 1 || array_fill(0, ARRAY[23 - %(hour)s]))
    ON CONFLICT (place_id, date) DO UPDATE SET visits = day.visits + 1,
        -- A day that had begun before hours were counted stays without them.
        hours = CASE WHEN day.hours IS NOT NULL THEN day.hours[1:%(hour)s]
            || day.hours[%(hour)s + 1] + 1 || day.hours[%(hour)s + 2:24] END
"""


@dataclass(frozen=True)
class Arrival:
    """What came of a check-in: the visit, or how far away the phone said it was."""

    visit: Visit | None
    metres: int | None = None


@transactions.atomic
def arrive(
    *,
    plate: Plate,
    visitor: Speaker,
    by_keeper: bool = False,
    near: Position | None = None,
    now: dt.datetime,
) -> Arrival:
    """Somebody who scanned `plate` is there. Again, it is the same visit, which lasts longer
    (`rules.visits`); a lost answer may be asked for twice.

    `near`: where the phone says it is, if its owner lets it: far away nobody is checked in, and the
    plate may be somewhere else (`rules.plates`). Raises `Conflict` for a plate that is not in force
    and a place that is not on the map, `Throttled` for one visitor or one network that checks in
    too often.
    """
    place = place_of(plate)
    for action, key, limits in limits_of(place, visitor):
        throttles.take(action, key, limits, now=now)
    if near is not None:
        metres = note_sighting(plate, visitor, near, by_keeper=by_keeper, now=now)
        if metres is not None:
            return Arrival(None, metres)
    return Arrival(
        write(place, visitor.mark(place.pk), now, by_pass=pass_mark(place, visitor, now))
    )


def pass_mark(place: Place, visitor: Speaker, now: dt.datetime) -> bytes | None:
    """What whoever is signed in would be known by at a door of the place today."""
    if not visitor.account:
        return None
    date = now.astimezone(clock.CHINA).date()
    return doors.mark_of(place.pk, doors.pass_id_of(place.pk, visitor.account, date))


def place_of(plate: Plate) -> Place:
    """The place of a plate in force. Raises `Conflict`."""
    held = Plate.objects.select_related("place__union").get(pk=plate.pk)
    if held.withdrawn_at is not None:
        raise Conflict(_("This plate is not valid"), code="plate-dead")
    if held.place.state != State.PUBLISHED:
        raise Conflict(_("This place is closed for good."), code="closed")
    return held.place


Counted = tuple[str, str, tuple[Limit, ...]]


def limits_of(place: Place, visitor: Speaker) -> list[Counted]:
    """What is counted of a check-in, under which key."""
    found: list[Counted] = [("place-visit", visitor.key, OF_ONE)]
    if not visitor.account:
        found.append(("place-guests", f"{place.pk}:{visitor.network}", OF_GUESTS))
    return found


def write(place: Place, mark: bytes, now: dt.datetime, *, by_pass: bytes | None = None) -> Visit:
    """The visit of whoever leaves this mark: made, or made longer. With `by_pass` whoever came in
    by a door today is the same visitor, known by `mark` from now on; a door knows only its pass."""
    marks = [mark, by_pass] if by_pass else [mark]
    transactions.hold(f"visit:{marks[-1].hex()}")
    mine = place.visits.filter(Q(visitor_digest__in=marks) | Q(pass_digest__in=marks))
    last = mine.order_by("-arrived_at").first()
    until_at = now + rules.stay(place.kind)
    if last is not None and last.left_at is None:
        if last.until_at > now:
            last.until_at = max(last.until_at, min(until_at, last.arrived_at + rules.LONGEST))
            if by_pass:
                last.visitor_digest, last.pass_digest = mark, by_pass
            last.save(update_fields=["until_at", "visitor_digest", "pass_digest"])
            return last
        last.left_at = last.until_at
        last.save(update_fields=["left_at"])
    made = Visit.objects.create(
        place=place, arrived_at=now, until_at=until_at, visitor_digest=mark, pass_digest=by_pass
    )
    if last is None or last.arrived_at <= now - rules.SAME_VISIT:
        count(place, now)
    return made


def count(place: Place, now: dt.datetime) -> None:
    """One more visit of today and of this hour: at the place, and up the tree."""
    local = now.astimezone(clock.CHINA)
    day: dict[str, Any] = {"place": place.pk, "date": local.date(), "hour": local.hour}
    with connection.cursor() as cursor:
        cursor.execute(COUNT_DAY, day)
    for metric in (rules.metric(local.date()), rules.hour_metric(local.date(), local.hour)):
        count_up(union_id=place.union_id, metric=metric, change=1)


@transactions.atomic
def leave(*, place: Place, visitor: Speaker, now: dt.datetime) -> None:
    """They are there no longer. Twice is once; so is leaving without having come."""
    mine = place.visits.filter(visitor_digest=visitor.mark(place.pk), left_at=None)
    for visit in mine.select_for_update():
        visit.left_at = max(min(now, visit.until_at), visit.arrived_at)
        visit.save(update_fields=["left_at"])


@transactions.atomic
def forget_visits(*, now: dt.datetime) -> int:
    """Delete the visits of a day ago; how many there were stays. Says how many."""
    old = Visit.objects.filter(arrived_at__lte=now - rules.KEPT)
    return old.delete()[0]
