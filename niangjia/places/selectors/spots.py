"""What words mean on the map that name no division: places of ours and their addresses, what has a
name in the extracts of OpenStreetMap that are loaded, and unions. See docs/adr/0162.

Only what is public anyway is looked at: places on the map, names of streets and of what the public
goes to, unions as everybody finds them. No member's address is within reach of it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from niangjia.core import ids
from niangjia.core.prepared import Asked, together
from niangjia.organisations.models import UnionSearch
from niangjia.organisations.rules import search_queries
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.selectors import search_nearest
from niangjia.organisations.selectors.search_nearest import Seen
from niangjia.places.models import Landmark, LandmarkSort, Place, State
from niangjia.places.rules import spots as rules
from niangjia.places.rules.finding import MIDDLE, tsquery
from niangjia.places.rules.spots import Spot
from niangjia.regions import selectors as regions
from niangjia.regions.models import Division, Level

#: So many that hold the words are looked at, those called just so and then the nearest first.
MOST_LOOKED_AT = 60
MOST_UNIONS = 8
FLAT = """
    power(latitude - %(latitude)s, 2) + power((longitude - %(longitude)s) * %(shrink)s, 2)
"""
LANDMARKS = f"""
    SELECT mark.id, mark.name, mark.also, mark.sort, mark.longitude, mark.latitude,
        mark.division_id, map.is_made_up
    FROM (
        SELECT * FROM places_landmark WHERE tokens @@ %(query)s::tsquery
        ORDER BY name <> %(typed)s, {FLAT}, id LIMIT %(limit)s
    ) AS mark JOIN places_streetmap AS map ON map.id = mark.map_id
"""  # noqa: S608 - texts of ours, no values
PLACES = f"""
    SELECT place.code, place.name, place.address, place.longitude, place.latitude,
        place.division_id
    FROM (
        SELECT place_id FROM places_placesearch WHERE tokens @@ %(query)s::tsquery
        ORDER BY {FLAT}, place_id LIMIT %(limit)s
    ) AS entry JOIN places_place AS place ON place.id = entry.place_id
"""  # noqa: S608


@dataclass(frozen=True)
class Reading:
    """What an address comes to. `spot` or `division` is where to look from, neither where several
    may be meant and nobody knows which: `spots` and `divisions` are the others it may be.
    `is_rough`: more was typed than the division's name, and nothing there goes by it."""

    spot: Spot | None = None
    division: Division | None = None
    spots: list[Spot] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    is_rough: bool = False


def read_address(typed: str, begins_at: Division | None) -> Reading:
    """Where `typed` is. `begins_at`: where somebody is known to be, so that of several the one
    around there is meant. At most a dozen queries, mostly three."""
    match = regions.match_address(typed)
    division, others = match.division, match.alternatives[: rules.MOST_CHOICES]
    rest = regions.beyond_division(typed, division) if division else None
    if division and rest == "" and is_plainly_division(typed, division):
        return Reading(division=division, divisions=others)
    inside = division if rest and not others else None
    found = look_for(rest, inside, begins_at) if rest and inside else []
    found = found or look_for(typed, None, begins_at)
    if not found:
        return Reading(
            division=division, divisions=others, is_rough=rest != "" and division is not None
        )
    # A township's short name may be a street's as well: 人民路街道.
    divisions = [division, *others] if division and rest == "" else []
    spot = rules.meant(found, inside or begins_at) if not divisions else None
    spots = [each for each in found if each != spot]
    return Reading(spot=spot, spots=spots[: rules.MOST_CHOICES], divisions=divisions)


def is_plainly_division(typed: str, division: Division) -> bool:
    """Whether nothing but a division can be meant: a county and what is above by any of its names,
    a township by its whole name."""
    return division.level < Level.TOWNSHIP or rules.letters(typed).endswith(division.name)


def look_for(typed: str, inside: Division | None, begins_at: Division | None) -> list[Spot]:
    """What goes by just these words, the best sort of it and the nearest first: in `inside`, else
    anywhere; the whole street where nothing is known of a number in it."""
    near = rules.point_of(inside or begins_at)
    for words in dict.fromkeys([typed, rules.street_of(typed)]):
        if len(rules.letters(words)) < rules.SHORTEST:
            continue
        found = list(asked(words, near))
        if inside is not None:
            found = rules.within(found, inside)
        if words != typed:
            # What stands somewhere in the street is not at the number.
            found = [replace(spot, is_exact=False) for spot in found]
        if found:
            return rules.best(found, near)
    found = list(unions(typed, near)) if len(rules.letters(typed)) >= rules.SHORTEST else []
    return rules.best(rules.within(found, inside) if inside else found, near)


def asked(typed: str, near: Position | None) -> Iterator[Spot]:
    """Landmarks and places that hold the words. Two queries on one trip."""
    query, from_ = tsquery(typed), near or MIDDLE
    if not query:
        return
    values = {
        "query": query,
        "typed": typed,
        "longitude": from_.longitude,
        "latitude": from_.latitude,
        "shrink": math.cos(math.radians(from_.latitude)),
        "limit": MOST_LOOKED_AT,
    }
    marks, places = together(Asked(LANDMARKS, values), Asked(PLACES, values))  # type: ignore[arg-type]
    yield from (spot for row in marks if (spot := landmark(typed, *row)))
    yield from (spot for row in places if (spot := place(typed, *row)))


def landmark(typed: str, *row: Any) -> Spot | None:
    """A landmark, if one of its names holds the words. A bus stop is often called after what
    stands beside it, so it is the last that is meant."""
    spot, sort, names = landmark_of(*row)
    if not (rules.is_spelt(typed) or any(rules.says(each, typed) for each in names)):
        return None
    last = sort == LandmarkSort.STOP
    return replace(spot, rank=4 if last else 0 if rules.is_called(names, typed) else 1)


def landmark_of(*row: Any) -> tuple[Spot, str, list[str]]:
    """A row of `LANDMARKS` as a spot, its sort and all its names."""
    mark_id, name, also, sort, longitude, latitude, division, is_made_up = row
    spot = Spot(
        f"{rules.MARK}{mark_id}",
        name,
        Position(longitude, latitude),
        division or "",
        is_exact=sort != LandmarkSort.STREET,
        is_osm=not is_made_up,
    )
    return spot, sort, [name, *also.split("\n")]


def place(typed: str, *row: Any) -> Spot | None:
    """A place of ours, if its name or address holds the words. Somewhere in the street it is only
    near what was meant."""
    code, name, address, longitude, latitude, division = row
    is_named = rules.is_spelt(typed) or rules.says(name, typed)
    if not (is_named or rules.says(address, typed)):
        return None
    is_exact = is_named or bool(rules.street_of(typed)) or rules.is_called([address], typed)
    return Spot(
        f"{rules.PLACE}{code}",
        name if is_named else f"{address}({name})",
        Position(longitude, latitude),
        division,
        rank=0 if is_exact and (not is_named or rules.is_called([name], typed)) else 2,
        is_exact=is_exact,
    )


def unions(typed: str, near: Position | None) -> Iterator[Spot]:
    """Unions whose name, or whose employers' or trade, holds the words: their points are those of
    their townships or counties. At most three queries."""
    query = replace(search_queries.parse(typed), loose="")
    found, _next = search_nearest.find(query, near=near or MIDDLE, after=Seen(), size=MOST_UNIONS)
    for each in found:
        if each.longitude is not None and each.latitude is not None:
            at = Position(each.longitude, each.latitude)
            key = f"{rules.UNION}{each.number}"
            yield Spot(key, each.name, at, district=each.place, rank=3, is_exact=False)


def find_spot(key: str) -> Spot | None:
    """What a key of a choice leads to, if it is still there. One query."""
    kind, dash, rest = key.partition("-")
    finders = {rules.MARK: find_landmark, rules.PLACE: find_place, rules.UNION: find_union}
    finder = finders.get(kind + dash)
    return finder(rest) if finder else None


def find_landmark(mark_id: str) -> Spot | None:
    wanted = ids.parse_uuid(mark_id)
    found = Landmark.objects.select_related("map").filter(pk=wanted).first() if wanted else None
    if found is None:
        return None
    at = (found.longitude, found.latitude, found.division_id, found.map.is_made_up)
    return landmark_of(found.pk, found.name, found.also, found.sort, *at)[0]


def find_place(code: str) -> Spot | None:
    found = Place.objects.filter(code=code, state=State.PUBLISHED).first()
    if found is None:
        return None
    at = Position(found.longitude, found.latitude)
    return Spot(f"{rules.PLACE}{code}", found.name, at, found.division_id)


def find_union(number: str) -> Spot | None:
    found = UnionSearch.objects.select_related("union").filter(union__number=number).first()
    if found is None or found.longitude is None or found.latitude is None:
        return None
    at = Position(found.longitude, found.latitude)
    key = f"{rules.UNION}{number}"
    return Spot(key, str(found.union), at, district=found.place, is_exact=False)
