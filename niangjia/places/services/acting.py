"""What every service about a place begins and ends with."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, ids, transactions
from niangjia.core.errors import Invalid, Text
from niangjia.members.models import Post
from niangjia.places.models import Place


def hold(place_id: uuid.UUID) -> Place:
    """A place, held until the transaction ends."""
    held = Place.objects.select_for_update(of=("self",))
    return held.select_related("union", "division").get(pk=place_id)


def refuse(problems: Mapping[str, Text], proposals: Mapping[str, str] | None = None) -> None:
    """Raise `Invalid` beside the fields that have a problem, if any has, with what would put them
    right."""
    if problems:
        words = _("Some places need another look.")
        raise Invalid(words, fields=problems, proposals=proposals)


def stands_above(place: Place, by: Post) -> bool:
    """Whether `by` is an officer of another union than the one that keeps the place, thus above it;
    or of that one where it has none above."""
    return by.union_id != place.union_id or place.union.parent_id is None


def record(
    place: Place,
    by: Post | uuid.UUID | None,
    what: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """An entry of the audit chain about a place; `by` a post, or an account by its id."""
    audit.record(
        action=f"place.{what}",
        by=by.account_id if isinstance(by, Post) else by,
        subject=f"place:{place.pk}",
        union_id=place.union_id,
        details=details,
    )


def hold_doors() -> None:
    """Until this transaction ends nobody else writes down a new place: two who do so at one door at
    one moment would not see each other."""
    transactions.hold("place-doors")


def next_code(division_code: str) -> str:
    """A new code for a plate: six digits of the division, six of a serial of the node, one check
    digit. Never used twice."""
    return next_codes([division_code])[0]


def next_codes(division_codes: Sequence[str]) -> list[str]:
    """A new code for each. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('places_place_serial') FROM generate_series(1, %s)",
            [len(division_codes)],
        )
        serials = [row[0] for row in cursor.fetchall()]
    return [
        ids.with_check_digit(f"{code[:6]}{serial:06d}")
        for code, serial in zip(division_codes, serials, strict=True)
    ]
