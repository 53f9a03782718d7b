"""What may be one place: by distance and kind, or by distance and name; nothing else."""

import math

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from niangjia.organisations.rules.positions import Position
from niangjia.places.rules.likeness import DOOR_METRES, NAME_METRES, Known, find_likes
from niangjia.places.rules.names import sound_alike

METRES = 1 / 111_195
#: Anywhere in China.
HERE = st.builds(Position, st.floats(73.5, 135.0), st.floats(18.2, 53.5))
NAMES = ("江滨路工会驿站", "雪峰西路司机之家", "工人文化宫")
KINDS = ("station", "palace")


def away(point: Position, metres: float, bearing: float) -> Position:
    """So many metres off, as the earth is round."""
    north = metres * math.cos(bearing) * METRES
    east = metres * math.sin(bearing) * METRES / math.cos(math.radians(point.latitude))
    return Position(point.longitude + east, point.latitude + north)


@settings(max_examples=150)
@given(
    here=HERE,
    others=st.lists(
        st.tuples(
            st.floats(0, 600), st.floats(0, 6.28), st.sampled_from(NAMES), st.sampled_from(KINDS)
        ),
        max_size=6,
    ),
)
def test_one_door_or_one_name_nearby_and_nothing_else_the_nearest_first(here, others):
    # A step of half a metre at the border is nobody's business.
    assume(all(min(abs(m - DOOR_METRES), abs(m - NAME_METRES)) > 0.5 for m, *_rest in others))
    known = [
        Known(str(n), kind, name, away(here, metres, bearing))
        for n, (metres, bearing, name, kind) in enumerate(others)
    ]
    found = find_likes(KINDS[0], NAMES[0], here, known)
    wanted = {
        str(n)
        for n, (metres, _bearing, name, kind) in enumerate(others)
        if (metres <= DOOR_METRES and kind == KINDS[0])
        or (metres <= NAME_METRES and name == NAMES[0])
    }
    assert {each.known.key for each in found} == wanted
    assert [each.metres for each in found] == sorted(each.metres for each in found)


@settings(max_examples=80)
@given(here=HERE, metres=st.floats(0, NAME_METRES - 1), bearing=st.floats(0, 6.28))
def test_whether_two_are_alike_does_not_depend_on_which_was_there_first(here, metres, bearing):
    there = away(here, metres, bearing)
    one = find_likes(
        "station", "江滨路驿站", here, [Known("a", "station", "江滨路工会驿站", there)]
    )
    other = find_likes(
        "station", "江滨路工会驿站", there, [Known("b", "station", "江滨路驿站", here)]
    )
    assert bool(one) == bool(other)
    assert not any(sound_alike(NAMES[0], name) for name in NAMES[1:])
