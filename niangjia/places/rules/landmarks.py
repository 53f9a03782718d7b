"""Which things of OpenStreetMap people name to say where they are, and what they call them.

Only what the public goes to, and streets as a whole. Houses and their numbers, flats, small shops
and surgeries that carry a person's name are left out: nobody's address is to be found here.
Source: OpenStreetMap wiki, "Map features".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from niangjia.organisations.rules import search_words as words
from niangjia.places.models import LandmarkSort

NAME_LENGTH, ALSO_LENGTH = 80, 300
#: By key, which values are worth a name.
PUBLIC: Mapping[str, frozenset[str]] = {
    "railway": frozenset({"station", "halt", "tram_stop"}),
    "public_transport": frozenset({"station"}),
    "aeroway": frozenset({"aerodrome", "terminal"}),
    "shop": frozenset({"mall", "department_store", "supermarket", "wholesale"}),
    "amenity": frozenset(
        {"hospital", "university", "college", "school", "marketplace", "townhall", "courthouse"}
        | {"library", "theatre", "cinema", "arts_centre", "community_centre", "bus_station"}
        | {"ferry_terminal", "exhibition_centre", "conference_centre", "police", "post_office"}
    ),
    "leisure": frozenset({"park", "stadium", "sports_centre"}),
    "tourism": frozenset({"attraction", "museum", "zoo", "theme_park"}),
    "place": frozenset(
        {"square", "suburb", "quarter", "neighbourhood", "town", "village", "hamlet"}
    ),
    "landuse": frozenset({"commercial", "industrial", "retail", "residential"}),
    "building": frozenset({"commercial", "retail", "office", "industrial", "train_station"}),
    "office": frozenset({"government"}),
}
#: Ways whose names are not those of streets.
NO_STREETS = frozenset(
    {"bus_stop", "platform", "services", "rest_area", "proposed", "construction"}
)
UNDERGROUND = frozenset({"subway", "light_rail", "monorail"})
#: Where `name` is in another script, or in two at once, people type the Chinese one.
CHINESE = ("name:zh-Hans", "name:zh")
OTHER_NAMES = (
    "alt_name",
    "short_name",
    "official_name",
    "loc_name",
    "old_name",
    "name:en",
    "brand",
)
#: Pieces of one street, and what belongs to one station, lie in neighbouring squares of so many
#: degrees; further apart it is another of the same name.
SQUARE = {LandmarkSort.STREET: 0.02, LandmarkSort.POINT: 0.008, LandmarkSort.STOP: 0.008}
ONE_NAME = re.compile(r"[;；/]")


@dataclass(frozen=True)
class Mark:
    """Something with names at a point: degrees, WGS-84."""

    sort: LandmarkSort
    name: str
    also: tuple[str, ...]
    longitude: float
    latitude: float


def sort_of(tags: Mapping[str, str]) -> LandmarkSort | None:
    """What something with these tags is to whoever says where they are; None: nothing."""
    if is_bus_stop(tags):
        return LandmarkSort.STOP
    if any(tags.get(key) in values for key, values in PUBLIC.items()):
        return LandmarkSort.POINT
    highway = tags.get("highway")
    return LandmarkSort.STREET if highway and highway not in NO_STREETS else None


def is_bus_stop(tags: Mapping[str, str]) -> bool:
    """By either of the two ways in which they are mapped."""
    is_platform = tags.get("public_transport") == "platform" and tags.get("bus") == "yes"
    return is_platform or tags.get("highway") == "bus_stop"


def name_of(tags: Mapping[str, str]) -> str:
    """What it is called in Chinese, else as it is called there; nothing for what has no name."""
    named = next(filter(None, map(tags.get, (*CHINESE, "name"))), "")
    return ONE_NAME.split(named)[0].strip()[:NAME_LENGTH]


def mark_of(tags: Mapping[str, str], longitude: float, latitude: float) -> Mark | None:
    """Something with these tags as what it is called; None where nobody would name it."""
    sort = sort_of(tags)
    if sort is None:
        return None
    name = name_of(tags)
    if not words.runs(name):
        return None
    others = [ONE_NAME.split(tags.get("name", ""))[0]]
    others += [each for key in OTHER_NAMES for each in ONE_NAME.split(tags.get(key, ""))]
    also = dict.fromkeys([*as_people_say(name, tags), *(each.strip() for each in others)])
    return Mark(
        sort, name, tuple(each for each in also if each and each != name), longitude, latitude
    )


def as_people_say(name: str, tags: Mapping[str, str]) -> Iterator[str]:
    """义乌 and 义乌站 are 义乌火车站, a stop of the underground is a 地铁站."""
    if tags.get("railway") in {"station", "halt"}:
        plain = name.removesuffix("站").removesuffix("火车").removesuffix("地铁")
        is_underground = tags.get("station") in UNDERGROUND or tags.get("subway") == "yes"
        kind = "地铁" if is_underground else "火车"
        yield from (
            f"{plain}站",
            f"{plain}{kind}站",
            *((f"地铁{plain}站",) if is_underground else ()),
        )
    elif is_bus_stop(tags):
        yield f"{name.removesuffix('站').removesuffix('公交')}公交站"


def gathered(marks: Iterable[Mark]) -> list[Mark]:
    """What has one name and lies together as one, at the piece nearest to the middle of all."""
    named: dict[tuple[LandmarkSort, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        named[mark.sort, mark.name].append(mark)
    return [
        middle(together)
        for (sort, _name), every in named.items()
        for together in neighbours(every, SQUARE[sort])
    ]


def neighbours(marks: list[Mark], side: float) -> Iterator[list[Mark]]:
    """Those whose squares touch, over any number of squares."""
    squares: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        squares[int(mark.longitude // side), int(mark.latitude // side)].append(mark)
    while squares:
        square, first = squares.popitem()
        found, waiting = list(first), [square]
        while waiting:
            col, line = waiting.pop()
            for near in ((col + east, line + north) for east in (-1, 0, 1) for north in (-1, 0, 1)):
                if near in squares:
                    found += squares.pop(near)
                    waiting.append(near)
        yield found


def middle(marks: list[Mark]) -> Mark:
    """Of several the one nearest to the mean of all, with the names of each."""
    longitude = sum(each.longitude for each in marks) / len(marks)
    latitude = sum(each.latitude for each in marks) / len(marks)
    found = min(
        marks, key=lambda m: ((m.longitude - longitude) ** 2 + (m.latitude - latitude) ** 2, m.also)
    )
    also = dict.fromkeys(name for mark in marks for name in mark.also)
    return Mark(found.sort, found.name, tuple(also), found.longitude, found.latitude)


def also_text(mark: Mark) -> str:
    """Its other names, one a line, as many as there is room for."""
    kept = ""
    for name in mark.also:
        longer = f"{kept}\n{name}".strip()
        if len(longer) <= ALSO_LENGTH:
            kept = longer
    return kept


def keys_of(mark: Mark) -> set[str]:
    """What the index holds of it: any part of any of its names."""
    return set().union(*(words.contained_keys(name) for name in (mark.name, *mark.also)))
