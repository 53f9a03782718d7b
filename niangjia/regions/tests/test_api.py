import pytest

from niangjia.regions import services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def zhejiang():
    services.load_divisions(
        [
            ("330000", "浙江省", (120.153576, 30.287459)),
            ("330700", "金华市", (119.649506, 29.089524)),
            ("330701", "市辖区", None),
            ("330782", "义乌市", (120.075106, 29.306775)),
            ("330783", "东阳市", (120.241566, 29.289648)),
        ]
    )


def get(client, path="", **params):
    return client.get(f"/api/v1/divisions{path}", params)


def test_provinces_and_what_lies_below(client):
    assert [d["name"] for d in get(client).json()["items"]] == ["浙江省"]
    below = get(client, parent="330700").json()["items"]
    assert [d["code"] for d in below] == ["330701", "330782", "330783"]
    assert get(client, parent="999999").json() == {"items": [], "next": None}


def test_one_division_with_those_above(client):
    answer = get(client, "/330782").json()
    assert answer["division"]["short_name"] == "义乌"
    assert [d["name"] for d in answer["above"]] == ["中华人民共和国", "浙江省", "金华市"]
    assert get(client, "/330799").status_code == 404


def test_an_address(client):
    answer = get(client, "/match", text="浙江义乌稠州北路 699 号").json()
    assert (answer["division"]["code"], answer["confidence"]) == ("330782", 1)
    assert get(client, "/match", text="某处").json()["division"] is None


def test_the_nearest_counties(client):
    answer = get(client, "/nearest", longitude=120.2, latitude=29.3, size=2).json()
    assert [d["name"] for d in answer["items"]] == ["东阳市", "义乌市"]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("", {"parent": "浙江"}),
        ("/match", {}),
        ("/match", {"text": "长" * 201}),
        ("/nearest", {"longitude": 999, "latitude": 29}),
        ("/nearest", {"longitude": "nan", "latitude": 29}),
        ("/nearest", {"longitude": 120, "latitude": 29, "level": 9}),
        ("/abc", {}),
    ],
)
def test_bad_questions_are_refused(client, path, params):
    answer = get(client, path, **params)
    assert answer.status_code in {404, 422}
    assert answer["Content-Type"].startswith("application/problem+json")
