"""/nation: the tree in figures, exact at once. Open to everybody, like the page."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from niangjia.core import clock
from niangjia.members.schemas.nation import NationOut
from niangjia.members.selectors.nation import Nation, read_nation

router = Router(tags=["nation"], auth=None)


@router.get("", response=NationOut, summary="The country in figures")
def show_country(request: HttpRequest) -> dict[str, Any]:
    """The whole tree and the unions right below its root."""
    return as_shown(read_nation(None, now=clock.now()))


@router.get("/{number}", response=NationOut, summary="A union in figures")
def show_union(request: HttpRequest, number: str) -> dict[str, Any]:
    """A federation or industrial union and those right below it. 404 for a grassroots union, whose
    figures would be those of a few people."""
    return as_shown(read_nation(number, now=clock.now()))


def as_shown(nation: Nation) -> dict[str, Any]:
    """The page's data under the API's names."""
    return {
        "number": nation.number,
        "name": nation.name,
        "above": [{"number": number, "name": name} for number, name in nation.chain],
        "figures": nation.figures,
        "items": nation.children,
        "not_shown": nation.not_shown,
    }
