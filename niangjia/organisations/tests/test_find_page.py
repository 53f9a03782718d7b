"""The find page and the picker of places, as a visitor uses them."""

import json
import re

import pytest

from niangjia.organisations.models import Kind, WorkerKind
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.regions.models import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def yiwu():
    root = make_root()
    zhejiang = make_division("浙江省", parent=root.division, code="330000", level=Level.PROVINCE)
    jinhua = make_division("金华市", parent=zhejiang, code="330700")
    place = make_division("义乌市", parent=jinhua, code="330782", longitude=120.07, latitude=29.31)
    federation = make_union("义乌市总工会", kind=Kind.FEDERATION, parent=root, division=place)
    make_union(
        "顺达快递工会",
        parent=federation,
        admits_directly=["courier"],
        longitude=120.08,
        latitude=29.31,
    )
    make_union("中心医院工会", parent=federation, longitude=120.2, latitude=29.4)
    return federation


def found(response):
    return re.findall(r'<li id="union-(\d+)">', response.content.decode())


def test_words_find_a_union_and_its_card_leads_to_its_page(client, yiwu):
    response = client.get("/unions/", {"q": "ywzgh"})
    assert found(response) == [yiwu.number]
    assert f'href="/unions/{yiwu.number}/"' in response.content.decode()
    assert client.get(f"/unions/{yiwu.number}/").status_code == 200


def test_the_map_shows_what_the_list_shows(client, yiwu):
    response = client.get("/unions/", {"q": "义乌"})
    data = re.search(r'<script id="find-map-data"[^>]*>(.*?)</script>', response.content.decode())
    markers = json.loads(data[1])["markers"]
    assert [marker["url"] for marker in markers] == [f"#union-{n}" for n in found(response)]
    assert len(markers) == 3


def test_nearest_first_with_distances_in_words(client, yiwu):
    response = client.get("/unions/", {"near": "29.31,120.075"})
    text = response.content.decode()
    assert text.index("顺达快递工会") < text.index("中心医院工会")
    assert "步行约 6 分钟" in text
    assert "公里" in text


def test_a_typed_address_is_understood_and_said(client, yiwu):
    text = client.get("/unions/", {"address": "浙江省义乌市"}).content.decode()
    assert "按义乌市查找" in text
    assert "顺达快递工会" in text


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"near": "120.07,29.31"}, "写反了"),
        ({"near": "91,200"}, "没有这个位置"),
        ({"near": "here"}, "位置请写成"),
        ({"near": "nan,inf"}, "位置请写成"),
        ({"address": "亚特兰蒂斯"}, "没找到这个地方"),
        ({"division": "999999"}, "没有这个行政区划"),
        ({"q": "长" * 101}, "不要超过 100 个字"),
        ({"address": "长" * 101}, "不要超过 100 个字"),
    ],
)
def test_what_cannot_be_understood_is_said_beside_the_field(client, yiwu, params, message):
    response = client.get("/unions/", {"q": "义乌"} | params)
    text = response.content.decode()
    assert response.status_code == 200
    assert message in text
    assert all(value in text for value in params.values()) or "division" in params


def test_nothing_found_leads_somewhere(client, yiwu):
    text = client.get("/unions/", {"q": "没有这样的工会", "division": "330782"}).content.decode()
    assert "/unions/guide/" in text
    assert "义乌市总工会" in text
    assert "tel:12351" in text


def test_nothing_found_near_somebody_shows_the_federations_around_them(client, yiwu):
    params = {"q": "没有这样的工会", "near": "29.31,120.075"}
    assert "义乌市总工会" in client.get("/unions/", params).content.decode()


def test_chips_narrow_and_widen(client, yiwu):
    response = client.get("/unions/", {"q": "义乌", "admits": "courier"})
    assert len(found(response)) == 1
    assert re.search(r'href="/unions/\?q=[^"&]+" aria-current="true"', response.content.decode())
    assert len(found(client.get("/unions/", {"q": "义乌", "kind": "no-such"}))) == 3


def test_htmx_gets_only_the_results_with_fresh_places_for_the_map(client, yiwu):
    response = client.get("/unions/", {"q": "义乌"}, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert text.lstrip().startswith('<section id="results"')
    assert "find-map-fresh" in text
    assert "<html" not in text
    assert "HX-Request" in response.headers["Vary"]


def test_pages_follow_each_other(client, yiwu):
    for n in range(30):
        make_union(f"第{n}食品厂工会", parent=yiwu)
    first = client.get("/unions/", {"division": "330782"})
    following = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1]
    second = client.get(following.replace("&amp;", "&"))
    assert len({*found(first), *found(second)}) == 33
    assert len(found(second)) == 13


def test_a_forged_cursor_is_refused_kindly(client, yiwu):
    assert client.get("/unions/", {"cursor": "forged"}).status_code == 422


HOSTILE = [
    "\0",
    "😀" * 30,
    "\u202eabc",
    "'; DROP TABLE organisations_union; --",
    "<script>alert(1)</script>",
    "29.3,120.07; SELECT 1",
    "\\",
    "&|!:*",
    "义" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["q", "address", "near", "division", "kind", "admits", "cursor"])
def test_no_hostile_input_breaks_the_page(client, yiwu, name, text):
    response = client.get("/unions/", {name: text})
    assert response.status_code in {200, 422}
    assert "<script>alert(1)" not in response.content.decode()


def test_the_page_asks_as_little_as_it_can(client, yiwu, django_assert_num_queries):
    client.get("/unions/")
    with django_assert_num_queries(1):
        client.get("/unions/", {"q": "义乌"})
    # So few that no walk fills a page: two walks outwards, then all that match.
    with django_assert_num_queries(3):
        client.get("/unions/", {"near": "29.31,120.075"})
    with django_assert_num_queries(2):
        client.get("/unions/", {"q": "义乌", "division": "330782"})


def test_a_place_is_chosen_step_by_step(client, yiwu):
    response = client.get("/unions/places/", {"q": "快递"})
    assert "/unions/places/330000/?q=%E5%BF%AB%E9%80%92" in response.content.decode()
    make_division("稠城街道", parent=yiwu.division, code="330782001", level=Level.TOWNSHIP)
    text = client.get("/unions/places/330782/", {"q": "快递"}).content.decode()
    assert "/unions/?q=%E5%BF%AB%E9%80%92&amp;division=330782001" in text
    assert '/unions/?q=%E5%BF%AB%E9%80%92&amp;division=330782"' in text
    assert "/unions/places/330700/" in text, "the way back"


def test_a_rung_of_the_table_is_not_offered_as_a_place(client):
    root = make_root()
    beijing = make_division("北京市", parent=root.division, code="110000", level=Level.PROVINCE)
    rung = make_division("市辖区", parent=beijing, code="110100")
    make_division("东城区", parent=rung, code="110101")
    text = client.get("/unions/places/110000/").content.decode()
    assert "东城区" in text
    assert "市辖区" not in text


@pytest.mark.parametrize("code", ["999999", "x", "%00"])
def test_there_is_no_such_place(client, code):
    assert client.get(f"/unions/places/{code}/").status_code == 404


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["courier"], "直接接收：快递员、外卖配送员"),
        (["courier", "driver", "casual"], "等 3 类"),
        (WorkerKind.values, "各类职工都可直接加入"),
    ],
)
def test_a_row_says_briefly_whom_the_union_takes(client, kinds, said):
    make_union("义乌市快递工会", admits_directly=kinds)
    row = client.get("/unions/").content.decode().split("find-list")[1]
    assert said in row
    assert "零工" not in row, "two kinds by name at most"


def test_a_union_of_no_place_leaves_no_dangling_dot(client):
    make_root()
    found = client.get("/unions/").content.decode().split("find-list")[1].split("</main>")[0]
    assert "· <" not in found


def links_of(text):
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', text)]


def test_every_link_keeps_the_rest_of_the_question(client, yiwu):
    for n in range(30):
        make_union(f"第{n}&食品厂工会", parent=yiwu)
    asked = {"q": "a&b=c", "near": "29.31,120.07", "division": "330782", "cursor": ""}
    text = client.get("/unions/", {**asked, "q": ""}).content.decode()
    links = links_of(text)
    assert "/unions/places/?q=" in links
    assert "/unions/?q=&near=29.31%2C120.07&division=100000" in links
    assert "/unions/?q=&division=330782" in links
    assert "/unions/?q=&near=29.31%2C120.07&division=330782&kind=federation" in links
    following = [link for link in links if "cursor=" in link]
    assert len(following) == 1
    assert following[0].startswith("/unions/?q=&near=29.31%2C120.07&division=330782&cursor=")
    hostile = client.get("/unions/", asked).content.decode()
    assert "/unions/places/?q=a%26b%3Dc" in links_of(hostile)
