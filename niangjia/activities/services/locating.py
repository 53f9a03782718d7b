"""Where one meets, when it is a place that unions keep."""

from dataclasses import replace
from typing import TypeVar

from niangjia.activities.models import Session
from niangjia.activities.rules.plans import Meeting
from niangjia.activities.rules.shifting import Where
from niangjia.organisations.models import Union
from niangjia.places.selectors.naming import find_named

ADDRESS_MAX = 120
Somewhere = TypeVar("Somewhere", Meeting, Where)


def located(meeting: Somewhere, union: Union, *, before: Session | None = None) -> Somewhere:
    """With the address and the point of the place that is named, where they were not written:
    whoever meets at a place that unions keep says its name, or the code on its plate. What a
    session had `before`, at another place, was not written for this one. One query, and none where
    all is said."""
    moves = before is not None and before.place != meeting.place
    point = (meeting.longitude, meeting.latitude)
    is_old = moves and before is not None and point == (before.longitude, before.latitude)
    if not meeting.place or (point != (None, None) and not is_old):
        return meeting
    found = find_named(union, meeting.place)
    if found is None:
        return meeting
    keeps = not (moves and before is not None and meeting.address == before.address)
    return replace(
        meeting,
        place=found.name,
        address=(meeting.address if keeps else "") or found.address[:ADDRESS_MAX],
        longitude=found.longitude,
        latitude=found.latitude,
    )
