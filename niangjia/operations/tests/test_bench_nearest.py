"""The bench of the nearest asks what the search asks, of places like those there are."""

import json

import pytest

from niangjia.core import clock
from niangjia.operations.bench import bare, nearest, place_rows
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
