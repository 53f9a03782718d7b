"""Locks: of a place, of a device, and what is known of whoever stands before one."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from niangjia.core.crypto import token_digest
from niangjia.core.errors import NotFound
from niangjia.members.models import (
    Account,
    Application,
    ApplicationStatus,
    MembershipStatus,
    Post,
)
from niangjia.members.selectors.memberships import find_membership
from niangjia.places.models import Lock, Place, State
from niangjia.places.rules import opening
from niangjia.places.rules.doors import Guest, Stretch
from niangjia.places.selectors.desk import access_part
from niangjia.places.selectors.hours_ahead import stretches_of


def open_stretches(place: Place, *, until: dt.datetime, now: dt.datetime) -> list[Stretch]:
    """When the doors of a place may open: by its hours, and never while something there is
    dangerous. What people say keeps no member out of a place where nobody is to let them in. Two
    queries."""
    if place.state != State.PUBLISHED:
        return []
    found = stretches_of(place, now=now)
    return [(begin, min(end, until)) for begin, end in found if begin < until]


def is_open(place: Place, *, now: dt.datetime) -> bool:
    """Whether its doors may open at this moment. Two queries."""
    found = open_stretches(place, until=now + dt.timedelta(seconds=1), now=now)
    return opening.stretch_at(found, now) is not None


def list_locks(place: Place) -> list[Lock]:
    """The locks of a place that are not revoked, and the last that are. One query."""
    return list(Lock.objects.filter(place=place).order_by("revoked_at", "-id")[:20])


def find_lock(place: Place) -> Lock | None:
    """The lock by which members get in; the first that was paired. One query."""
    in_use = Lock.objects.filter(place=place, paired_at__isnull=False, revoked_at=None)
    return in_use.select_related("place").order_by("paired_at").first()


def access_lock_within(posts: Iterable[Post], lock_id: str) -> Lock:
    """A lock of a place within reach. Raises `NotFound`."""
    return access_part(Lock.objects.all(), posts, lock_id)


def access_lock_by_token(token: str) -> Lock:
    """The lock that holds a token. Raises `NotFound`, also for a revoked one."""
    found = Lock.objects.filter(token_digest=token_digest(token), revoked_at=None)
    lock = found.select_related("place__union").first() if token else None
    if lock is None:
        raise NotFound(_("There is no such page"))
    return lock


def guest_of(account: Account) -> Guest:
    """What is known of whoever asks to be let in. Two queries."""
    membership = find_membership(account)
    is_member = membership is not None and membership.status == MembershipStatus.ADMITTED
    said = Application.objects.filter(account=account, status=ApplicationStatus.ADMITTED)
    kind = said.order_by("-decided_at").values_list("worker_kind", flat=True).first()
    return Guest(is_member=is_member, kind=kind or "")


def access_lock_at(place: Place) -> Lock:
    """The lock by which members get in. Raises `NotFound` where none is in use."""
    lock = find_lock(place)
    if lock is None:
        raise NotFound(_("There is no such page"))
    return lock
