"""Whatever the pages can do, the operations can."""

import json

import pytest

from niangjia.organisations.tests.factories import make_union
from niangjia.places.models import Report
from niangjia.places.tests.factories import make_draft, make_place

pytestmark = pytest.mark.django_db


def test_the_nearest_and_one_of_them(client):
    place = make_place(make_union())
    near = f"{place.latitude},{place.longitude}"
    [found] = client.get(f"/api/v1/places?near={near}&need=water").json()["items"]
    assert (found["code"], round(found["metres"]), found["minutes"]) == (place.code, 0, 1)
    assert found["open_until"]
    shown = client.get(f"/api/v1/places/{place.code}").json()
    assert (shown["name"], len(shown["days"]), shown["is_said_shut"]) == (place.name, 7, False)


def test_how_far_it_is_counts_from_where_somebody_is_and_from_nowhere_else(client):
    place = make_place(make_union())
    for asked, somewhere, exact in (
        (f"near={place.latitude},{place.longitude}", True, True),
        (f"division={place.division_id}", True, False),
        (f"q={place.name}", False, False),
    ):
        [found] = client.get(f"/api/v1/places?{asked}").json()["items"]
        assert (found["metres"] is not None, found["minutes"] is not None) == (somewhere, exact)


@pytest.mark.parametrize(
    "asked", ["", "near=120.07,29.3", "near=x", "near=29,120&need=x", "division=1", "q=" + "x" * 99]
)
def test_what_cannot_be_asked_is_refused_by_field(client, asked):
    response = client.get(f"/api/v1/places?{asked}")
    assert response.status_code == 422
    assert response.json()["errors"]


def test_saying_how_one_found_it(client):
    place = make_place(make_union())
    for body, status in (
        ({"said": "closed"}, 201),
        ({"said": "lacks", "facility": "water"}, 201),
        ({"said": "lacks"}, 422),
        ({"said": "nothing"}, 422),
    ):
        response = client.post(
            f"/api/v1/places/{place.code}/reports", json.dumps(body), "application/json"
        )
        assert response.status_code == status
    assert Report.objects.filter(place=place).count() == 2


def test_a_draft_is_missing(client):
    draft = make_draft(make_union())
    assert client.get(f"/api/v1/places/{draft.code}").status_code == 404
    response = client.post(
        f"/api/v1/places/{draft.code}/reports", '{"said": "open"}', "application/json"
    )
    assert response.status_code == 404
