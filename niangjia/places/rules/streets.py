"""Which ways of OpenStreetMap are open to people on foot, and how large they are.

By its tags: `highway` says what a way is, `foot` and `access` who may use it. What is being built
or planned is not there yet. Source: OpenStreetMap wiki, "OSM tags for routing/Access restrictions"
(worldwide defaults).
"""

from collections.abc import Mapping
from enum import IntEnum

#: Ways one may walk along unless their own tags say otherwise. On `trunk` roads in towns there are
#: pavements; where there are none, `foot=no` or `motorroad=yes` says so.
WALKED = frozenset(
    {"footway", "path", "pedestrian", "steps", "corridor", "living_street", "residential"}
    | {"service", "unclassified", "road", "track", "cycleway", "bridleway"}
    | {"trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link"}
    | {"tertiary", "tertiary_link"}
)
#: Only where `foot` says so.
FOR_CARS = frozenset({"motorway", "motorway_link"})
MAY = frozenset({"yes", "designated", "permissive", "official"})
MAY_NOT = frozenset({"no", "private", "use_sidepath"})


class Size(IntEnum):
    """How wide a street is drawn, and how early its name is said."""

    SMALL = 0
    MIDDLE = 1
    MAIN = 2


SIZES = {
    **dict.fromkeys(("trunk", "primary"), Size.MAIN),
    **dict.fromkeys(("secondary", "tertiary"), Size.MIDDLE),
}


def size_of(tags: Mapping[str, str]) -> Size:
    """How large a street with these tags is."""
    return SIZES.get(tags.get("highway", "").removesuffix("_link"), Size.SMALL)


def is_open_on_foot(tags: Mapping[str, str]) -> bool:
    """Whether people walk along a way with these tags. What is said of walking goes before what is
    said of everybody."""
    kind, foot = tags.get("highway", ""), tags.get("foot", "")
    if kind not in WALKED | FOR_CARS or foot in MAY_NOT:
        return False
    if foot in MAY:
        return True
    is_for_cars = kind in FOR_CARS or tags.get("motorroad") == "yes"
    return not is_for_cars and tags.get("access", "") not in MAY_NOT
