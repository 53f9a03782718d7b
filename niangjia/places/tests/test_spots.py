"""Near what people name: a street, a station, a square, a place of ours, a union."""

import osmium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.core import clock
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.places import services
from niangjia.places.models import Landmark
from niangjia.places.rules import landmarks, spots
from niangjia.places.rules.extracts import as_osm
from niangjia.places.tests.demand import make_county
from niangjia.places.tests.factories import at, make_draft, make_place
from niangjia.regions.models import Level

EAST, NORTH = 120.0, 29.25
MALL = {"shop": "mall", "name": "万达广场"}
#: A long street in three pieces, what stands in the county, and the same mall a county away.
WAYS = [
    ([(EAST + n / 100, NORTH), (EAST + (n + 1) / 100, NORTH)], {"highway": "primary"} | name)
    for n, name in enumerate([{"name": "人民路"}] * 3)
]
THINGS = [
    ((120.050, 29.250), {"railway": "station", "name": "东阳"}),
    ((120.051, 29.250), {"highway": "bus_stop", "name": "火车站"}),
    ((120.030, 29.260), {"railway": "station", "station": "subway", "name": "桥头站"}),
    ((120.010, 29.240), MALL),
    ((120.300, 29.240), MALL),
    ((120.011, 29.250), {"addr:housenumber": "100", "addr:street": "人民路"}),
    ((120.012, 29.250), {"amenity": "doctors", "name": "王小明诊所"}),
    ((120.013, 29.250), {"building": "house", "name": "李家"}),
]


@pytest.mark.parametrize(
    ("tags", "name", "also"),
    [
        ({"railway": "station", "name": "义乌"}, "义乌", {"义乌站", "义乌火车站"}),
        ({"railway": "station", "name": "义乌站"}, "义乌站", {"义乌火车站"}),
        (
            {"railway": "station", "subway": "yes", "name": "桥头"},
            "桥头",
            {"桥头站", "桥头地铁站", "地铁桥头站"},
        ),
        ({"highway": "primary", "name": "人民路;解放路"}, "人民路", set()),
        ({"shop": "mall", "name": "万达广场", "name:en": "Wanda"}, "万达广场", {"Wanda"}),
        (
            {"highway": "primary", "name": "جۇڭشەن يولى", "name:zh": "中山路"},
            "中山路",
            {"جۇڭشەن يولى"},
        ),
        ({"highway": "tertiary", "name:zh": "城门河步道"}, "城门河步道", set()),
        ({"leisure": "park", "name": "江滨绿廊", "old_name": "老江公园"}, "江滨绿廊", {"老江公园"}),
        (
            {"public_transport": "platform", "bus": "yes", "name": "桥头"},
            "桥头",
            {"桥头公交站"},
        ),
        ({"shop": "mall", "name": "…"}, None, set()),
        ({"amenity": "doctors", "name": "王小明诊所"}, None, set()),
        ({"shop": "kiosk", "name": "老王小店"}, None, set()),
        ({"building": "house", "name": "李家"}, None, set()),
        ({"addr:housenumber": "100", "addr:street": "人民路"}, None, set()),
        ({"railway": "station"}, None, set()),
    ],
)
def test_what_the_public_goes_to_is_known_by_the_names_people_say(tags, name, also):
    mark = landmarks.mark_of(tags, EAST, NORTH)
    assert (mark.name if mark else None, set(mark.also) if mark else set()) == (name, also)


@given(st.integers(1, 999), st.integers(1, 999))
def test_a_number_is_not_found_in_another(one, other):
    assert spots.says(f"人民路 {one} 号", f"人民路{other}号") is (one == other)
    assert spots.says(f"人民路{one}", f"路{other}") is (one == other)


def test_a_street_of_a_number_and_of_nothing_else():
    for typed, street in (
        *(
            ("人民路100号3楼", "人民路"),
            ("人民路１００号", "人民路"),
            ("中山大道88-2号", "中山大道"),
        ),
        *(("火车站", ""), ("人民路", ""), ("地铁2号线桥头站", ""), ("100号", "")),
    ):
        assert spots.street_of(typed) == street


@pytest.fixture
def county(db, tmp_path):
    """Stations of ours beside the street, the railway station and both malls, and the extract."""
    division = make_county()
    type(division).objects.filter(pk=division.pk).update(
        name="义乌市", short_name="义乌", longitude=EAST, latitude=NORTH
    )
    division.refresh_from_db()
    union = make_union("永康五金厂工会", division=division)
    for name, longitude in (("西头", 120.011), ("东头", 120.049), ("远方", 120.300)):
        where = {"address": f"解放路 {round(longitude * 100) % 100} 号"}
        make_place(union, name=f"{name}驿站", **where, **at(Position(longitude, 29.2405)))
    path = tmp_path / "names.osm"
    path.write_text(as_osm(WAYS, THINGS))
    services.load_streets(path=path, name="names", now=clock.now())
    return division


def ask(client, address, **more):
    return client.get("/api/v1/places", {"address": address, "open": "all", **more}).json()


def first_of(answer):
    return answer["items"][0]["name"]


def test_no_house_and_nobodys_name_is_kept(county):
    kept = {(mark.name, mark.division_id) for mark in Landmark.objects.all()}
    names = {"人民路", "东阳", "火车站", "桥头站", "万达广场"}
    assert {name for name, _code in kept} == names
    assert Landmark.objects.filter(name="人民路").count() == 1
    assert {code for _name, code in kept} == {county.code}


@pytest.mark.parametrize(
    ("typed", "name", "is_exact", "first"),
    [
        ("义乌市人民路100号", "人民路", False, "西头驿站"),
        ("人民路", "人民路", False, "西头驿站"),
        ("火车站", "东阳", True, "东头驿站"),
        ("义乌 东阳火车站", "东阳", True, "东头驿站"),
        ("桥头地铁站", "桥头站", True, "西头驿站"),
        ("qiaotou", "桥头站", True, "西头驿站"),
        ("解放路 5 号", "解放路 5 号(东头驿站)", True, "东头驿站"),
        ("永康五金厂工会", "永康五金厂工会", False, "西头驿站"),
        ("义乌市", "义乌市", False, "西头驿站"),
    ],
)
def test_the_nearest_to_what_is_named(client, county, typed, name, is_exact, first):
    answer = ask(client, typed)
    around = answer["around"]
    assert (around["name"], around["is_exact"], first_of(answer)) == (name, is_exact, first)
    assert (answer["items"][0]["minutes"] is not None) is is_exact
    assert not around["is_rough"]
    marks = typed not in {"解放路 5 号", "永康五金厂工会", "义乌市"}
    assert bool(answer["attribution"]) is marks


def test_what_may_be_two_is_asked_and_chosen_by_a_link(client, county):
    answer = ask(client, "万达广场")
    assert (answer["items"], answer["around"], len(answer["choices"])) == ([], None, 2)
    assert {each["name"] for each in answer["choices"]} == {"万达广场"}
    districts = sorted(each["district"] for each in answer["choices"])
    assert [each.partition("，")[2] for each in districts] == [
        *("政府驻地东南 1.5 公里", "政府驻地以东 29.1 公里"),
    ]
    assert all(county.name in each for each in districts)
    found = {first_of(ask(client, "万达广场", spot=each["spot"])) for each in answer["choices"]}
    assert found == {"西头驿站", "远方驿站"}
    page = client.get("/places/", {"address": "万达广场", "need": "water"})
    text = page.content.decode()
    assert "你说的是哪一个？" in text
    _choice, url = page.context["choices"][0]
    assert url.replace("&", "&amp;") in text
    chosen = client.get(url)
    assert chosen.context["question"].needs == ("water",)
    assert chosen.context["question"].spot.name == "万达广场"
    for shown in (page, chosen):
        assert "OpenStreetMap" in shown.content.decode()


def test_the_only_one_around_where_somebody_is_known_to_be_is_meant(client, county):
    client.cookies["place"] = county.code
    page = client.get("/places/", {"address": "万达广场"})
    question = page.context["question"]
    assert (question.spot.position.longitude, len(question.choices)) == (120.010, 1)
    assert "离万达广场近的排在前面" in page.content.decode()


def test_a_choice_goes_with_the_words_it_was_one_of(client, county):
    key = f"mark-{Landmark.objects.get(name='桥头站').pk}"
    kept = {"address": "桥头站", "spot": key, "spot_of": "桥头站"}
    assert client.get("/places/", kept).context["question"].spot.key == key
    changed = client.get("/places/", kept | {"address": "火车站"})
    assert changed.context["question"].spot.name == "东阳"


@pytest.mark.parametrize("key", ["mark-", "mark-x", "place-1", "union-1", "x"])
def test_a_choice_that_is_gone_is_said_beside_the_field(client, county, key):
    page = client.get("/places/", {"address": "桥头站", "spot": key})
    assert page.context["question"].errors["address"]
    answer = client.get("/api/v1/places", {"address": "桥头站", "spot": key})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["address"]


def test_what_nobody_knows_is_said(client, county):
    answer = ask(client, "义乌市没有的路7号")
    assert (answer["around"]["name"], answer["around"]["is_rough"]) == ("义乌市", True)
    assert "这里查不到" in client.get("/places/", {"address": "义乌市没有的路7号"}).content.decode()
    for typed in ("没有的路7号", "路", "号", "…"):
        assert client.get("/api/v1/places", {"address": typed}).status_code == 422


def test_words_that_no_station_goes_by_are_read_as_a_place(client, county):
    page = client.get("/places/", {"q": "火车站"})
    assert page.context["listed"][0].place.name == "东头驿站"
    assert "没有叫“火车站”的站点现在开着" in page.content.decode()
    found = client.get("/places/", {"q": "西头"})
    assert found.context["missed"] == ""
    assert "?address=%E8%A5%BF%E5%A4%B4" in found.content.decode()


def test_what_is_not_on_the_map_is_no_place_to_look_near(client, county):
    make_draft(make_union(division=county), name="还没开的驿站", address="秘密路 1 号")
    assert client.get("/api/v1/places", {"address": "秘密路1号"}).status_code == 422


def test_a_townships_short_name_may_be_a_street_as_well(client, county):
    make_division("人民路街道", parent=county, level=Level.TOWNSHIP, short_name="人民路")
    choices = ask(client, "人民路")["choices"]
    assert [bool(each["division"]) for each in choices] == [True, False]
    assert ask(client, "人民路街道")["around"]["name"] == "人民路街道"


def test_an_address_is_found_with_few_questions(client, county, django_assert_max_num_queries):
    for typed, most in (("火车站", 10), ("义乌市人民路100号", 13), ("没有的路7号", 9)):
        with django_assert_max_num_queries(most):
            ask(client, typed)


#: As extracts come: bounds, numbers beyond 32 bits, ways and areas that go on outside, members that
#: are not there, what has no name or one in another script, a name twice in another sort of thing.
EXTRACT = """<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6" generator="osmium/1.16.0">
<bounds minlat="29.2" minlon="120" maxlat="29.4" maxlon="120.2"/>
<node id="11" version="2" timestamp="2025-01-02T03:04:05Z" lat="29.25" lon="120.01"/>
<node id="12" version="2" timestamp="2025-01-02T03:04:05Z" lat="29.25" lon="120.03"/>
<node id="13" version="1" timestamp="2025-01-02T03:04:05Z" lat="29.27" lon="120.03"/>
<node id="14" version="1" timestamp="2025-01-02T03:04:05Z" lat="29.27" lon="120.01"/>
<node id="12345678901" version="1" timestamp="2025-01-02T03:04:05Z" lat="29.3" lon="120.1">
  <tag k="amenity" v="hospital"/><tag k="name" v="نامى"/><tag k="name:zh" v="中心医院"/></node>
<node id="12345678902" version="1" timestamp="2025-01-02T03:04:05Z" lat="29.3" lon="120.1">
  <tag k="amenity" v="hospital"/></node>
<way id="21" version="1" timestamp="2025-01-02T03:04:05Z"><nd ref="11"/><nd ref="12"/><nd ref="99"/>
  <tag k="highway" v="residential"/><tag k="name" v="城北路"/></way>
<way id="22" version="1" timestamp="2025-01-02T03:04:05Z"><nd ref="11"/><nd ref="12"/><nd ref="13"/>
</way>
<way id="23" version="1" timestamp="2025-01-02T03:04:05Z"><nd ref="13"/><nd ref="14"/><nd ref="11"/>
</way>
<way id="24" version="1" timestamp="2025-01-02T03:04:05Z"><nd ref="97"/><nd ref="98"/>
  <tag k="highway" v="residential"/><tag k="name" v="外地路"/></way>
<way id="25" version="1" timestamp="2025-01-02T03:04:05Z"><nd ref="11"/><nd ref="12"/><nd ref="13"/>
  <nd ref="14"/><nd ref="11"/><tag k="leisure" v="park"/><tag k="name" v="稠江公园"/></way>
<relation id="31" version="3" timestamp="2025-01-02T03:04:05Z">
  <member type="way" ref="22" role="outer"/><member type="way" ref="23" role="outer"/>
  <member type="way" ref="77" role="outer"/><member type="node" ref="11" role="label"/>
  <tag k="type" v="multipolygon"/><tag k="amenity" v="university"/><tag k="name" v="工商学院"/>
</relation>
<relation id="32" version="1" timestamp="2025-01-02T03:04:05Z">
  <member type="way" ref="77" role="outer"/>
  <tag k="type" v="multipolygon"/><tag k="leisure" v="park"/><tag k="name" v="外地公园"/></relation>
<relation id="33" version="1" timestamp="2025-01-02T03:04:05Z">
  <member type="way" ref="22" role=""/><tag k="type" v="multipolygon"/>
  <tag k="building" v="house"/><tag k="name" v="李家大院"/></relation>
</osm>
"""


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["osm", "osm.pbf"])
def test_extracts_are_read_as_they_come_areas_of_several_ways_too(tmp_path, ending):
    plain = tmp_path / "plain.osm"
    plain.write_text(EXTRACT)
    path = tmp_path / f"extract.{ending}"
    with osmium.SimpleWriter(str(path)) as writer:
        for each in osmium.FileProcessor(str(plain)):
            writer.add(each)
    services.load_streets(path=path, name="as it comes", now=clock.now())
    found = Landmark.objects.values_list("name", "longitude", "latitude")
    assert {(name, round(east, 4), round(north, 4)) for name, east, north in found} == {
        ("中心医院", 120.1, 29.3),
        ("城北路", 120.03, 29.25),
        ("工商学院", 120.02, 29.26),
        ("稠江公园", 120.02, 29.26),
    }
