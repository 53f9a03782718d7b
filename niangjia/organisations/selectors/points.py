"""Where on the map a union lies, as near as its address says."""

from niangjia.organisations.rules.positions import Position
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division


def find_point(address: str, division: Division) -> Position | None:
    """The point of the smallest division that `address` names within `division`, else that of
    `division` itself; None when neither has one. Degrees, WGS-84; near, never exact. Of places with
    one name (鼓楼区) it is the one within `division`."""
    match = regions.match_address(address)
    may_be = [place for place in (match.division, *match.alternatives) if place]
    named = [place for place in may_be if place.path.startswith(division.path)]
    for place in (named[0] if len(named) == 1 else None, division):
        if place and place.longitude is not None and place.latitude is not None:
            return Position(longitude=place.longitude, latitude=place.latitude)
    return None


def point_fields(address: str, division: Division) -> dict[str, float | None]:
    """`find_point` as a union's columns; None for both takes it off the map."""
    point = find_point(address, division)
    return {
        "longitude": point.longitude if point else None,
        "latitude": point.latitude if point else None,
    }
