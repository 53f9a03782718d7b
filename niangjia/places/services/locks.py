"""Locks: paired by an officer, let members in, tell what happened."""

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.rules import codes
from niangjia.core import clock, transactions
from niangjia.core.crypto import digest, token_digest
from niangjia.core.errors import Conflict, NotFound, Text
from niangjia.members.models import Account, Post
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles
from niangjia.places.models import DoorEvent, DoorSaid, Lock, Place, State
from niangjia.places.rules import doors as rules
from niangjia.places.rules import visits as visit_rules
from niangjia.places.selectors import locks as selectors
from niangjia.places.services.acting import hold, record, refuse
from niangjia.places.services.listing import refuse_closed
from niangjia.places.services.telling import tell_all
from niangjia.places.services.visits import count, write

TOKEN_BYTES = 32
PAIRING_DIGITS = 12
WRONG_PAIRINGS = (Limit(10, 600), Limit(50, 86_400))
MOST_EVENTS = 500
REFUSALS: dict[str, Text] = {
    "not-a-member": _("This door opens by itself for members. Ring, or join: it takes minutes."),
    "not-welcome": _("This place is meant for others; its page says who is welcome."),
    "shut": _("It is shut now; its page says when it opens."),
}


@transactions.atomic
def make_lock(*, by: Post, place: Place, name: str, now: dt.datetime) -> str:
    """The pairing code of a new lock, shown once and good for half an hour. Raises `Invalid` on
    "name", `Conflict` for a place that is closed for good."""
    if not 1 <= len(name.strip()) <= 40:
        refuse({"name": _("Say which door it is, in up to 40 characters.")})
    held = hold(place.pk)
    refuse_closed(held)
    code = "".join(secrets.choice("0123456789") for _n in range(PAIRING_DIGITS))
    made = Lock.objects.create(
        place=held,
        name=name.strip(),
        made_at=now,
        pairing_digest=digest("lock-pairing", code),
        pairing_until=now + rules.PAIRING_FOR,
    )
    record(held, by, "lock-made", {"lock": str(made.pk)})
    return code


def pair_lock(*, code: str, address: str, now: dt.datetime) -> tuple[Lock, str]:
    """The lock that a pairing code is for, and its token: given once. Raises `NotFound` for no code
    of ours, a used and an expired one alike, `Throttled` for an address that guesses: each try
    counts, in a transaction of its own."""
    throttles.take("lock-pairing", address, WRONG_PAIRINGS, now=now)
    return pair(code=code, now=now)


@transactions.atomic
def pair(*, code: str, now: dt.datetime) -> tuple[Lock, str]:
    """The same, of whoever may still try."""
    found = (
        Lock.objects.select_for_update(of=("self",))
        .select_related("place")
        .filter(pairing_digest=digest("lock-pairing", code.strip()), revoked_at=None)
        .first()
    )
    if found is None or found.pairing_until is None or now >= found.pairing_until:
        raise NotFound(_("There is no such page"))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    found.token_digest, found.paired_at, found.seen_at = token_digest(token), now, now
    found.pairing_digest = found.pairing_until = None
    found.save()
    record(found.place, None, "lock-paired", {"lock": str(found.pk)})
    return found, token


@transactions.atomic
def revoke_lock(*, by: Post, lock: Lock, now: dt.datetime) -> Lock:
    """It gets nothing any more, and members no code for it; without a network it goes on opening
    until its pack runs out, which the page says. Twice is once."""
    held = Lock.objects.select_for_update(of=("self",)).select_related("place").get(pk=lock.pk)
    if held.revoked_at is None:
        held.revoked_at = now
        held.pairing_digest = held.pairing_until = None
        held.save()
        record(held.place, by, "lock-revoked", {"lock": str(held.pk)})
    return held


@transactions.atomic
def take_pack(*, lock: Lock, now: dt.datetime) -> rules.Pack:
    """What a lock needs for three days without a network. Nothing of anybody is in it."""
    Lock.objects.filter(pk=lock.pk).update(seen_at=now)
    today = now.astimezone(clock.CHINA).date()
    days = [today + dt.timedelta(days=n) for n in range(rules.DAYS_AHEAD)]
    end = dt.datetime.combine(days[-1] + dt.timedelta(days=1), dt.time(), clock.CHINA)
    return rules.Pack(
        lock_id=lock.pk,
        keys={day: rules.day_key(lock.pk, day) for day in days},
        open=tuple(selectors.open_stretches(lock.place, until=end, now=now)),
        valid_until=end,
    )


@dataclass(frozen=True)
class Happened:
    """What a lock tells: see `clients.locks.Told`."""

    id: uuid.UUID
    said: str
    at: dt.datetime
    pass_id: uuid.UUID | None = None


@transactions.atomic
def take_events(
    *, lock: Lock, events: Sequence[Happened], device_now: dt.datetime, now: dt.datetime
) -> set[uuid.UUID]:
    """Take in what a lock noted, by its clock set right; the ids that are taken in. What was told
    before changes nothing (promise 20). Who came is a visit: marked for a day, without a name. A
    forced door is told to whoever keeps the place. Raises `Invalid` on "events" for too many."""
    if len(events) > MOST_EVENTS:
        refuse({"events": _("Too many in one piece.")})
    held = (
        Lock.objects.select_for_update(of=("self",)).select_related("place__union").get(pk=lock.pk)
    )
    held.seen_at = now
    held.save(update_fields=["seen_at"])
    told = DoorEvent.objects.filter(pk__in=[each.id for each in events])
    known = set(told.values_list("pk", flat=True))
    taken = set(known)
    for event in sorted(events, key=lambda each: each.at):
        at = min(event.at + (now - device_now), now)
        taken.add(event.id)
        if event.id in known or at <= now - rules.SENT_UNTIL:
            continue
        known.add(event.id)
        DoorEvent.objects.create(id=event.id, lock=held, said=event.said, at=at, received_at=now)
        follow(held.place, event, at, now)
    return taken


def follow(place: Place, event: Happened, at: dt.datetime, now: dt.datetime) -> None:
    """What comes of it."""
    if event.said == DoorSaid.OPENED and event.pass_id is not None:
        if at > now - visit_rules.KEPT:
            write(place, rules.mark_of(place.pk, event.pass_id), at)
        else:
            count(place, at)
    elif event.said == DoorSaid.FORCED:
        tell_all(place, "place.door_forced", {"name": place.name}, now)


@dataclass(frozen=True)
class DoorCode:
    """What the member's phone shows now."""

    lock: Lock
    text: str
    seconds_left: int


def issue_pass(*, account: Account, lock: Lock, now: dt.datetime) -> DoorCode:
    """The code that opens a door in this half minute; nothing is written down. Raises `NotFound`
    for a lock that is not in use, `Conflict` with the reason for whoever may not enter now."""
    if not lock.is_in_use or lock.place.state != State.PUBLISHED:
        raise NotFound(_("There is no such page"))
    why = rules.refusal(
        selectors.guest_of(account),
        welcome=lock.place.welcome,
        is_open=selectors.is_open(lock.place, now=now),
    )
    if why:
        raise Conflict(REFUSALS[why], code=why)
    date = now.astimezone(clock.CHINA).date()
    pass_id = rules.pass_id_of(lock.place_id, account.pk, date)
    key = rules.pass_key(rules.day_key(lock.pk, date), pass_id)
    text = codes.code_at(pass_id, key, codes.step_at(now))
    return DoorCode(lock, text, codes.seconds_left(now))


@transactions.atomic
def forget_door_events(*, now: dt.datetime) -> int:
    """Delete what happened a month ago. Says how many."""
    return DoorEvent.objects.filter(at__lte=now - rules.EVENTS_KEPT).delete()[0]
