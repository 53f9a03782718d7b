"""Divisions over the API. Open to everybody."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from niangjia.regions import selectors
from niangjia.regions.models import Level
from niangjia.regions.schemas import DivisionDetailOut, DivisionsOut, MatchOut

router = Router(tags=["divisions"], auth=None)

Code = Annotated[str, Path(pattern=r"^[0-9]{6}([0-9]{3})?$", description="GB/T 2260")]


@router.get("", response=DivisionsOut, summary="The divisions right below one")
def list_divisions(
    request: HttpRequest,
    parent: Annotated[str, Query(pattern=r"^[0-9]{6}([0-9]{3})?$")] = "100000",
) -> dict[str, Any]:
    """Those below `parent`, the country by default; none for a code nobody has."""
    return {"items": list(selectors.list_children(parent))}


@router.get("/match", response=MatchOut, summary="The division an address names")
def match_address(
    request: HttpRequest, text: Annotated[str, Query(min_length=1, max_length=200)]
) -> Any:
    """Full and short names are understood; places that share a name need one above beside it."""
    return selectors.match_address(text)


@router.get("/nearest", response=DivisionsOut, summary="Divisions around a point")
def list_nearest(
    request: HttpRequest,
    longitude: Annotated[float, Query(ge=-180, le=180, description="degrees, WGS-84")],
    latitude: Annotated[float, Query(ge=-90, le=90, description="degrees, WGS-84")],
    level: Level = Level.COUNTY,
    size: Annotated[int, Query(ge=1, le=20)] = 5,
) -> dict[str, Any]:
    """By the seats of their governments, nearest first: near a border, offer them to choose from.
    Only divisions with a point of their own."""
    return {"items": selectors.list_nearest(longitude, latitude, level=level, count=size)}


@router.get("/{code}", response=DivisionDetailOut, summary="One division")
def show_division(request: HttpRequest, code: Code) -> dict[str, Any]:
    """It and those above it. 404 for a code nobody has."""
    division = selectors.access_division(code)
    return {"division": division, "above": selectors.chain_above(division)}
