"""How full places are, and one's own visit."""

import datetime as dt
import uuid
from collections.abc import Collection
from functools import cache

from django.db.models import Count, F, Q

from niangjia.core.prepared import AnyOf, Asked, Given, Prepared, together
from niangjia.places.models import Place, Visit
from niangjia.places.rules import crowds, visits
from niangjia.places.rules.crowds import Crowded
from niangjia.places.rules.voices import Speaker

#: A place, how many are there, and how many visits it had within a day.
Counted = tuple[uuid.UUID, int, int]


@cache
def counting() -> Prepared[Visit]:
    """How many are there, and came within a day, at each of these places."""
    here = Q(left_at=None, until_at__gt=Given("now"))
    lately = Visit.objects.filter(AnyOf(F("place_id"), Given("ids")), arrived_at__gt=Given("since"))
    numbers = lately.values_list("place_id").annotate(
        present=Count("pk", filter=here), day=Count("pk")
    )
    return Prepared(numbers.order_by())


def counted_at(
    place_ids: Collection[uuid.UUID], *, now: dt.datetime
) -> Asked[list[tuple[object, ...]]]:
    """The question how many are at each of these places, to be asked together with others."""
    return counting().asked(ids=list(place_ids), since=now - visits.KEPT, now=now)


def said_of(
    places: Collection[Place], counted: Collection[Counted], *, now: dt.datetime
) -> dict[uuid.UUID, Crowded]:
    """What is said of how full they are, by what was counted; those of which nothing can be said
    are left out."""
    by_id = {place.pk: place for place in places}
    found = {}
    for place_id, here, day in counted:
        if day < crowds.WORTH_SAYING or place_id not in by_id:
            continue
        said = crowds.crowded(
            here=here,
            within_a_day=day,
            seats=by_id[place_id].seats,
            less=crowds.left_out(place_id, now),
        )
        if said is not None:
            found[place_id] = said
    return found


def find_crowd(place: Place, *, now: dt.datetime) -> Crowded | None:
    """How full it is; None where nothing can be said. One query."""
    [counted] = together(counted_at([place.pk], now=now))
    return said_of([place], counted, now=now).get(place.pk)


def find_own_visit(place: Place, visitor: Speaker, *, now: dt.datetime) -> Visit | None:
    """The visit of whoever asks: now, or within the last day. One query; none for a browser that
    keeps nothing and is not signed in."""
    if not (visitor.account or visitor.device):
        return None
    mine = place.visits.filter(
        visitor_digest=visitor.mark(place.pk), arrived_at__gt=now - visits.KEPT
    )
    return mine.order_by("-arrived_at").first()


def is_there(visit: Visit | None, *, now: dt.datetime) -> bool:
    """Whether a visit lasts."""
    return visit is not None and visit.left_at is None and visit.until_at > now
