"""Made-up streets as a file of OpenStreetMap: for the demonstration, and for tests.

Format: OpenStreetMap wiki, "OSM XML", version 0.6.
"""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

#: Longitude and latitude, degrees, WGS-84.
Point = tuple[float, float]
#: A way: its points in order, and its tags.
Way = tuple[Iterable[Point], Mapping[str, str]]
#: What stands at a point, with its tags.
Thing = tuple[Point, Mapping[str, str]]


def as_osm(ways: Iterable[Way], things: Iterable[Thing] = ()) -> str:
    """The text of the file. Points at one place are one point, so that ways meet there."""
    numbers: dict[Point, int] = {}
    told = []
    for number, (points, tags) in enumerate(ways, start=1):
        along = [numbers.setdefault(point, len(numbers) + 1) for point in points]
        lines = [f'<nd ref="{each}"/>' for each in along]
        told.append(f'<way id="{number}" version="1">{"".join(lines)}{tagged(tags)}</way>')
    nodes = (
        f'<node id="{number}" version="1" lon="{longitude:.7f}" lat="{latitude:.7f}"/>'
        for (longitude, latitude), number in numbers.items()
    )
    there = (
        f'<node id="{number}" version="1" lon="{longitude:.7f}" lat="{latitude:.7f}">'
        f"{tagged(tags)}</node>"
        for number, ((longitude, latitude), tags) in enumerate(things, start=len(numbers) + 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="made up">'
    return "\n".join([head, *nodes, *there, *told, "</osm>\n"])


def tagged(tags: Mapping[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(tags[key])}/>" for key in tags)
