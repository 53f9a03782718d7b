"""The place switcher: chosen without an account, shown on every page of the portal."""

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.members.models import MembershipStatus
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.regions.models import Level
from niangjia.regions.rules import places

pytestmark = pytest.mark.django_db
PICKER = "/place/"


@pytest.fixture
def yiwu():
    """义乌市总工会 below 浙江省 and 金华市, with one union; and 北京市总工会."""
    root = make_root()
    zhejiang = make_division("浙江省", parent=root.division, code="330000", level=Level.PROVINCE)
    jinhua = make_division("金华市", parent=zhejiang, code="330700")
    place = make_division("义乌市", parent=jinhua, code="330782", pinyin="yiwushi", initials="yws")
    beijing = make_division("北京市", parent=root.division, code="110000", level=Level.PROVINCE)
    make_union("北京市总工会", kind=Kind.FEDERATION, parent=root, division=beijing)
    federation = make_union("义乌市总工会", kind=Kind.FEDERATION, parent=root, division=place)
    return make_union("顺达快递工会", parent=federation, division=place)


def choose(client, code, back="/unions/"):
    return client.post(PICKER, {"code": code, "next": back})


def shown(page):
    """What the switcher says."""
    return page.text.split('class="place-name">')[1].split("<")[0]


def test_nobody_is_asked_before_they_choose(client, yiwu):
    assert shown(client.get("/")) == "选地区"


@pytest.mark.parametrize("path", ["/", "/unions/", "/unions/guide/", "/nation/", "/nowhere/"])
def test_what_is_chosen_stands_on_every_page(client, yiwu, path):
    answer = choose(client, "330782", back=path)

    assert answer["Location"] == path
    assert shown(client.get(path)) == "义乌"
    choose(client, places.EVERYWHERE)
    assert shown(client.get(path)) == "全国"


def test_the_cookie_holds_a_code_and_no_script_reads_it(client, yiwu):
    cookie = choose(client, "330782").cookies[places.COOKIE]

    assert cookie.value == "330782"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("code", ["", "x", "999999", "330782001", "'; --", "\0"])
def test_what_is_no_place_cannot_be_chosen(client, yiwu, code):
    answer = choose(client, code)

    assert answer.status_code == 404
    assert places.COOKIE not in answer.cookies


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "", "\\\\x"])
def test_a_choice_never_leads_to_another_site(client, yiwu, back):
    assert choose(client, "330782", back=back)["Location"] == "/"
    assert "elsewhere" not in client.get(PICKER, headers={"referer": back}).text
    assert "elsewhere" not in client.get(PICKER, {"next": back}).text


def test_the_way_back_is_handed_from_step_to_step(client, yiwu):
    page = client.get(PICKER, headers={"referer": "http://testserver/unions/?q=a%26b"}).text

    step = "/place/330000/?next=%2Funions%2F%3Fq%3Da%2526b"
    assert f'href="{step}"' in page
    assert 'name="next" value="/unions/?q=a%26b"' in client.get(step).text


def test_province_city_county_without_any_script(client, yiwu):
    assert 'href="/place/330000/"' in client.get(PICKER).text
    province = client.get("/place/330000/").text
    assert 'name="code" value="330000"' in province
    assert 'href="/place/330700/"' in province
    city = client.get("/place/330700/").text
    assert 'name="code" value="330782"' in city
    assert 'href="/place/330000/"' in city


@pytest.mark.parametrize("words", ["义乌", "yiwu", "yws", " 义乌 "])
def test_words_find_a_place_with_its_whole_name(client, yiwu, words):
    page = client.get(PICKER, {"words": words}).text

    assert "浙江省金华市义乌市" in page
    assert 'name="code" value="330782"' in page


@pytest.mark.parametrize("words", ["没有的地方", "<script>", "%", "长" * 5000])
def test_words_that_find_nothing_are_answered_kindly(client, yiwu, words):
    page = client.get(PICKER, {"words": words})

    assert page.status_code == 200
    assert "<script>" not in page.text.split("<main")[1]


@pytest.mark.parametrize(
    ("near", "said"),
    [("29.31,120.07", "浙江省金华市义乌市"), ("nonsense", "没能取得"), ("", "没能取得")],
)
def test_places_around_a_phone_are_offered_not_taken(client, yiwu, near, said):
    answer = client.get(PICKER, {"near": near})

    assert said in answer.text
    assert places.COOKIE not in answer.cookies


@pytest.mark.parametrize("code", ["999999", "x", "330782001"])
def test_a_step_that_is_no_place_is_not_found(client, yiwu, code):
    assert client.get(f"/place/{code}/").status_code == 404


def test_the_picker_asks_little(client, yiwu, django_assert_num_queries):
    with django_assert_num_queries(3):  # the place, those above, those below
        client.get("/place/330700/")
    with django_assert_num_queries(4):  # above the country is nothing; found, and their names
        client.get(PICKER, {"words": "yiwu"})


def test_find_begins_there_and_says_so(client, yiwu):
    assert "北京市总工会" in client.get("/unions/").text
    choose(client, "330782")
    page = client.get("/unions/").text

    assert "只看义乌市的工会" in page
    assert "顺达快递工会" in page
    assert "北京市总工会" not in page
    everywhere = client.get("/unions/", {"division": places.EVERYWHERE}).text
    assert "北京市总工会" in everywhere
    assert f'name="division" value="{places.EVERYWHERE}"' in everywhere, "the next search as well"


def test_a_place_chosen_long_ago_hides_nothing(client, yiwu):
    choose(client, "330782")
    page = client.get("/unions/", {"q": "北京市总工会"}).text

    assert "义乌市没有符合的，下面是全国的结果" in page
    assert "北京市总工会" in page.split("find-list")[1]


@pytest.mark.parametrize(
    "asked", [{"division": "110000"}, {"address": "北京市"}, {"near": "29.31,120.07"}]
)
def test_an_address_that_says_where_counts_before_the_default(client, yiwu, asked):
    choose(client, "330782")

    assert "北京市总工会" in client.get("/unions/", asked).text


def test_a_typed_address_is_not_held_back_by_the_default(client, yiwu):
    choose(client, "330782")

    assert 'name="division"' not in client.get("/unions/").text


def test_find_costs_one_query_and_one_for_the_place(client, yiwu, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/unions/")
    choose(client, "330782")
    with django_assert_num_queries(3):  # in a test's transaction the name is asked each time
        client.get("/unions/")


def test_home_offers_the_unions_there(client, yiwu):
    assert "选地区</a>" in client.get("/").text
    choose(client, "330782")
    assert "义乌市的工会" in client.get("/").text


def test_a_kept_home_is_kept_for_its_place(client, yiwu):
    other = Client()
    choose(client, "330782")
    choose(other, "110000")

    assert [shown(c.get("/")) for c in (client, other, Client(), client)] == [
        "义乌",
        "北京",
        "选地区",
        "义乌",
    ]


def test_the_guide_has_the_place_typed_already(client, yiwu):
    choose(client, "330782")
    page = client.get("/unions/guide/", {"work": "courier"}).text

    assert 'value="浙江省金华市义乌市"' in page


def test_a_wrong_answer_in_the_guide_stays_as_typed(client, yiwu):
    choose(client, "330782")
    page = client.get("/unions/guide/", {"work": "courier", "address": "亚特兰蒂斯"}).text

    assert 'value="亚特兰蒂斯"' in page


def test_a_members_pages_begin_at_their_union(client, yiwu):
    membership = make_membership(union=yiwu)
    client.force_login(membership.person.account)

    assert shown(client.get("/")) == "义乌"
    assert "只看义乌市的工会" in client.get("/unions/").text
    choose(client, places.EVERYWHERE)
    assert shown(client.get("/")) == "全国"
    assert "北京市总工会" in client.get("/unions/").text


def test_a_membership_that_ended_is_no_place_any_more(client, yiwu):
    membership = make_membership(union=yiwu)
    membership.status, membership.ended_date = MembershipStatus.ENDED, membership.admitted_date
    membership.save()
    client.force_login(membership.person.account)

    assert shown(client.get(reverse("web:home"))) == "选地区"
    assert "北京市总工会" in client.get("/unions/").text
