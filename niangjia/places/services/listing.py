"""Listing a place: drafting it, changing it, putting it on the map, taking it off."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, outbox, transactions
from niangjia.core.errors import Conflict, Text
from niangjia.core.working_calendar.deadlines import load
from niangjia.members.models import Post
from niangjia.organisations.models import Status, Union
from niangjia.organisations.rules.positions import Position
from niangjia.places import events
from niangjia.places.models import HoursOverride, Place, State
from niangjia.places.rules import hours as hours_rules
from niangjia.places.rules import listing as rules
from niangjia.places.rules import opening, points
from niangjia.places.rules.listing import Listing
from niangjia.places.rules.points import Fault
from niangjia.places.selectors import doors
from niangjia.places.selectors.points import whereabouts_fault
from niangjia.places.services.acting import hold, hold_doors, next_code, record, refuse
from niangjia.places.services.indexing import index_place

#: What an override may be about: longer ahead nobody knows.
MOST_DAYS_AHEAD = 400


@transactions.atomic
def draft_place(
    *,
    by: Post | None,
    union: Union,
    listing: Listing,
    now: dt.datetime,
    is_made_up: bool = False,
    knows_neighbours: bool = False,
    knows_point: bool = False,
) -> Place:
    """A place that `union` keeps, seen by its officers alone. Raises `Invalid` by the fields of the
    listing, "point" among them with what would put it right (`rules.points.Fault`): unless whoever
    writes it down `knows_point`, also what outlines and known addresses say against it; `Conflict`
    "same-door" when there is one at this door already, unless they `knows_neighbours`, and when the
    union is no more."""
    if union.status == Status.DISSOLVED:
        raise Conflict(_("This union has been dissolved."), code="union-dissolved")
    refuse_listing(listing, looks_around=not knows_point)
    refuse_neighbour(listing, knows=knows_neighbours)
    place = Place.objects.create(
        code=next_code(listing.division.code),
        union=union,
        created_at=now,
        changed_at=now,
        is_made_up=is_made_up,
        **listing.values(),
    )
    record(place, by, "drafted")
    return place


def refuse_neighbour(listing: Listing, *, knows: bool, but: Place | None = None) -> None:
    """Raise `Conflict` "same-door" when there is one at this door already, unless whoever writes it
    down `knows` that."""
    hold_doors()
    if not knows and (neighbour := doors.find_at_door(listing, but=but)):
        raise Conflict(
            _("%(name)s is at this door already (%(code)s). Is it the same place?")
            % {"name": neighbour.name, "code": neighbour.code},
            code="same-door",
        )


def refuse_listing(listing: Listing, *, looks_around: bool) -> None:
    """Raise `Invalid` by field for what is wrong with a listing; `looks_around`: also beside what
    is known of its surroundings."""
    found = rules.problems(listing)
    fault = points.find_fault(listing.longitude, listing.latitude, listing.division)
    if looks_around and not fault and "address" not in found:
        fault = surroundings_fault(listing)
    if fault:
        found["point"] = fault.words
    refuse(found, {"point": fault.mend} if fault and fault.mend else None)


def surroundings_fault(listing: Listing) -> Fault | None:
    """What known addresses and the outlines of cities say against a point."""
    point = Position(listing.longitude, listing.latitude)
    known = doors.known_points(listing.address, listing.division)
    return points.system_fault(point, known) or whereabouts_fault(point, listing.division)


@transactions.atomic
def change_place(
    *,
    by: Post | None,
    place: Place,
    listing: Listing,
    now: dt.datetime,
    knows_neighbours: bool = False,
    knows_point: bool = False,
) -> Place:
    """Write a place anew. What is published changes at once. Raises `Invalid` by field, as
    `draft_place` for a point or a division that is new; `Conflict` for one that is closed for
    good, and "same-door" where it moves to the door of another."""
    before = (place.longitude, place.latitude, place.division_id)
    after = (listing.longitude, listing.latitude, listing.division.pk)
    refuse_listing(listing, looks_around=before != after and not knows_point)
    if listing.is_elsewhere(place):
        refuse_neighbour(listing, knows=knows_neighbours, but=place)
    return write_anew(by=by.account_id if by else None, place=place, listing=listing, now=now)


def write_anew(*, by: uuid.UUID | None, place: Place, listing: Listing, now: dt.datetime) -> Place:
    """`change_place` by an account, as a part of a transaction."""
    held = hold(place.pk)
    changed = alter(held, listing, now)
    held.save()
    index_place(held.pk, now=now)
    record(held, by, "changed", {"fields": changed})
    if held.state == State.PUBLISHED:
        outbox.publish(events.PlaceChanged(place_id=held.pk))
    return held


def alter(held: Place, listing: Listing, now: dt.datetime) -> list[str]:
    """Put a listing in the place of what a held place says; says which fields are others now.
    Raises `Invalid` by the fields of the listing, `Conflict` for one that is closed for good."""
    refuse_closed(held)
    refuse(rules.problems(listing))
    values = listing.values()
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, values[name])
    held.changed_at = now
    return changed


@transactions.atomic
def change_hours(*, by: Post | None, place: Place, hours: str, now: dt.datetime) -> Place:
    """Other hours of the week from now on. Raises `Invalid` on "hours", `Conflict` for a place that
    is closed for good."""
    if problem := rules.hours_problem(hours):
        refuse({"hours": problem})
    held = hold(place.pk)
    refuse_closed(held)
    held.hours, held.changed_at = hours, now
    held.save(update_fields=["hours", "changed_at"])
    index_place(held.pk, now=now)
    record(held, by, "hours-changed", {"hours": hours})
    if held.state == State.PUBLISHED:
        outbox.publish(events.PlaceChanged(place_id=held.pk))
    return held


@transactions.atomic
def publish_place(*, by: Post | None, place: Place, now: dt.datetime) -> Place:
    """Put it on the map. Twice is once. Raises `Conflict` for one that is closed for good."""
    held = hold(place.pk)
    refuse_closed(held)
    if held.state == State.PUBLISHED:
        return held
    held.state, held.published_at, held.changed_at = State.PUBLISHED, now, now
    held.save(update_fields=["state", "published_at", "changed_at"])
    index_place(held.pk, now=now)
    record(held, by, "published")
    outbox.publish(events.PlacePublished(place_id=held.pk))
    return held


@transactions.atomic
def close_place(*, by: Post | None, place: Place, reason: str, now: dt.datetime) -> Place:
    """Close it for good: it is found no longer, its page says since when and why. Twice is once.
    Raises `Invalid` without a `reason`."""
    reason = reason.strip()
    if not reason or len(reason) > 300:
        refuse({"reason": _("Say why, in up to 300 characters: people will come and ask.")})
    held = hold(place.pk)
    if held.state == State.CLOSED:
        return held
    held.state, held.closed_at, held.close_reason = State.CLOSED, now, reason
    held.changed_at = now
    held.save(update_fields=["state", "closed_at", "close_reason", "changed_at"])
    index_place(held.pk, now=now)
    record(held, by, "closed", {"reason": reason})
    outbox.publish(events.PlaceClosed(place_id=held.pk))
    return held


@transactions.atomic
def set_other_hours(
    *,
    by: Post | None,
    place: Place,
    first_date: dt.date,
    last_date: dt.date,
    hours: str,
    reason: str,
    now: dt.datetime,
) -> HoursOverride:
    """Other hours on these days; "" closes it. Where several cover a day, those for the fewest
    days count. Raises `Invalid` by "first_date", "last_date", "hours" and "reason"; hours that are
    on none of these days would shut it without a word."""
    held = hold(place.pk)
    refuse_closed(held)
    today = now.astimezone(clock.CHINA).date()
    found: dict[str, Text] = {}
    if last_date < first_date:
        found["last_date"] = _("It ends before it begins.")
    elif last_date < today:
        found["last_date"] = _("These days are past.")
    elif (last_date - today).days > MOST_DAYS_AHEAD:
        found["last_date"] = _("Nobody knows so long ahead.")
    if hours and (problem := rules.hours_problem(hours)):
        found["hours"] = problem
    elif hours and not found and not is_open_on(held, hours, max(first_date, today), last_date):
        found["hours"] = _("On none of these days. Leave the hours out where it is shut.")
    if not reason.strip() or len(reason) > 100:
        found["reason"] = _("Say why, in up to 100 characters: people read it.")
    refuse(found)
    other = HoursOverride.objects.create(
        place=held, first_date=first_date, last_date=last_date, hours=hours, reason=reason.strip()
    )
    move(held, now)
    record(held, by, "other-hours", {"first": first_date.isoformat(), "hours": hours or "off"})
    return other


def is_open_on(place: Place, text: str, first: dt.date, last: dt.date) -> bool:
    """Whether these hours are on any of these days, as they are lived there. One query."""
    table, exceptions = hours_rules.read(text), load(first, last, place.division_id).exceptions
    days = (first + n * opening.ONE_DAY for n in range((last - first).days + 1))
    return any(opening.spans_on(table, (), day, exceptions) for day in days)


@transactions.atomic
def drop_other_hours(*, by: Post | None, override: HoursOverride, now: dt.datetime) -> None:
    """The usual hours count again on these days. Twice is once."""
    held = hold(override.place_id)
    HoursOverride.objects.filter(pk=override.pk).delete()
    move(held, now)
    record(held, by, "other-hours-dropped", {"first": override.first_date.isoformat()})


def move(held: Place, now: dt.datetime) -> None:
    """Something that hangs on it has changed: whoever keeps a copy hears of it."""
    held.changed_at = now
    held.save(update_fields=["changed_at"])
    index_place(held.pk, now=now)
    if held.state == State.PUBLISHED:
        outbox.publish(events.PlaceChanged(place_id=held.pk))


def refuse_closed(place: Place) -> None:
    """Raise `Conflict` for a place that is closed for good."""
    if place.state == State.CLOSED:
        raise Conflict(_("This place is closed for good."), code="closed")
