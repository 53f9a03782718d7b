"""Fetching divisions."""

from collections.abc import Iterable

from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.functions import Cos, Radians
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import NotFound
from niangjia.regions.models import Division, Level
from niangjia.regions.rules import codes


def find_division(code: str) -> Division | None:
    """The division of this code, or None."""
    return Division.objects.filter(code=code).first() if codes.is_code(code) else None


def access_division(code: str) -> Division:
    """The division of this code. Raises `NotFound`, also for what is no code at all."""
    division = find_division(code)
    if division is None:
        raise NotFound(_("There is no such division."))
    return division


def list_children(code: str) -> QuerySet[Division]:
    """The divisions right below `code`, in the order of their codes; none for an unknown code."""
    return Division.objects.filter(parent_id=code).order_by("code")


def chain_above(division: Division) -> list[Division]:
    """The divisions above, the country first. One query."""
    above = division.path.rstrip("/").split("/")[:-1]
    return list(Division.objects.filter(code__in=above).order_by("path"))


def full_names(divisions: Iterable[Division]) -> dict[str, str]:
    """By code, in the order given: each name with those of the divisions above before it
    (江苏省南京市鼓楼区), as `match_address` understands it without doubt. One query."""
    codes_of = {division.code: division.path.rstrip("/").split("/") for division in divisions}
    wanted = {code for chain in codes_of.values() for code in chain}
    named = dict(
        Division.objects.filter(code__in=wanted, level__gt=Level.COUNTRY)
        .exclude(name__in=codes.PSEUDO_NAMES)
        .values_list("code", "name")
    )
    return {
        own: "".join(named[code] for code in chain if code in named)
        for own, chain in codes_of.items()
    }


def list_nearest(
    longitude: float, latitude: float, *, level: Level = Level.COUNTY, count: int = 1
) -> list[Division]:
    """The `count` divisions of `level` whose points lie nearest to a WGS-84 point, nearest first.

    Points stand for seats of government, so near a border the nearest may be the neighbour's:
    offer it, do not decide by it. Divisions whose point is inherited are left out.
    """
    across = (F("longitude") - longitude) * Cos(Radians(Value(latitude, FloatField())))
    up = F("latitude") - latitude
    return list(
        Division.objects.filter(level=level, longitude__isnull=False, coordinate_source="own")
        .exclude(name__in=codes.PSEUDO_NAMES)
        .order_by(across * across + up * up, "code")[:count]
    )
