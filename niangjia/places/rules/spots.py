"""Where somebody is by words that name no division: 人民路100号, 火车站, 万达广场.

Exact words, and a choice where several places go by them; nothing is guessed from half a word."""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from niangjia.organisations.rules import search_words as words
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.regions.models import Division, Level

#: One letter begins half of all names.
SHORTEST = 2
#: Nearer together than this it is one place under one name, to whoever wants to go there.
SAME_METRES = 800
#: So many are offered: who sees more types more.
MOST_CHOICES = 8
#: How far from the middle of a division something in it may lie.
REACH_METRES = {
    Level.PROVINCE: 600_000,
    Level.CITY: 150_000,
    Level.COUNTY: 60_000,
    Level.TOWNSHIP: 15_000,
}
#: Whoever is known to be in one place means what lies so near, when only one does.
AROUND_METRES = {Level.CITY: 60_000, Level.COUNTY: 25_000, Level.TOWNSHIP: 25_000}
#: A street, and a number in it with whatever follows.
IN_A_STREET = re.compile(
    "(.*?(?:路|街|道|巷|弄|里|胡同|村|坊))\\d+(?:[-之]\\d+)?(?:[号弄幢栋座室楼单#].*)?"
)


#: Clockwise from the north.
COMPASS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
#: What a key begins with: what it leads to.
MARK, PLACE, UNION = "mark-", "place-", "union-"


@dataclass(frozen=True)
class Spot:
    """A point that words may mean. `key` leads to it again. `division`: the code of the one it lies
    in, of a landmark the one whose seat is nearest; of a union `district` says it in words. `rank`:
    what goes before what, 0 first. Not `is_exact`: the point is the middle of something larger, and
    no walk is counted from it. `is_osm`: OpenStreetMap is to be named."""

    key: str
    name: str
    position: Position
    division: str = ""
    district: str = ""
    rank: int = 0
    is_exact: bool = True
    is_osm: bool = False

    @property
    def is_landmark(self) -> bool:
        """Whether it comes from an extract of streets."""
        return self.key.startswith(MARK)


def letters(text: str) -> str:
    """`text` as it is compared: its letters and digits alone."""
    return "".join(words.runs(text))


def says(name: str, typed: str) -> bool:
    """Whether `name` holds what was typed, word for word: 1 号 is not in 11 号."""
    whole, part = letters(name), letters(typed)
    start = whole.find(part)
    while part and start >= 0:
        end = start + len(part)
        before, after = whole[start - 1 : start], whole[end : end + 1]
        cuts = (before.isdigit() and part[0].isdigit()) or (after.isdigit() and part[-1].isdigit())
        if not cuts:
            return True
        start = whole.find(part, start + 1)
    return False


def is_called(names: Iterable[str], typed: str) -> bool:
    """Whether one of these names is just what was typed."""
    wanted = letters(typed)
    return any(letters(name) == wanted for name in names)


def is_spelt(typed: str) -> bool:
    """Whether it is typed in Latin letters, which the index reads as pinyin."""
    return not words.IS_HAN.search(unicodedata.normalize("NFKC", typed))


def street_of(typed: str) -> str:
    """人民路 of 人民路100号3楼; "" where there is no number in a street."""
    found = IN_A_STREET.fullmatch(letters(typed))
    return found[1] if found else ""


def best(spots: Iterable[Spot], near: Position | None) -> list[Spot]:
    """Those of the best rank, the nearest to `near` first, each place once."""
    every = list(spots)
    first = min((spot.rank for spot in every), default=0)
    kept: list[Spot] = []
    for spot in in_order((spot for spot in every if spot.rank == first), near):
        if all(great_circle_metres(spot.position, each.position) > SAME_METRES for each in kept):
            kept.append(spot)
    return kept


def in_order(spots: Iterable[Spot], near: Position | None) -> list[Spot]:
    """The nearest first; where nobody knows from where, by their divisions."""
    if near is None:
        return sorted(spots, key=lambda spot: (spot.division, spot.name, spot.key))
    return sorted(spots, key=lambda spot: (great_circle_metres(near, spot.position), spot.key))


def within(spots: Iterable[Spot], division: Division) -> list[Spot]:
    """Those that can lie in a division, by how far from its middle they are."""
    middle, reach = point_of(division), REACH_METRES.get(Level(division.level))
    if middle is None or reach is None:
        return list(spots)
    return [spot for spot in spots if great_circle_metres(middle, spot.position) <= reach]


def direction(middle: Position, point: Position) -> str:
    """Where `point` lies as one looks from `middle`: one of `COMPASS`."""
    east = (point.longitude - middle.longitude) * math.cos(math.radians(middle.latitude))
    angle = math.degrees(math.atan2(east, point.latitude - middle.latitude))
    return COMPASS[round(angle / 45) % len(COMPASS)]


def meant(spots: Sequence[Spot], begins_at: Division | None) -> Spot | None:
    """The one that is meant: the only one, or the only one around where somebody is known to be."""
    if len(spots) == 1:
        return spots[0]
    middle = point_of(begins_at)
    reach = AROUND_METRES.get(Level(begins_at.level)) if begins_at else None
    if middle is None or reach is None:
        return None
    around = [spot for spot in spots if great_circle_metres(middle, spot.position) <= reach]
    return around[0] if len(around) == 1 else None


def point_of(division: Division | None) -> Position | None:
    """The point that stands for a division."""
    if division is None or division.longitude is None or division.latitude is None:
        return None
    return Position(division.longitude, division.latitude)
