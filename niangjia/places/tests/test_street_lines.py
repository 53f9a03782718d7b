"""The streets that lie under every map: all of a tile, each once, and whose they are."""

import gzip
import importlib
import json
import struct
import zlib
from itertools import pairwise

import pytest
from django.apps import apps

from niangjia.core import clock
from niangjia.places import services
from niangjia.places.models import StreetSquare, StreetTile
from niangjia.places.rules import street_graph, street_lines
from niangjia.places.tests.streets import TOWN, load_town

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


def lines(drawn):
    """The lines of all streets of a tile."""
    return [line for street in drawn["streets"] for line in street["lines"]]


def test_every_piece_of_a_tile_is_drawn_once_and_credited(client, tmp_path):
    load_town(tmp_path)
    tiles = list(StreetTile.objects.all())
    assert tiles
    for tile in tiles:
        answer = fetch(client, tile)
        drawn = answer.json()
        assert sorted(map(sorted, steps(lines(drawn)))) == sorted(map(sorted, pieces(tile)))
        assert len(lines(drawn)) == 1 or len(lines(drawn)) < len(pieces(tile)) / 2
        assert (drawn["is_osm"], drawn["is_made_up"]) == (True, False)
        assert answer["Cache-Control"] == "public, max-age=86400"


def test_what_two_extracts_have_is_drawn_once_and_made_up_streets_are_called_so(client, tmp_path):
    load_town(tmp_path)
    tile = StreetTile.objects.first()
    once = steps(lines(fetch(client, tile).json()))
    services.load_streets(
        path=tmp_path / "town.osm", name="again", now=clock.now(), is_made_up=True
    )
    twice = fetch(client, tile).json()
    assert sorted(map(sorted, steps(lines(twice)))) == sorted(map(sorted, once))
    assert (twice["is_osm"], twice["is_made_up"]) == (True, True)


def test_where_no_streets_are_known_nothing_is_drawn(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/streets/2400/600/")
    assert answer.json() == {"streets": [], "is_osm": False, "is_made_up": False}


def test_a_ring_and_a_crossing_are_whole_lines():
    piece = street_lines.PIECE.pack
    ring = [(1, 2, 0, 0, 100, 0), (2, 3, 100, 0, 100, 100), (3, 1, 100, 100, 0, 0)]
    side = [(2, 4, 100, 0, 300, 0), (5, 2, -200, 0, 100, 0)]
    kept = b"".join(piece(*each, 1.0, 0, 0) for each in ring + side)
    [street] = street_lines.streets_of([street_lines.Kept(kept, [], False)], 0, 0)
    assert (street["name"], street["size"]) == ("", 0)
    assert len(steps(street["lines"])) == 5


def test_each_tile_knows_what_its_own_streets_are_called(client, tmp_path):
    west, east, *others = TOWN
    main = {"highway": "primary", "name": "江西路;G1"}
    load_town(
        tmp_path,
        [(west[0], main), (east[0], east[1] | {"name": "East", "name:zh": "江东路"}), *others],
    )
    found = {}
    for tile in StreetTile.objects.all():
        drawn = fetch(client, tile).json()["streets"]
        assert sorted(tile.names) == sorted({each["name"] for each in drawn} - {""})
        for each in drawn:
            found.setdefault((each["name"], each["size"]), []).extend(steps(each["lines"]))
    assert found.keys() == {("江西路", 2), ("江东路", 0), ("", 0)}
    # Each bank is three kilometres long, in pieces of about 100 metres.
    assert 20 < len(found["江西路", 2]) == len(found["江东路", 0]) < 40


def test_what_was_loaded_before_is_widened_and_drawn(client, tmp_path):
    load_town(tmp_path)
    before = {tile: fetch(client, tile).json() for tile in StreetTile.objects.all()}
    narrow = [field for field in street_graph.EDGE.names if field not in {"name", "size"}]
    old = struct.Struct("<qqiiiif")
    for tile in before:
        kept = street_graph.unpacked(zlib.decompress(tile.edges))[narrow]
        tile.edges = zlib.compress(b"".join(old.pack(*piece.tolist()) for piece in kept))
        tile.save()
    StreetSquare.objects.all().delete()
    for name, change in (("0023_names_of_streets", "widen"), ("0024_squares_to_draw", "draw")):
        migration = importlib.import_module(f"niangjia.places.migrations.{name}")
        getattr(migration, change)(apps, None)
    assert {tile: fetch(client, tile).json() for tile in before} == before


def test_a_square_is_sent_as_it_lies_there_and_once(client, tmp_path):
    load_town(tmp_path)
    tile = StreetTile.objects.first()
    address = f"/streets/{tile.col}/{tile.line}/"
    answer = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert json.loads(gzip.decompress(answer.content)) == fetch(client, tile).json()
    again = {"Accept-Encoding": "gzip", "If-None-Match": answer["ETag"]}
    assert client.get(address, headers=again).status_code == 304


def test_loaded_elsewhere_its_streets_leave_the_maps(client, tmp_path):
    load_town(tmp_path)
    before = list(StreetTile.objects.all())
    away = [([(lon + 1, lat) for lon, lat in points], tags) for points, tags in TOWN]
    load_town(tmp_path, away)
    assert [fetch(client, tile).json()["streets"] for tile in before] == [[]] * len(before)
    assert all(fetch(client, tile).json()["streets"] for tile in StreetTile.objects.all())
