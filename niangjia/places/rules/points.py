"""Whether a point can be where a place is said to be. Degrees, WGS-84.

What can be wrong: latitude and longitude swapped; a point of another system (GCJ-02 of the maps
published in China, BD-09 of Baidu) under the name of WGS-84, half a kilometre off; a slip of the
finger that lands in another county or in the sea.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.organisations.rules.points import read_point
from niangjia.organisations.rules.positions import Position, great_circle_metres, is_swapped
from niangjia.regions.models import Division
from niangjia.regions.rules import coordinates

#: The systems shift a point by 300 to 1,500 metres.
SHIFTED_METRES = (200.0, 2_000.0)
#: So near to what is known a point must come for its system to be recognised.
RECOGNISED_METRES = 60.0


class System(models.TextChoices):
    """What the numbers of a point mean."""

    WGS84 = "wgs84", _("GPS (WGS-84)")
    GCJ02 = "gcj02", _("Amap, Tencent, Apple (GCJ-02)")
    BD09 = "bd09", _("Baidu (BD-09)")


TO_WGS84 = {
    System.GCJ02: coordinates.gcj02_to_wgs84,
    System.BD09: coordinates.bd09_to_wgs84,
}


def as_wgs84(longitude: float, latitude: float, system: str = System.WGS84) -> Position:
    """A point of any system in ours."""
    convert = TO_WGS84.get(System(system))
    return Position(*(convert(longitude, latitude) if convert else (longitude, latitude)))


@dataclass(frozen=True)
class Fault:
    """What is wrong with a point, and what would put it right: "swap", "system:bd09",
    "division:331004", "sure" (it is right all the same), or "" where only looking again helps."""

    words: Text
    mend: str = ""


def find_fault(longitude: float, latitude: float, division: Division) -> Fault | None:
    """What is wrong with a point in `division` by its numbers alone, or None."""
    if is_swapped(longitude, latitude):
        return Fault(_("Latitude and longitude seem to be swapped. Swap them?"), "swap")
    reading = read_point(longitude, latitude, division)
    if reading.is_outside:
        return Fault(_("This point lies outside China. Look at the numbers again."))
    if reading.is_far:
        words = _("This point lies %(kilometres)s km from %(place)s. Look at the numbers again.")
        return Fault(words % {"kilometres": reading.kilometres, "place": division.name})
    return None


def system_fault(point: Position, known: Iterable[Position]) -> Fault | None:
    """That a point is of another system than was said, as far as `known` points of the same
    address or name tell."""
    system = mistaken_system(point, known)
    if system is None:
        return None
    words = _(
        "Compared with what is known at this address, this looks like a point of %(system)s. "
        "Say so, and we convert it."
    )
    return Fault(words % {"system": system.label}, f"system:{system}")


def mistaken_system(point: Position, known: Iterable[Position]) -> System | None:
    """The system a point of the same address seems to be in, though it was called WGS-84.

    `known` are points at this address that can be trusted. When the point is off as far as the
    systems are from each other, and reading it in one of them brings it to a known one, it is that.
    """
    least, most = SHIFTED_METRES
    for trusted in known:
        if not least <= great_circle_metres(point, trusted) <= most:
            continue
        off = {
            system: great_circle_metres(trusted, as_wgs84(point.longitude, point.latitude, system))
            for system in TO_WGS84
        }
        nearest = min(off, key=lambda system: off[system])
        if off[nearest] <= RECOGNISED_METRES:
            return nearest
    return None
