"""Made-up streets as a file of OpenStreetMap: for the demonstration, and for tests.

Format: OpenStreetMap wiki, "OSM XML", version 0.6.
"""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

#: Longitude and latitude, degrees, WGS-84.
Point = tuple[float, float]
#: A way: its points in order, and its tags.
Way = tuple[Iterable[Point], Mapping[str, str]]


def as_osm(ways: Iterable[Way]) -> str:
    """The text of the file. Points at one place are one point, so that ways meet there."""
    numbers: dict[Point, int] = {}
    told = []
    for number, (points, tags) in enumerate(ways, start=1):
        along = [numbers.setdefault(point, len(numbers) + 1) for point in points]
        lines = [f'<nd ref="{each}"/>' for each in along]
        lines += [f"<tag k={quoteattr(key)} v={quoteattr(tags[key])}/>" for key in tags]
        told.append(f'<way id="{number}" version="1">{"".join(lines)}</way>')
    nodes = (
        f'<node id="{number}" version="1" lon="{longitude:.7f}" lat="{latitude:.7f}"/>'
        for (longitude, latitude), number in numbers.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="made up">'
    return "\n".join([head, *nodes, *told, "</osm>\n"])
