import pytest

from niangjia.organisations import services
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def test_the_country_and_a_federation_in_figures(client):
    upper = make_union("某市总工会", kind=Kind.FEDERATION)
    union = make_union("某厂工会", parent=upper)
    services.count(union_id=union.pk, metric="members", change=250)
    country = client.get("/api/v1/nation").json()
    assert country["figures"]["members"] == 250
    assert country["figures"]["unions"]["grassroots"] == 1
    (row,) = country["items"]
    assert (row["name"], row["figures"]["members"]) == ("某市总工会", 250)

    answer = client.get(f"/api/v1/nation/{upper.number}").json()
    assert [above["name"] for above in answer["above"]] == ["中华全国总工会"]
    assert answer["items"][0]["name"] == "某厂工会"


def test_a_small_union_has_no_page_of_figures(client):
    union = make_union("某厂工会")
    assert client.get(f"/api/v1/nation/{union.number}").status_code == 404
    assert client.get("/api/v1/nation/00000000000000").status_code == 404
