"""Which unions take a worker directly whose employer has none."""

from dataclasses import dataclass

from niangjia.core.prepared import Asked, asked, together
from niangjia.organisations.models import Kind, Status, Union
from niangjia.organisations.selectors.search import Criteria, find_unions
from niangjia.organisations.selectors.search_rows import FoundUnion
from niangjia.regions.models import Division, Level

SHOWN = 6
AT_EMPLOYER = 3


@dataclass(frozen=True)
class Guidance:
    """Where to go. `direct` take this kind of worker, the nearest level first; `upper` are the
    federations of the place, for when nobody does; `at_employer` bear the employer's name."""

    direct: list[Union]
    upper: list[Union]
    at_employer: list[FoundUnion]


def guide(*, worker_kind: str, division: Division, employer: str) -> Guidance:
    """Lead a worker to the union that takes them: township or street first, then the county, the
    city, the province; at each level a union of the trade before the federation. Without a union
    at the employer, the territorial upper union admits (the membership rules of 2016, Article 5).
    Two queries, one more with an employer's name.
    """
    codes = division.path.rstrip("/").split("/")
    nearby = Union.objects.filter(division_id__in=codes, status=Status.ACTIVE)
    nearby = nearby.select_related("division")
    direct = sorted(
        nearby.filter(admits_directly__contains=[worker_kind], division__level__gt=Level.COUNTRY),
        key=lambda union: (
            -union.division.level,
            union.kind == Kind.FEDERATION,
            len(union.admits_directly),
            union.number,
        ),
    )
    upper = nearby.filter(kind=Kind.FEDERATION).order_by("-division__level", "number")
    at_employer: list[FoundUnion] = []
    if employer.strip():
        place = codes[min(len(codes) - 1, Level.CITY)]
        found = find_unions(Criteria(words=employer, division=place), size=AT_EMPLOYER)
        at_employer = [union for union in found.items if union.kind != Kind.FEDERATION]
    return Guidance(direct[:SHOWN], list(upper[:SHOWN]), at_employer)


def federations_over(division: Division) -> Asked[list[Union]]:
    """The question for the federations of a place and of those above it, the nearest first."""
    codes = division.path.rstrip("/").split("/")
    federations = Union.objects.filter(
        division_id__in=codes, kind=Kind.FEDERATION, status=Status.ACTIVE
    )
    return asked(federations.order_by("-division__level", "number")[:SHOWN])


def covering(division: Division | None) -> list[Union]:
    """Their answer. One query, none without a place."""
    return list(together(federations_over(division))[0]) if division else []
