"""Where to open the next stations: compared with trying every choice there is."""

import itertools
import re

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.core.errors import Conflict, Invalid
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import Place, Siting, SitingState
from niangjia.places.rules import searching, siting
from niangjia.places.rules.siting import Covering
from niangjia.places.rules.siting_words import result_of
from niangjia.places.tests.demand import MONDAY, cell_at, make_county, make_zone, measure, union_at
from niangjia.places.tests.factories import make_draft, make_place

#: Six cells in a row, four sites that overlap: the greedy choice of two is not the best one.
TRAP = Covering([4, 5, 5, 5, 5, 4], [(0, 1, 2), (1, 2, 3, 4), (3, 4, 5), (5,)])


@st.composite
def coverings(draw):
    cells = draw(st.integers(1, 9))
    worth = draw(st.lists(st.integers(0, 30), min_size=cells, max_size=cells))
    reached = st.lists(st.integers(0, cells - 1), max_size=4, unique=True).map(tuple)
    return Covering(worth, draw(st.lists(reached, min_size=1, max_size=8)))


def best(covering, count):
    """The most that any choice of so many is worth."""
    numbers = range(len(covering.reached))
    return max(
        covering.worth_of(chosen)
        for size in range(count + 1)
        for chosen in itertools.combinations(numbers, size)
    )


@settings(max_examples=40, deadline=None)
@given(coverings(), st.integers(1, 4))
def test_it_is_the_best_choice_and_the_bound_is_true(covering, count):
    answer = searching.solve(covering, count, seconds=60)
    assert answer.worth == answer.bound == best(covering, count) == covering.worth_of(answer.chosen)
    assert len(answer.chosen) <= count
    assert list(answer.gains) == sorted(answer.gains, reverse=True)
    greedy = siting.in_order(covering, range(len(covering.reached)), count)
    assert 0.63 * answer.worth <= greedy.worth <= answer.worth


def test_greed_alone_is_a_control_that_falls_short():
    assert siting.in_order(TRAP, range(4), 2).worth == 24
    assert searching.solve(TRAP, 2, seconds=60).worth == 28
    assert searching.solve(TRAP, 2, seconds=60, start=(0, 2)).worth == 28


def test_a_bound_that_is_not_reached_is_said_in_whole_per_cent_rounded_down():
    assert siting.Answer((1,), (969,), 1000).at_least == 96
    assert siting.Answer().at_least == 100


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(119.9, 120.1), st.floats(20, 50)), max_size=20),
    st.floats(10, 3_000),
)
def test_near_cells_are_those_that_measuring_each_finds(points, metres):
    positions = [Position(*point) for point in points]
    positions += [Position(each.longitude + 0.009, each.latitude) for each in positions]
    assert siting.within(positions, positions, metres) == [
        tuple(
            number
            for number, cell in enumerate(positions)
            if great_circle_metres(site, cell) <= metres
        )
        for site in positions
    ]


@pytest.fixture
def world():
    """A county with a station in the west, people in a row, and its officer."""
    county = make_county()
    union = make_union("义乌市总工会", division=county, kind="federation")
    make_place(union, now=MONDAY, hours="Mo-Su 06:00-22:00", **cell_at(0, 0))
    for col, count in ((0, 90), (10, 200), (12, 60), (20, 100), (30, 8)):
        make_zone(county, col, 0, count)
    return make_post(union=union)


def ask(by, stations=2, window="all", who="workers"):
    return services.ask_siting(
        by=by, union=by.union, who=who, window=window, stations=stations, now=MONDAY
    )


@pytest.mark.django_db
class TestAsked:
    """Asked by an officer, worked out in the background."""

    def test_it_opens_where_the_most_are_and_prefers_doors_that_are_there(self, world):
        office = union_at(make_union(parent=world.union, division=world.union.division), 20, 0)
        coming = make_draft(world.union, now=MONDAY, **cell_at(11, 0))
        elsewhere = make_draft(make_union(division=world.union.division), **cell_at(30, 0))
        measure()
        asked = ask(world, stations=10)
        assert services.work_out_siting(siting_id=asked.pk) == SitingState.DONE
        asked.refresh_from_db()
        found = list(asked.proposals.order_by("rank"))
        # Between two cells one door reaches both; by night also the cell of the station is open.
        assert [each.gained for each in found] == [260 * 168, 100 * 168, 90 * 8 * 7, 10 * 168]
        assert [found[0].place, found[1].union] == [coming, office]
        assert elsewhere not in [each.place for each in found]
        assert asked.people == 460
        assert (asked.gained, asked.bound) == (460 * 168 - asked.reached,) * 2
        assert sum(cell[3] * cell[5] for cell in asked.cells) == 460 * 100
        result = result_of(asked, found)
        assert (result.before, result.after, result.at_least) == (60, 460, 100)
        assert result.curve == [13, 69, 91, 97, 100]

    def test_by_night_a_place_that_is_there_could_have_longer_hours(self, world):
        """Before anybody looks for a new door in its cell; one that never closes gains nothing."""
        station = Place.objects.get()
        palace = make_place(
            world.union, now=MONDAY, kind="palace", hours="Mo-Su 09:00-17:00", **cell_at(10, 0)
        )
        make_place(world.union, now=MONDAY, name="通宵驿站", **cell_at(20, 0))
        measure()
        asked = ask(world, window="night", stations=10)
        services.work_out_siting(siting_id=asked.pk)
        asked.refresh_from_db()
        found = list(asked.proposals.order_by("rank"))
        assert [each.place for each in found] == [palace, station, None, None]
        ideas = [each.idea for each in result_of(asked, found).proposals]
        assert ideas == ["inside", "hours", "new", "new"]
        page = officer_client(world).get(f"/desk/places/siting/{asked.pk}/").content.decode()
        assert f"/desk/places/{station.code}/hours/" in page

    def test_by_day_the_station_is_no_gain(self, world):
        measure()
        asked = ask(world, window="day", stations=200)
        services.work_out_siting(siting_id=asked.pk)
        assert asked.proposals.count() == 4
        assert min(each.gained for each in asked.proposals.all()) == 10 * 16 * 7

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [({"stations": 0}, "stations"), ({"stations": 201}, "stations"), ({"who": "x"}, "who")],
    )
    def test_what_nobody_can_work_out_is_refused(self, world, wrong, field):
        measure()
        with pytest.raises(Invalid) as refused:
            ask(world, **wrong)
        assert list(refused.value.fields) == [field]

    def test_where_nobody_is_counted_it_says_so(self, world):
        with pytest.raises(Conflict, match="还没有人数"):
            ask(world)
        measure()
        with pytest.raises(Conflict, match="还没有人数"):
            ask(world, who="residents")

    def test_one_at_a_time_and_called_off_at_once(self, world, monkeypatch):
        measure()
        asked = ask(world)
        with pytest.raises(Conflict):
            ask(world)
        looked = []

        def solve(covering, count, *, seconds, watch, start):
            looked.append(watch(0.1, ()))
            services.stop_siting(by=world, siting=asked, now=MONDAY)
            looked.append(watch(0.2, ()))
            return siting.Answer((0,), (1,), 1, is_stopped=not looked[-1])

        monkeypatch.setattr(searching, "solve", solve)
        assert services.work_out_siting(siting_id=asked.pk) == SitingState.STOPPED
        assert looked == [True, False]
        assert not asked.proposals.exists()
        assert services.work_out_siting(siting_id=asked.pk) == ""
        assert ask(world).pk != asked.pk

    def test_what_is_called_off_in_the_last_moment_stays_so(self, world, monkeypatch):
        measure()
        asked = ask(world)

        def solve(covering, count, **others):
            services.stop_siting(by=world, siting=asked, now=MONDAY)
            return siting.Answer((0,), (1,), 1)

        monkeypatch.setattr(searching, "solve", solve)
        assert services.work_out_siting(siting_id=asked.pk) == SitingState.STOPPED
        assert not asked.proposals.exists()

    def test_it_goes_on_from_the_best_that_was_noted(self, world, monkeypatch):
        measure()
        asked = ask(world)
        begun = []

        def solve(covering, count, *, seconds, watch, start):
            begun.append([covering.worth_of([each]) for each in start])
            if len(begun) == 1:
                watch(5.0, (0, 1))
                raise KeyboardInterrupt  # the worker dies here
            return siting.in_order(covering, start, count)

        monkeypatch.setattr(searching, "solve", solve)
        with pytest.raises(KeyboardInterrupt):
            services.work_out_siting(siting_id=asked.pk)
        asked.refresh_from_db()
        assert (asked.state, 10 < asked.progress < 95) == (SitingState.RUNNING, True)
        assert services.work_out_siting(siting_id=asked.pk) == SitingState.DONE
        assert begun[0] == []
        assert len(begun[1]) == 2

    def test_what_goes_wrong_is_said_and_another_can_be_asked(self, world, monkeypatch):
        measure()
        asked = ask(world)
        monkeypatch.setattr(searching, "solve", lambda *given, **named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.work_out_siting(siting_id=asked.pk)
        asked.refresh_from_db()
        assert asked.state == SitingState.FAILED
        assert ask(world).pk != asked.pk

    def test_an_officer_asks_waits_looks_and_takes_it_along(self, world, django_assert_num_queries):
        measure()
        client = officer_client(world)
        page = client.post(
            "/desk/places/siting/", {"stations": "0", "who": "workers", "window": "x"}
        )
        assert page.status_code == 422
        asked = {"stations": "2", "who": "workers", "window": "night"}
        there = client.post("/desk/places/siting/", asked)["Location"]
        assert "已完成 0%" in client.get(there).content.decode()
        again = client.post("/desk/places/siting/", asked).content.decode()
        assert "已有一个正在计算" in again
        services.work_out_siting(siting_id=there.split("/")[-2])
        with django_assert_num_queries(6):
            page = client.get(there).content.decode()
        assert "至少是理论最好的 100%" in page
        assert page.count("在这里拟一个站点") == 2
        assert client.get("/desk/places/siting/").status_code == 200
        link = re.search(r'href="(/desk/places/new/[^"]*)"', page)[1].replace("&amp;", "&")
        assert 'value="29.2522' in client.get(link).content.decode()
        lines = b"".join(client.get(f"{there}sheet/").streaming_content).decode("utf-8-sig")
        assert len(lines.splitlines()) == 3
        geojson = client.get(f"{there}geojson/").json()
        assert [each["properties"]["rank"] for each in geojson["features"]] == [1, 2]
        assert geojson["features"][0]["geometry"]["coordinates"][0] > 100
        client.post(f"{there}calling-off/")
        assert Siting.objects.get().state == SitingState.DONE

    def test_programs_ask_and_read_as_well(self, world):
        measure()
        client = officer_client(world)
        asked = {"union": world.union.number, "stations": 1}
        made = client.post("/api/v1/desk/sitings", asked, content_type="application/json")
        assert (made.status_code, made.json()["state"]) == (201, "waiting")
        there = f"/api/v1/desk/sitings/{made.json()['id']}"
        assert client.get(there).json()["proposals"] == []
        services.work_out_siting(siting_id=made.json()["id"])
        found = client.get(there).json()
        assert (found["at_least"], len(found["proposals"])) == (100, 1)
        assert client.get("/api/v1/desk/sitings").json()["items"][0]["state"] == "done"
        second = client.post("/api/v1/desk/sitings", asked, content_type="application/json").json()
        ended = client.post(f"/api/v1/desk/sitings/{second['id']}/cancellation")
        assert ended.json()["state"] == "stopped"
        told = Client().get("/api/v1/coverage/330782?window=night").json()
        assert (told["total"], len(told["hours"])) == (460, 168)
        assert Client().get("/api/v1/coverage/330700?who=residents").status_code == 404


def test_a_search_that_is_told_to_stop_stops():
    cells = 400
    many = Covering(
        [1 + n * 7 % 13 for n in range(cells)],
        [tuple((n * 37 + k * k * 11) % cells for k in range(12)) for n in range(cells)],
    )
    answer = searching.solve(many, 25, seconds=600, watch=lambda elapsed, chosen: False)
    assert answer.worth <= answer.bound
    assert answer.is_stopped or answer.worth == answer.bound


def test_without_time_the_bound_is_true_all_the_same():
    answer = searching.solve(TRAP, 2, seconds=0)
    assert 24 <= answer.worth <= 28 <= answer.bound
