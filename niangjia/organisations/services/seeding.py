"""The federations every node starts with, generated from the divisions."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from niangjia.organisations.models import Kind, Origin, Union
from niangjia.organisations.rules import federations
from niangjia.organisations.services.bulk import UnionDraft, create_unions
from niangjia.organisations.services.details import UnionDetails
from niangjia.organisations.services.reports import Progress, silent
from niangjia.regions.models import Division, Level
from niangjia.regions.rules import codes

Above = Union | UnionDraft


# Not retried: loading the country takes minutes, and begins anew when it is asked for again.
@transaction.atomic
def plant_federations(
    *, now: dt.datetime, townships: bool = False, progress: Progress = silent
) -> list[Union]:
    """Found the federation of every division that has none yet, and the industrial unions.

    Marked as seed data (`Origin.SEED`). Running it again founds what is missing, so that after
    loading townships it adds theirs (`townships`) and those of younger counties. Takes no part in
    Taiwan, Hong Kong and Macao. Returns the unions founded.
    """
    there = {union.division_id: union for union in _planted()}
    national = there.get(codes.COUNTRY_CODE)
    drafts: list[UnionDraft] = []
    if national is None:
        root = UnionDraft(
            federations.NATIONAL_NAME, Kind.FEDERATION, codes.COUNTRY_CODE, parent=None
        )
        drafts.append(root)
    by_division: dict[str, Above] = {codes.COUNTRY_CODE: national or root, **there}
    deepest = Level.TOWNSHIP if townships else Level.COUNTY
    drafts += federation_drafts(_divisions(deepest), by_division)
    if national is None:
        drafts += industry_drafts(by_division)
    return create_unions(drafts=drafts, origin=Origin.SEED, now=now, progress=progress)


def _planted() -> Iterable[Union]:
    return Union.objects.filter(kind=Kind.FEDERATION, origin=Origin.SEED)


def _divisions(deepest: Level) -> list[Division]:
    return list(
        Division.objects.filter(level__gt=Level.COUNTRY, level__lte=deepest)
        .exclude(path__regex=rf"^\d+/({'|'.join(sorted(federations.PROVINCES_WITHOUT))})")
        .exclude(name__in=codes.PSEUDO_NAMES)
        .only("code", "name", "level", "path", "parent_id")
        .order_by("path")
    )


def federation_drafts(divisions: list[Division], by_division: dict[str, Above]) -> list[UnionDraft]:
    """A draft for each division without a federation; `by_division` learns each of them.

    A county that changed its code keeps the federation it has: the table may hold it twice, under
    the code of then and the code of now.
    """
    names = {division.code: division.name for division in divisions}
    with_counties = {division.parent_id for division in divisions if division.level == Level.COUNTY}
    known = {(code[:2], union.name) for code, union in by_division.items()}
    drafts = []
    for division in divisions:
        if division.code in by_division:
            continue
        above = next(
            code
            for code in reversed(division.path.rstrip("/").split("/")[:-1])
            if code in by_division
        )
        place = federations.Place(division.code, division.name, names.get(above, ""))
        name = federations.federation_name(place)
        if (division.code[:2], name) in known:
            continue
        draft = UnionDraft(
            name,
            Kind.FEDERATION,
            division.code,
            parent=by_division[above],
            details=UnionDetails(
                admits_directly=federations.admits_directly(
                    division.code, has_counties=_has_counties(division, with_counties)
                )
            ),
        )
        known.add((division.code[:2], name))
        by_division[division.code] = draft
        drafts.append(draft)
    return drafts


def _has_counties(division: Division, with_counties: set[str | None]) -> bool:
    """Provinces always have; a city has when a county lies below it."""
    return division.level == Level.PROVINCE or division.code in with_counties


def industry_drafts(by_division: dict[str, Above]) -> list[UnionDraft]:
    """The national industrial unions, each the head of an industrial tree, and those provincial
    ones that hang below both their province's federation and their industry's union."""
    provinces = [(code, union) for code, union in by_division.items() if codes.level_of(code) == 1]
    drafts = []
    for name, provincial in federations.INDUSTRIES.items():
        head = UnionDraft(
            name,
            Kind.INDUSTRIAL,
            codes.COUNTRY_CODE,
            parent=by_division[codes.COUNTRY_CODE],
            heads_industry=True,
        )
        drafts.append(head)
        drafts += [
            UnionDraft(
                union.name.removesuffix("总工会") + provincial,
                Kind.INDUSTRIAL,
                code,
                parent=union,
                industry_parent=head,
            )
            for code, union in provinces
            if provincial
        ]
    return drafts
