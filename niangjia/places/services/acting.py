"""What every service about a place begins and ends with."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, ids
from niangjia.core.errors import Invalid, Text
from niangjia.members.models import Post
from niangjia.places.models import Place


def hold(place_id: uuid.UUID) -> Place:
    """A place, held until the transaction ends."""
    held = Place.objects.select_for_update(of=("self",))
    return held.select_related("union", "division").get(pk=place_id)


def refuse(problems: Mapping[str, Text]) -> None:
    """Raise `Invalid` beside the fields that have a problem, if any has."""
    if problems:
        raise Invalid(_("Some places need another look."), fields=problems)


def stands_above(place: Place, by: Post) -> bool:
    """Whether `by` is an officer of another union than the one that keeps the place, thus above it;
    or of that one where it has none above."""
    return by.union_id != place.union_id or place.union.parent_id is None


def record(
    place: Place, by: Post | None, what: str, details: Mapping[str, Any] | None = None
) -> None:
    """An entry of the audit chain about a place."""
    audit.record(
        action=f"place.{what}",
        by=by.account_id if by else None,
        subject=f"place:{place.pk}",
        union_id=place.union_id,
        details=details,
    )


def next_code(division_code: str) -> str:
    """A new code for a plate: six digits of the division, six of a serial of the node, one check
    digit. Never used twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('places_place_serial')")
        return ids.with_check_digit(f"{division_code[:6]}{cursor.fetchone()[0]:06d}")
