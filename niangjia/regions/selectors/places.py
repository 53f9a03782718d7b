"""The place to begin from, read at no cost: it stands on every page of whoever has chosen one."""

import time
from collections.abc import Mapping

from django.db import connection
from django.db.models import Q, QuerySet

from niangjia.regions.models import Division, Level
from niangjia.regions.rules import codes, places
from niangjia.regions.selectors.divisions import find_division

#: Names change a few times a year, when an operator loads a new table; pages follow this soon.
REMEMBERED_SECONDS = 300
#: Division and until when. Only what exists is remembered, so it never holds more than the table
#: has provinces, cities and counties.
REMEMBERED: dict[str, tuple[Division, float]] = {}


def find_place(code: str) -> Division | None:
    """The division of this code that one can begin from, or None for what is none or the whole
    country. Remembered by the process: one query in five minutes for each place, none for nonsense.
    """
    if not code or code == places.EVERYWHERE:
        return None
    division, until = REMEMBERED.get(code, (None, 0.0))
    if division is None or until < time.monotonic():
        division = find_division(code)
        # What an open transaction sees may never come to be.
        if division is not None and not connection.in_atomic_block:
            REMEMBERED[code] = (division, time.monotonic() + REMEMBERED_SECONDS)
    return division if division and not codes.is_pseudo(division.name) else None


def begins_at(cookies: Mapping[str, str], account: object = None) -> Division | None:
    """Where a page begins: the place in the cookie, else the one the account belongs to
    (`rules.places.Settled`), else nowhere in particular. No query without either."""
    code = places.chosen_code(cookies) or getattr(account, "place_code", "")
    return find_place(code)


def list_places(words: str, *, count: int = 20) -> list[Division]:
    """Provinces, cities and counties by the beginning of their name, pinyin or initials, the wider
    ones first. One query; none for nothing."""
    typed = words.replace("\0", "").strip().lower()
    if not typed:
        return []
    read = typed.replace(" ", "").replace("'", "")
    return list(
        real_places()
        .filter(
            Q(name__startswith=typed) | Q(pinyin__startswith=read) | Q(initials__startswith=read)
        )
        .order_by("level", "code")[:count]
    )


def list_places_below(division: Division) -> list[Division]:
    """The places right below one, in the order of their codes; where the table has only a rung
    (市辖区), what lies below that. Two queries at most."""
    if division.level >= places.DEEPEST:
        return []
    children = list(Division.objects.filter(parent=division, level__lte=places.DEEPEST))
    rungs = [child.code for child in children if codes.is_pseudo(child.name)]
    if rungs:
        children += real_places().filter(parent_id__in=rungs)
    real = (child for child in children if not codes.is_pseudo(child.name))
    return sorted(real, key=lambda child: child.code)


def real_places() -> QuerySet[Division]:
    return Division.objects.filter(level__gt=Level.COUNTRY, level__lte=places.DEEPEST).exclude(
        name__in=codes.PSEUDO_NAMES
    )
