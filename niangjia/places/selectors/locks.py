"""Locks: of a place, of a device, and what is known of whoever stands before one."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import connection
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
from niangjia.places.models import Lock, Place
from niangjia.places.rules.doors import Guest, Stretch
from niangjia.places.selectors.desk import access_part

STRETCHES = """
    SELECT lower(stretch), least(upper(stretch), %(until)s)
    FROM places_placesearch AS entry, unnest(entry.open) AS stretch
    WHERE entry.place_id = %(place)s AND lower(stretch) < %(until)s ORDER BY 1
"""


def open_stretches(place_id: uuid.UUID, *, until: dt.datetime) -> list[Stretch]:
    """When a place is open in the days ahead, what people say taken out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STRETCHES, {"place": place_id, "until": until})
        return [(begin, end) for begin, end in cursor.fetchall()]


def is_open(place_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """Whether it is open at this moment. One query."""
    found = open_stretches(place_id, until=now + dt.timedelta(seconds=1))
    return any(begin <= now < end for begin, end in found)


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
