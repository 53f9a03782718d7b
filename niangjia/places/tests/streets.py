"""A made-up town on a river, as an extract of OpenStreetMap, for tests of walks along streets."""

from collections.abc import Iterable
from pathlib import Path

from niangjia.core import clock
from niangjia.places import services
from niangjia.places.models import StreetMap
from niangjia.places.rules.extracts import Way, as_osm
from niangjia.places.tests.demand import NORTH, cell_at

HERE, LINE = cell_at(1, 0), NORTH + 0.00225
WEST_BANK, EAST_BANK = 120.0095, 120.0105
#: Three kilometres to the north.
BRIDGE = LINE + 0.027
STREET = {"highway": "residential"}
#: The river runs between two cells, 485 m apart. A motorway and a private path cross it right here,
#: the bridge for people is far off.
TOWN: tuple[Way, ...] = (
    ([(WEST_BANK, LINE), (WEST_BANK, LINE + 0.0045), (WEST_BANK, BRIDGE)], STREET),
    ([(EAST_BANK, LINE), (EAST_BANK, LINE + 0.0045), (EAST_BANK, BRIDGE)], STREET),
    ([(119.9970, LINE), (HERE["longitude"], LINE), (WEST_BANK, LINE)], STREET),
    ([(EAST_BANK, LINE), (120.0175, LINE)], {"highway": "footway"}),
    ([(WEST_BANK, BRIDGE), (EAST_BANK, BRIDGE)], {"highway": "path", "bridge": "yes"}),
    ([(WEST_BANK, LINE), (EAST_BANK, LINE)], {"highway": "motorway"}),
    ([(WEST_BANK, LINE), (EAST_BANK, LINE)], {"highway": "footway", "access": "private"}),
)


def load_town(folder: Path, ways: Iterable[Way] = TOWN) -> StreetMap:
    """The town's streets are loaded."""
    path = folder / "town.osm"
    path.write_text(as_osm(ways))
    return services.load_streets(path=path, name="town", now=clock.now())
