"""Where on the map a union lies, as near as its address says."""

from niangjia.organisations.rules.positions import Position
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division


def find_point(address: str, division: Division) -> Position | None:
    """The point of the smallest division that `address` names within `division`, else that of
    `division` itself; None when neither has one. Degrees, WGS-84; near, never exact."""
    named = regions.find_by_address(address) if address.strip() else None
    if named is not None and not named.path.startswith(division.path):
        named = None
    for place in (named, division):
        if place and place.longitude is not None and place.latitude is not None:
            return Position(longitude=place.longitude, latitude=place.latitude)
    return None
