"""The bench of the nearest asks what the search asks, of places like those there are."""

import json
import tempfile
from pathlib import Path

import pytest

from niangjia.core import clock
from niangjia.operations.bench import Result, bare, nearest, place_rows, postgis
from niangjia.operations.bench.load import Measured
from niangjia.operations.postgres.programs import account_for
from niangjia.organisations.tests.factories import make_division, make_root
from niangjia.places import services
from niangjia.places.models import Place, PlaceSearch

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    make_root()
    make_division()
    place_rows.copy(60, lambda done, total: None)
    services.refresh_openings(now=clock.now())


def test_what_is_copied_in_is_what_the_services_write(places):
    copied = {
        row["place_id"]: row
        for row in PlaceSearch.objects.values("place_id", "offers", "at_night", "easting")
    }
    services.index_places(list(Place.objects.values_list("pk", flat=True)), now=clock.now())
    written = PlaceSearch.objects.values("place_id", "offers", "at_night", "easting")
    assert len(copied) == 60
    assert all(copied[row["place_id"]] == row for row in written)


def test_the_statements_are_those_of_the_search_and_travel_as_text(places):
    asked, _circles = nearest.questions(
        nearest.standing(), ["water"], nearest.moment(at_night=False)
    )
    assert asked
    assert json.loads(json.dumps(asked))
    for [(sql, values)] in asked:
        assert "places_placesearch" in sql
        assert isinstance(values["now"], str)


def test_servers_of_debian_are_found_the_newest_first(tmp_path, monkeypatch):
    monkeypatch.setattr(postgis.shutil, "which", lambda name: None)
    for version in ("9.6", "13", "15", "16", "17", "common"):
        programs = tmp_path / version / "bin"
        programs.mkdir(parents=True)
        for name in ("initdb", "pg_ctl")[: 1 if version == "16" else 2]:
            (programs / name).touch()
    assert [each.parent.name for each in postgis.servers(tmp_path)] == ["17", "15"]


def test_a_server_without_postgis_is_no_yardstick_and_nothing_of_it_stays(monkeypatch):
    """Ours stands for Debian's: it is started, asked, and found to know no PostGIS."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        programs = Path(account_for(home).server_program("initdb")).parent
        monkeypatch.setattr(postgis, "servers", lambda: [programs])
        with postgis.opened(home, []) as url:
            assert url is None
        assert list(home.iterdir()) == []


def test_only_the_question_that_is_aimed_at_has_ratios():
    result = Result("nearest", [])
    ours, index, other = (Measured(1.0, [1.0] * n, {}) for n in (30, 60, 20))
    nearest.write(result, "shower", ours, [index, other], 0.0)
    assert (result.rows[0][4:], result.ratios) == (["0.50", "1.50", "0%"], {})
    nearest.write(result, nearest.AIMED, ours, [index], 0.25)
    assert result.rows[1][4:] == ["0.50", "", "25%"]
    assert result.ratios == {"nearest.over_bare_index": 0.5}
    nearest.write(result, nearest.AIMED, ours, [index, other], 0.0)
    assert result.ratios["nearest.over_postgis"] == 1.5


def test_both_kinds_of_statements_are_said():
    said = []

    class Connection:
        def execute(self, sql, values=None, *, prepare):
            said.append((sql, values, prepare))
            return self

        def fetchall(self):
            return []

    bare.say(Connection(), "SELECT 1")
    bare.say(Connection(), ["SELECT %(n)s", {"n": 1}])
    assert said == [(b"SELECT 1", None, False), (b"SELECT %(n)s", {"n": 1}, True)]
