"""Walks along streets: a river with one bridge is near by air and far on foot."""

import datetime as dt
import itertools

import numpy as np
import osmium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.core.errors import Invalid
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import DemandCell, StreetMap, StreetTile, WalkReach
from niangjia.places.rules import street_graph, walks
from niangjia.places.rules.streets import is_open_on_foot
from niangjia.places.services.walks import stations_left, work_out_walks
from niangjia.places.tests.demand import MONDAY, cell_at, make_county, make_zone, measure
from niangjia.places.tests.factories import make_place
from niangjia.places.tests.streets import BRIDGE, EAST_BANK, TOWN, WEST_BANK, load_town


@pytest.mark.parametrize(
    ("tags", "is_open"),
    [
        ({"highway": "steps"}, True),
        ({"highway": "trunk"}, True),
        ({"highway": "trunk", "motorroad": "yes"}, False),
        ({"highway": "motorway"}, False),
        ({"highway": "motorway", "foot": "designated"}, True),
        ({"highway": "service", "access": "private"}, False),
        ({"highway": "service", "access": "private", "foot": "yes"}, True),
        ({"highway": "cycleway", "foot": "no"}, False),
        ({"highway": "primary", "foot": "use_sidepath"}, False),
        ({"highway": "construction"}, False),
        ({"railway": "rail"}, False),
    ],
)
def test_ways_are_open_on_foot_by_their_tags(tags, is_open):
    assert is_open_on_foot(tags) is is_open


@st.composite
def towns(draw):
    """Ways over the crossings of a grid, some 90 to 250 metres apart; straight pieces between. The
    grid is a little bent: no three lie in one line, so that no street runs over another's end."""
    crossings = st.tuples(st.integers(0, 4), st.integers(0, 4))
    return draw(st.lists(st.lists(crossings, min_size=2, max_size=5), min_size=1, max_size=7))


def at(crossing):
    x, y = crossing
    return Position(120 + x * 0.0025 + y * y * 0.00004, 29.25 + y * 0.0008 + x * x * 0.00003)


def floyd_warshall(ways, crossings):
    """How far it is from each crossing to each, along the ways as they are written."""
    number = {crossing: n for n, crossing in enumerate(crossings)}
    metres = np.full((len(number), len(number)), np.inf)
    np.fill_diagonal(metres, 0.0)
    for way in ways:
        for one, other in itertools.pairwise(way):
            pair = number[one], number[other]
            far = min(metres[pair], great_circle_metres(at(one), at(other)))
            metres[pair] = metres[pair[::-1]] = far
    for n in range(len(number)):
        metres = np.minimum(metres, metres[:, [n]] + metres[[n], :])
    return metres


@settings(max_examples=60, deadline=None)
@given(towns(), st.floats(100, 1_500))
def test_the_compact_graph_knows_the_same_distances_as_the_ways(ways, limit):
    crossings = sorted({each for way in ways for each in way})
    rows = [
        (crossings.index(each) + 1, *at_units(each), number)
        for number, way in enumerate(ways)
        for each in way
    ]
    refs, x, y, numbers = map(np.array, zip(*rows, strict=True))
    plain = np.zeros(len(ways), np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(street_graph, "ISLAND_METRES", 0.0)
        edges = street_graph.compact(street_graph.Ways(refs, x, y, numbers, plain, plain))
    if not len(edges):
        return
    expected = floyd_warshall(ways, crossings)
    # What leads nowhere is no street; crossings that are no point of the net are no ends of walks.
    at_ends = {each for way in ways for each in (way[0], way[-1])}
    ends = [
        n
        for n, crossing in enumerate(crossings)
        if crossing in at_ends and np.isfinite(expected[n]).sum() > 1
    ]
    points = [at(crossings[n]) for n in ends]
    found = street_graph.Streets(edges).reach(points, points, limit)
    for start, reached in zip(ends, found, strict=True):
        for number, goal in enumerate(ends):
            # A plane is laid over the town, and points lie on a raster of a centimetre.
            if abs(expected[start, goal] - limit) > 2:
                assert (number in reached) == (expected[start, goal] < limit)


def at_units(crossing):
    point = at(crossing)
    return round(point.longitude * 10_000_000), round(point.latitude * 10_000_000)


@pytest.mark.django_db
class TestTown:
    """A station on the west bank; people in a row of cells on both."""

    COLS = (-1, 0, 1, 2)

    @pytest.fixture
    def officer(self):
        county = make_county()
        union = make_union("义乌市总工会", division=county, kind="federation")
        make_place(union, now=MONDAY, hours="24/7", **cell_at(1, 0))
        for col in self.COLS:
            make_zone(county, col, 0, 50)
        return make_post(union=union)

    def reached(self):
        """The columns of the cells that the station reaches."""
        measure()
        found = DemandCell.objects.order_by("longitude")
        assert found.count() == len(self.COLS)
        return [
            col for col, cell in zip(self.COLS, found, strict=True) if set(cell.covered) == {"1"}
        ]

    def test_one_bridge_makes_the_near_far_and_a_straight_street_the_far_near(
        self, officer, tmp_path, django_assert_num_queries
    ):
        page = "/desk/places/coverage/"
        client = officer_client(officer)
        assert self.reached() == [0, 1, 2]
        assert "按直线距离" in client.get(page).content.decode()
        town = load_town(tmp_path)
        assert (town.ways, town.kilometres) == (5, 8)
        assert self.reached() == [-1, 0, 1]
        with django_assert_num_queries(14):
            text = client.get(page).content.decode()
        assert "沿街道" in text
        assert "OpenStreetMap" in text
        told = client.get("/api/v1/coverage/330782").json()
        assert (told["stations"], told["along_streets"]) == (1, 1)
        assert told["attribution"] == "© OpenStreetMap contributors"
        # Another bridge right here, loaded in place of the old streets.
        bridge = ([(WEST_BANK, 29.25225), (EAST_BANK, 29.25225)], {"highway": "footway"})
        load_town(tmp_path, (*TOWN, bridge))
        assert StreetMap.objects.count() == 1
        assert self.reached() == [-1, 0, 1, 2]

    def test_where_no_street_is_near_the_straight_line_counts(self, officer, tmp_path):
        north = [([(x, y + 0.02) for x, y in points], tags) for points, tags in TOWN]
        load_town(tmp_path, north)
        assert self.reached() == [0, 1, 2]
        assert WalkReach.objects.get().cells is None

    def test_the_next_station_stands_on_the_other_bank(self, officer, tmp_path):
        measure()
        asked = self.sited(officer)
        # By air nothing is missed but the cell in the west.
        assert [each.gained for each in asked.proposals.all()] == [50 * 168]
        asked.delete()
        load_town(tmp_path)
        measure()
        asked = self.sited(officer)
        (only,) = asked.proposals.all()
        assert (only.longitude > EAST_BANK, only.gained) == (True, 50 * 168)
        assert (asked.walked, asked.candidates) == (4, 4)
        client = officer_client(officer)
        assert "沿街道" in client.get(f"/desk/places/siting/{asked.pk}/").content.decode()
        geojson = client.get(f"/desk/places/siting/{asked.pk}/geojson/").json()
        assert "OpenStreetMap" in geojson["attribution"]
        StreetMap.objects.update(is_made_up=True)
        told = client.get(f"/api/v1/desk/sitings/{asked.pk}").json()
        assert (told["along_streets"], told["attribution"]) == (4, "")
        page = client.get(f"/desk/places/siting/{asked.pk}/").content.decode()
        assert ("沿街道" in page, "OpenStreetMap" in page) == (True, False)

    def sited(self, officer):
        asked = services.ask_siting(
            by=officer, union=officer.union, who="workers", window="all", stations=3, now=MONDAY
        )
        services.work_out_siting(siting_id=asked.pk)
        asked.refresh_from_db()
        return asked

    def test_walks_are_worked_out_once_and_go_on_where_they_were_interrupted(
        self, officer, tmp_path
    ):
        make_place(officer.union, now=MONDAY, longitude=WEST_BANK, latitude=BRIDGE)
        load_town(tmp_path)
        left = stations_left()
        assert len(left) == 2
        told = []

        def once(done, total):
            told.append((done, total))
            return False

        work_out_walks(left, watch=once)
        assert told == [(1, 2)]
        assert len(stations_left()) == 1
        work_out_walks(left, watch=once)
        assert (told[-1], stations_left()) == ((1, 1), [])
        StreetTile.objects.all().delete()
        work_out_walks([Position(120.0, 29.3)])
        assert WalkReach.objects.count() == 2

    def test_streets_loaded_meanwhile_count_from_then_on(self, officer, tmp_path):
        make_place(officer.union, now=MONDAY, longitude=WEST_BANK, latitude=BRIDGE)
        load_town(tmp_path)
        running = services.ask_measurement(recounts=True, now=MONDAY)
        assert services.measure_next(measurement_id=running.pk, now=MONDAY)
        again = services.ask_measurement(recounts=False, again=True, now=MONDAY)
        assert (again.pk, again.done) == (running.pk, [])
        WalkReach.objects.all().delete()
        far = [([(x, y + 1) for x, y in points], tags) for points, tags in TOWN]

        def others_load(done, total):
            return done == total or bool(load_town(tmp_path, far))

        work_out_walks(stations_left(), watch=others_load)
        # The first of the two is forgotten; around the second there is no street any more.
        assert WalkReach.objects.get().cells is None


@pytest.mark.django_db
def test_what_is_no_extract_is_refused_and_leaves_what_was_there(tmp_path):
    load_town(tmp_path)
    torn = tmp_path / "torn.osm"
    torn.write_bytes((tmp_path / "town.osm").read_bytes()[:1_000])
    for path in (torn, tmp_path / "missing.osm.pbf", __file__):
        with pytest.raises(Invalid, match=str(path)):
            services.load_streets(path=path, name="town", now=MONDAY)
    with pytest.raises(Invalid, match="步行"):
        load_town(tmp_path, [TOWN[5]])
    assert StreetTile.objects.exists()


@pytest.mark.django_db
def test_as_extracts_are_packed_and_dated_it_is_the_same(tmp_path):
    plain = load_town(tmp_path)
    tiles = list(StreetTile.objects.order_by("col", "line").values_list("edges", flat=True))
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2026-11-22T20:21:00Z")
    packed = tmp_path / "town.osm.pbf"
    with osmium.SimpleWriter(str(packed), header=header) as writer:
        for each in osmium.FileProcessor(str(tmp_path / "town.osm")):
            writer.add(each)
    made = services.load_streets(path=packed, name="packed", now=MONDAY)
    assert (made.ways, made.kilometres) == (plain.ways, plain.kilometres)
    assert made.data_at == dt.datetime(2026, 11, 22, 20, 21, tzinfo=dt.UTC)
    assert plain.data_at is None
    again = made.tiles.order_by("col", "line").values_list("edges", flat=True)
    assert list(map(bytes, again)) == list(map(bytes, tiles))


def test_a_cell_has_one_key_and_one_middle():
    cells = walks.cells_around(walks.square_of(Position(120.0, 29.25)))
    assert len({walks.key_of(cell) for cell in cells}) == len(cells)
    for cell in cells:
        assert walks.cell_at(walks.middle_of(cell), 500 * cell[0]) == cell
