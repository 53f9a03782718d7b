"""Links that open a route in a map of the phone, each with the coordinates it understands."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.regions.rules.coordinates import wgs84_to_gcj02


@dataclass(frozen=True)
class Route:
    """A link, and what it opens."""

    label: str | Promise
    url: str


def shifted(longitude: float, latitude: float) -> tuple[str, str]:
    """Latitude and longitude of a WGS-84 point as maps published in China expect them (GCJ-02)."""
    east, north = wgs84_to_gcj02(longitude, latitude)
    return f"{north:.6f}", f"{east:.6f}"


def routes(name: str, longitude: float, latitude: float, *, drives: bool = False) -> list[Route]:
    """The way to a WGS-84 point. Maps published in China shift what they show, so theirs get
    GCJ-02; whatever answers `geo:` gets the point itself (RFC 5870)."""
    north, east = shifted(longitude, latitude)
    plain = f"{latitude:.6f},{longitude:.6f}"
    amap = {
        "to": f"{east},{north},{name}",
        "mode": "car" if drives else "walk",
        "coordinate": "gaode",
        "callnative": "1",
    }
    apple = {"daddr": f"{north},{east}", "q": name, "dirflg": "d" if drives else "w"}
    baidu = {
        "destination": f"latlng:{north},{east}|name:{name}",
        "mode": "driving" if drives else "walking",
        "coord_type": "gcj02",
        "output": "html",
        "src": "niangjia",
    }
    return [
        Route(_("Amap"), f"https://uri.amap.com/navigation?{urlencode(amap)}"),
        Route(_("Baidu Maps"), f"https://api.map.baidu.com/direction?{urlencode(baidu)}"),
        Route(_("Apple Maps"), f"https://maps.apple.com/?{urlencode(apple)}"),
        Route(_("Another map on this phone"), f"geo:{plain}?q={plain}({quote(name)})"),
    ]
