"""The streets that lie under every map: all of a tile, each once, and whose they are."""

import zlib
from itertools import pairwise

import pytest

from niangjia.core import clock
from niangjia.places import services
from niangjia.places.models import StreetTile
from niangjia.places.rules import street_graph, street_lines
from niangjia.places.tests.streets import load_town

pytestmark = pytest.mark.django_db


def steps(lines):
    """From where to where each step of the lines leads, whichever way round."""
    found = []
    for x, y, *rest in lines:
        points = [(x, y)]
        for east, north in zip(rest[::2], rest[1::2], strict=True):
            points.append((points[-1][0] + east, points[-1][1] + north))
        found += [frozenset(pair) for pair in pairwise(points)]
    return found


def pieces(tile):
    """The same of the pieces as they are kept."""
    corner = round(tile.col * 0.05 * 100_000), round(tile.line * 0.05 * 100_000)
    return [
        frozenset(
            (round(piece[f"{end}x"] / 100) - corner[0], round(piece[f"{end}y"] / 100) - corner[1])
            for end in "ab"
        )
        for piece in street_graph.unpacked(zlib.decompress(tile.edges))
    ]


def fetch(client, tile):
    return client.get(f"/streets/{tile.col}/{tile.line}/")


def test_every_piece_of_a_tile_is_drawn_once_and_credited(client, tmp_path):
    load_town(tmp_path)
    tiles = list(StreetTile.objects.all())
    assert tiles
    for tile in tiles:
        answer = fetch(client, tile)
        drawn = answer.json()
        assert sorted(map(sorted, steps(drawn["lines"]))) == sorted(map(sorted, pieces(tile)))
        assert len(drawn["lines"]) == 1 or len(drawn["lines"]) < len(pieces(tile)) / 2
        assert (drawn["is_osm"], drawn["is_made_up"]) == (True, False)
        assert answer["Cache-Control"] == "public, max-age=86400"


def test_what_two_extracts_have_is_drawn_once_and_made_up_streets_are_called_so(client, tmp_path):
    load_town(tmp_path)
    tile = StreetTile.objects.first()
    once = steps(fetch(client, tile).json()["lines"])
    services.load_streets(
        path=tmp_path / "town.osm", name="again", now=clock.now(), is_made_up=True
    )
    twice = fetch(client, tile).json()
    assert sorted(map(sorted, steps(twice["lines"]))) == sorted(map(sorted, once))
    assert (twice["is_osm"], twice["is_made_up"]) == (True, True)


def test_where_no_streets_are_known_nothing_is_drawn(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/streets/2400/600/")
    assert answer.json() == {"lines": [], "is_osm": False, "is_made_up": False}


def test_a_ring_and_a_crossing_are_whole_lines():
    piece = street_lines.PIECE.pack
    ring = [(1, 2, 0, 0, 100, 0), (2, 3, 100, 0, 100, 100), (3, 1, 100, 100, 0, 0)]
    side = [(2, 4, 100, 0, 300, 0), (5, 2, -200, 0, 100, 0)]
    kept = b"".join(piece(*each, 1.0) for each in ring + side)
    assert len(steps(street_lines.lines_of([kept], 0, 0))) == 5
