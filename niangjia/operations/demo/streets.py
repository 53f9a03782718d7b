"""Streets of the demonstration's county: made up, so that walks go around its river and railway,
and names to look near.

Streets from west to east and from south to north wherever the made-up townships are, bent and
broken as streets are; the main ones lead on to the next township. Over the river and under the
railway one comes at every so manieth street only.
"""

import itertools
import math
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from niangjia.core import clock
from niangjia.operations.demo import Progress
from niangjia.operations.demo.circle import RESIDENTS
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places import services
from niangjia.places.models import Measurement, StreetMap
from niangjia.places.rules.extracts import Point, Thing, Way, as_osm

NAME = "义乌路网（演示虚构）"
#: From street to street, some 230 metres.
STEP = (0.0024, 0.0021)
#: What nobody walks across, and at every how manieth street there is a bridge or an underpass.
RIVER: tuple[Point, ...] = (
    *((120.2100, 29.3350), (120.1400, 29.3190), (120.1050, 29.3120), (120.0860, 29.3005)),
    *((120.0700, 29.2830), (120.0480, 29.2560), (120.0300, 29.2150), (120.0050, 29.1750)),
)
RAILWAY: tuple[Point, ...] = (
    *((119.9600, 29.3300), (120.0100, 29.3560), (120.0300, 29.3700), (120.0900, 29.3830)),
    *((120.1200, 29.4050), (120.1500, 29.4500)),
)
BARRIERS = ((tuple(itertools.pairwise(RIVER)), 6), (tuple(itertools.pairwise(RAILWAY)), 4))
STREET, MAIN = {"highway": "residential"}, {"highway": "secondary"}
#: Every twelfth street is a main one, with a name: from west to east and from south to north.
NAMES = (
    ("劳动路", "工匠路", "平安路", "丰收路", "春晖路", "同心路", "采荷路", "远航路"),
    ("朝霞街", "团结街", "织锦街", "码头街", "书院街", "桂花街", "长桥街", "东风街"),
)
EVERY = 12
#: Of the others every third has one: two words that go with either.
FIRST, SECOND = "安福康乐春秋新永文兴民向", "和明泰宁丰盛华光阳平"
SIDE, KINDS = 3, ("路", "巷")
#: So far beyond a township its main streets lead.
FURTHER_METRES = 1_800
#: How streets bend, degrees: so far, and how slowly; how far each crossing is off its street; and
#: of how many pieces of side streets one was never built.
BEND, WAVE, OFF, UNBUILT = 0.0035, 0.031, 0.00022, 8
MALL, SQUARE = {"shop": "mall"}, {"place": "square"}
UNDERGROUND = {"railway": "station", "station": "subway"}
#: What stands in the first townships: so far to the east and north of the middle, degrees.
THINGS = (
    (0, (0.004, 0.003), {"name": "劳动广场", **SQUARE}),
    (1, (0.003, -0.002), {"name": "劳动广场", **SQUARE}),
    (0, (-0.006, 0.002), {"name": "团圆城", **MALL}),
    (0, (0.008, -0.004), {"name": "同心站", "railway": "station"}),
    (0, (0.001, 0.006), {"name": "工匠桥", **UNDERGROUND}),
    (2, (0.002, 0.001), {"name": "书院街", **UNDERGROUND}),
)
#: Column and line of a crossing.
Crossing = tuple[int, int]


def load(*, progress: Progress) -> None:
    """Load them; whoever is measured already is measured again. Once only."""
    if StreetMap.objects.exists():
        return
    now = clock.now()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.osm"
        path.write_text(as_osm(ways(), things()))
        services.load_streets(path=path, name=NAME, now=now, is_made_up=True, progress=progress)
    if Measurement.objects.exists():
        services.ask_measurement(recounts=False, again=True, now=now)


def ways() -> Iterator[Way]:
    """From west to east and from south to north, each as far as it goes."""
    there = crossings()
    for along in (0, 1):
        for one in sorted(there, key=lambda each: (each[1 - along], each[along])):
            if not leads_on(there, before(one, along), one):
                run = list(onwards(there, one, along))
                if len(run) > 1:
                    yield [at(each) for each in run], tags_of(one, along)


def tags_of(crossing: Crossing, along: int) -> dict[str, str]:
    """What the street through a crossing is, and what it is called, if anything."""
    street = crossing[1 - along]
    which, rest = divmod(street, EVERY)
    if not rest:
        return MAIN | {"name": NAMES[along][which % len(NAMES[along])]}
    if street % SIDE:
        return STREET
    number = street // SIDE
    first = FIRST[(number + along) % len(FIRST)]
    return STREET | {"name": f"{first}{SECOND[number % len(SECOND)]}{KINDS[along]}"}


def things() -> Iterator[Thing]:
    """What people name besides streets."""
    for township, (east, north), tags in THINGS:
        _name, _division, longitude, latitude, *_rest = RESIDENTS[township]
        yield (round(longitude + east, 6), round(latitude + north, 6)), tags


def crossings() -> set[Crossing]:
    """Those that lie in a township."""
    found = set()
    for _name, _division, longitude, latitude, metres, _people in RESIDENTS:
        middle = Position(longitude, latitude)
        here = math.floor(longitude / STEP[0]), math.floor(latitude / STEP[1])
        wide = range(-(metres + FURTHER_METRES) // 200, (metres + FURTHER_METRES) // 200 + 1)
        for east, north in itertools.product(wide, wide):
            crossing = here[0] + east, here[1] + north
            if great_circle_metres(middle, Position(*at(crossing))) <= reach(crossing, metres):
                found.add(crossing)
    return found


def reach(crossing: Crossing, metres: int) -> float:
    """How far from the middle of a township of `metres` such a crossing still belongs to it: no
    town is round, and main streets lead out of it."""
    if any(street % EVERY == 0 for street in crossing):
        return metres + FURTHER_METRES
    return metres * (0.75 + 0.25 * chance(f"edge {crossing[0] // 4} {crossing[1] // 4}"))


def chance(text: str) -> float:
    """A number from 0 to 1 that looks like chance and is the same every time."""
    return zlib.crc32(text.encode()) / 0xFFFFFFFF


@cache
def at(crossing: Crossing) -> Point:
    """Where a crossing lies: on the bend of its two streets, and a little off."""
    east, north = (number * step for number, step in zip(crossing, STEP, strict=True))
    bent = (
        east + BEND * math.sin(north / WAVE) + BEND / 2 * math.sin(east / WAVE * 2.3),
        north + BEND * math.sin(east / WAVE + 1) + BEND / 2 * math.sin(north / WAVE * 1.7),
    )
    longitude, latitude = (
        value + OFF * (2 * chance(f"{axis} {crossing}") - 1) for axis, value in enumerate(bent)
    )
    return round(longitude, 6), round(latitude, 6)


def before(crossing: Crossing, along: int) -> Crossing:
    """The one to the west, or to the south."""
    return (crossing[0] - 1, crossing[1]) if along == 0 else (crossing[0], crossing[1] - 1)


def onwards(there: set[Crossing], one: Crossing, along: int) -> Iterator[Crossing]:
    """This crossing and those after it, as far as the street goes."""
    yield one
    further = (one[0] + 1, one[1]) if along == 0 else (one[0], one[1] + 1)
    while leads_on(there, one, further):
        yield further
        one, further = further, (2 * further[0] - one[0], 2 * further[1] - one[1])


def leads_on(there: set[Crossing], one: Crossing, other: Crossing) -> bool:
    """Whether a street goes from one crossing to the next."""
    if one not in there or other not in there:
        return False
    street = one[1] if one[1] == other[1] else one[0]
    if street % EVERY and chance(f"piece {one} {other}") * UNBUILT < 1:
        return False
    return all(
        street % every == 0 or not any(cross(at(one), at(other), *piece) for piece in pieces)
        for pieces, every in BARRIERS
    )


def cross(one: Point, other: Point, begin: Point, end: Point) -> bool:
    """Whether two straight pieces cross."""
    return side(one, begin, end) != side(other, begin, end) and side(begin, one, other) != side(
        end, one, other
    )


def side(point: Point, begin: Point, end: Point) -> bool:
    """Whether a point lies to the left of whoever goes from `begin` to `end`."""
    return (end[0] - begin[0]) * (point[1] - begin[1]) > (end[1] - begin[1]) * (point[0] - begin[0])
