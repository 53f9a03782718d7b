"""Unions over the API."""

import pytest

from niangjia.organisations.models import Kind
from niangjia.organisations.services import count
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.regions.models import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def federation():
    root = make_root()
    zhejiang = make_division("浙江省", parent=root.division, code="330000", level=Level.PROVINCE)
    jinhua = make_division("金华市", parent=zhejiang, code="330700")
    yiwu = make_division("义乌市", parent=jinhua, code="330782")
    return make_union(
        "义乌市总工会",
        kind=Kind.FEDERATION,
        parent=root,
        division=yiwu,
        admits_directly=["courier"],
    )


def get(client, path="", **params):
    return client.get(f"/api/v1/unions{path}", params)


def test_a_visitor_finds_unions_and_reads_one(client, federation):
    found = get(client, q="ywzgh").json()
    assert [union["name"] for union in found["items"]] == ["义乌市总工会"]
    assert found["next"] is None
    union = get(client, f"/{found['items'][0]['number']}").json()
    assert union["name"] == "义乌市总工会"
    assert union["is_joinable"] is True
    assert [upper["name"] for upper in union["chain"]] == ["中华全国总工会"]
    assert union["division"] == {"code": "330782", "name": "义乌市"}


def test_pages_follow_by_cursor(client, federation):
    for n in range(7):
        make_union(f"第{n}厂工会", parent=federation)
    seen, cursor = [], ""
    while cursor is not None:
        answer = get(client, division="330782", size=3, cursor=cursor).json()
        seen += [union["number"] for union in answer["items"]]
        cursor = answer["next"]
    assert len(seen) == len(set(seen)) == 8


def test_nearest_says_distances(client, federation):
    items = get(client, near="29.31,120.07", admits="courier").json()["items"]
    assert items[0]["distance_metres"] == pytest.approx(0, abs=1)


@pytest.mark.parametrize(
    "params",
    [
        {"near": "120.07,29.31"},
        {"near": "91,0"},
        {"near": "x"},
        {"division": "999999"},
        {"address": "亚特兰蒂斯"},
        {"kind": "club"},
        {"admits": "astronaut"},
        {"cursor": "forged"},
        {"size": 0},
        {"size": 10**9},
        {"q": "长" * 101},
    ],
)
def test_what_cannot_be_understood_is_refused_as_a_problem(client, federation, params):
    response = get(client, **params)
    assert response.status_code == 422
    assert response.headers["Content-Type"].startswith("application/problem+json")


def test_the_guide_answers_with_the_nearest_union_that_admits(client, federation):
    answer = get(client, "/guide", work="courier", address="浙江义乌").json()
    assert [union["name"] for union in answer["direct"]] == ["义乌市总工会"]
    assert get(client, "/guide", work="courier").status_code == 422


def test_unknown_and_mistyped_numbers_are_not_found(client, federation):
    assert get(client, "/33078200000003").status_code == 404
    assert get(client, "/x").status_code == 404


def test_members_are_published_as_a_band(client, federation):
    count(union_id=federation.pk, metric="members", change=3)
    found = get(client, f"/{federation.number}").json()
    assert (found["members_from"], found["members_to"]) == (1, 7)


def test_the_tree_is_walked_page_by_page(client):
    upper = make_union("某市总工会", kind=Kind.FEDERATION)
    names = [make_union(f"第{n}厂工会", parent=upper).name for n in range(5)]
    url, seen, cursor = f"/api/v1/unions/{upper.number}/children", [], ""
    while cursor is not None:
        page = client.get(url, {"size": 2, "cursor": cursor}).json()
        seen += [union["name"] for union in page["items"]]
        cursor = page["next"]
    assert seen == names
    assert client.get("/api/v1/unions/00000000000000/children").status_code == 404
