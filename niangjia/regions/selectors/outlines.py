"""The outlines of provinces and cities that this node draws its maps with (`operations.assets`)."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings

from niangjia.regions.rules.codes import COUNTRY_CODE
from niangjia.regions.rules.outlines import Outline

#: As far as a sketch of a coast may be off, and what stands on a pier.
SKETCH_METRES = 5_000


@cache
def outlines_below(code: str) -> tuple[Outline, ...]:
    """The outlines right below the country or a province, as built; none where there is no map."""
    path = Path(settings.BOUNDARIES) / f"{code}.json"
    if not path.exists():
        return ()
    drawn = json.loads(path.read_text())
    return tuple(Outline.of(each) for each in drawn["features"] if each["properties"]["code"])


def find_outline(code: str) -> Outline | None:
    """The outline of the city, or else of the province, in which the division of this code lies."""
    province = f"{code[:2]}0000"
    for above, wanted in (
        (province, code[:6]),
        (province, f"{code[:4]}00"),
        (COUNTRY_CODE, province),
    ):
        for outline in outlines_below(above):
            if outline.code == wanted:
                return outline
    return None


def find_city(longitude: float, latitude: float) -> Outline | None:
    """The city, or where there is no map of cities the province, in which a point lies."""
    for province in outlines_below(COUNTRY_CODE):
        if province.holds(longitude, latitude):
            cities = outlines_below(province.code)
            return next((city for city in cities if city.holds(longitude, latitude)), province)
    return None


def is_at_sea(longitude: float, latitude: float) -> bool:
    """Whether a point lies in no province, and further from each than a sketch may be off. False
    where there are no outlines."""
    provinces = outlines_below(COUNTRY_CODE)
    return bool(provinces) and not any(
        each.is_near(longitude, latitude, SKETCH_METRES) for each in provinces
    )
