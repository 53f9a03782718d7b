"""How much the stars ask for at a union."""

from collections.abc import Mapping

from niangjia.organisations.models import Union
from niangjia.organisations.rules import ancestor_paths
from niangjia.places.models import StarTerms
from niangjia.places.rules.star_terms import LABELS, NATIONAL, Terms


def list_terms() -> list[StarTerms]:
    """Every union that has terms of its own, from the root down. One query."""
    return list(StarTerms.objects.select_related("union").order_by("union__path"))


def as_terms(row: StarTerms | None) -> Terms:
    """What a row says; without one, what the whole country asks for."""
    return Terms(**{name: getattr(row, name) for name in LABELS}) if row else NATIONAL


def by_path(rows: list[StarTerms]) -> dict[str, Terms]:
    """The terms by the path of their union, for `terms_at`."""
    return {row.union.path: as_terms(row) for row in rows}


def terms_at(path: str, known: Mapping[str, Terms]) -> Terms:
    """Those of the nearest union from `path` up."""
    above = reversed(ancestor_paths(path))
    return next((known[each] for each in above if each in known), NATIONAL)


def find_terms(union: Union) -> StarTerms | None:
    """What holds at a union: its own or those of the nearest above; None where it is what the whole
    country asks for. One query."""
    above = StarTerms.objects.filter(union__path__in=ancestor_paths(union.path))
    return above.select_related("union").order_by("-union__depth").first()
