"""The demonstration's streets: made up, and in the way of whoever walks straight."""

import itertools

import pytest

from niangjia.operations.demo import streets
from niangjia.places.models import StreetMap


def test_nobody_crosses_the_river_but_by_a_bridge():
    crossings = {streets.at(each): each for each in streets.crossings()}
    crossed = {
        street_of(crossings[one], crossings[other]) % every == 0
        for points, _tags in streets.ways()
        for one, other in itertools.pairwise(points)
        for pieces, every in streets.BARRIERS
        if any(streets.cross(one, other, *piece) for piece in pieces)
    }
    assert crossed == {True}


def street_of(one, other):
    return one[1] if one[1] == other[1] else one[0]


@pytest.mark.django_db
def test_they_are_loaded_once_and_say_that_they_are_made_up():
    for _again in range(2):
        streets.load(progress=lambda done, total: None)
    made = StreetMap.objects.get()
    assert (made.is_made_up, "虚构" in made.name) == (True, True)
    assert made.kilometres > 1_000
