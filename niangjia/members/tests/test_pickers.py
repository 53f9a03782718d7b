"""Choosing one of very many: a union within reach, a place. With and without JavaScript."""

import pytest
from django.urls import reverse

from niangjia.members.models import Membership, Role
from niangjia.members.selectors.unions_within_reach import OFFERED
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.test_desk_register import PAGE, typed
from niangjia.organisations.models import Employer, Status
from niangjia.organisations.tests.factories import make_division, make_root, make_union

pytestmark = pytest.mark.django_db
UNIONS, PLACES = reverse("members:union_choices"), reverse("members:place_choices")


@pytest.fixture
def client(chain):
    """A membership officer of the county."""
    return officer_client(make_post(union=chain[2], role=Role.MEMBERSHIP_OFFICER))


def offered(answer):
    return [option.name for option in answer.context["picker"].options]


@pytest.mark.parametrize("words", ["小商品", "xspcgh", "XiaoShang", "商品城 工会", "number"])
def test_words_pinyin_initials_and_numbers_find_a_union(chain, client, words):
    text = chain[3].number[:9] if words == "number" else words
    answer = client.get(UNIONS, {"union": text})
    assert offered(answer) == ["小商品城工会"]
    assert f'value="{chain[3].number}" checked' in answer.content.decode()


def test_only_what_lies_within_reach_and_has_members_of_its_own(chain, client):
    make_union("小商品城外工会")
    make_union("小商品城筹备工会", parent=chain[2], status=Status.PREPARING)
    make_union("小商品城第一小组", parent=chain[3], kind="group")
    federation = make_union("小商品城街道总工会", parent=chain[2], kind="federation")
    assert offered(client.get(UNIONS, {"union": "小商品城"})) == ["小商品城工会"]
    assert offered(client.get(UNIONS, {"union": federation.number})) == []


def test_the_likeliest_first_and_no_more_than_can_be_read(chain, client, django_assert_num_queries):
    for number in range(OFFERED + 2):
        make_union(f"小商品城工会{number}分会", parent=chain[2])
    client.get(UNIONS, {"union": "小商品城工会"})
    with django_assert_num_queries(4):
        answer = client.get(UNIONS, {"union": "小商品城工会"})
    assert offered(answer)[0] == "小商品城工会"
    assert len(offered(answer)) == OFFERED
    assert "还有更多" in answer.content.decode()
    assert " checked" not in answer.content.decode()


@pytest.mark.parametrize("words", ["", " ", "没有的", "'); --", "<b>", "字" * 500, "１２", "%"])
def test_words_that_name_nothing_offer_nothing(client, words):
    answer = client.get(UNIONS, {"union": words})
    assert (answer.status_code, offered(answer)) == (200, [])
    assert ("没有这样一家" in answer.content.decode()) == bool(words.strip())


def test_without_javascript_one_searches_ticks_and_enters(chain, client):
    second = make_union("小商品城第二工会", parent=chain[2])
    data = typed(chain[3], union="xspc")
    searched = client.post(PAGE, data | {"find": "union"})
    assert searched.status_code == 200
    assert set(offered(searched)) == {"小商品城工会", "小商品城第二工会"}
    assert 'value="义乌某某服饰有限公司"' in searched.content.decode()
    assert not Membership.objects.exists()
    unticked = client.post(PAGE, data)
    assert unticked.status_code == 422
    assert "id_union_error" in unticked.content.decode()
    assert client.post(PAGE, data | {"chosen": second.number}).status_code == 302
    assert Membership.objects.get().union == second


def test_a_tick_left_over_from_other_words_does_not_count(chain, client):
    second = make_union("篁园市场工会", parent=chain[2])
    left_over = typed(chain[3], union="篁园市场工会", chosen=chain[3].number)
    assert client.post(PAGE, left_over).status_code == 302
    assert Membership.objects.get().union == second
    foreign = make_union("隔壁工会")
    beyond = typed(chain[3], union="隔壁工会", chosen=foreign.number)
    assert client.post(PAGE, beyond).status_code == 422


# Places


@pytest.fixture
def places():
    """Two places of one name, and one of its own."""
    country = make_root().division
    jiangsu = make_division("江苏省", parent=country, code="320000")
    fujian = make_division("福建省", parent=country, code="350000")
    nanjing = make_division("南京市", parent=jiangsu, code="320100", pinyin="nanjingshi")
    fuzhou = make_division("福州市", parent=fujian, code="350100", initials="fzs")
    return {
        "nanjing": nanjing,
        "fuzhou": fuzhou,
        "gulou": make_division("鼓楼区", parent=nanjing, code="320106"),
        "gulou too": make_division("鼓楼区", parent=fuzhou, code="350102"),
    }


@pytest.fixture
def chair(places):
    return officer_client(make_post(union=make_union(division=places["nanjing"])))


def employers_page(browser):
    union = browser.get(reverse("members:tree")).context["rows"][0].union
    return reverse("members:union_employers", args=[union.number])


def test_places_are_offered_with_those_above_them(chair):
    both = ["江苏省南京市鼓楼区", "福建省福州市鼓楼区"]
    assert offered(chair.get(PLACES, {"place": "鼓楼"})) == both
    assert offered(chair.get(PLACES, {"place": "fzs"})) == ["福建省福州市"]
    assert offered(chair.get(PLACES, {"place": "福州市鼓楼区"})) == both[1:]
    assert offered(chair.get(PLACES, {"place": "哪里都不是"})) == []


def test_an_employer_has_the_unions_place_unless_another_is_chosen(chair, places):
    there = employers_page(chair)
    begun = chair.get(there)
    assert begun.context["form"]["place"].value() == "江苏省南京市"
    assert f'value="{places["nanjing"].code}" checked' in begun.content.decode()
    chair.post(there, {"name": "甲厂"})
    chair.post(there, {"name": "乙厂", "place": "江苏省南京市", "division": "320100"})
    chair.post(there, {"name": "丙厂", "place": "鼓楼", "division": "350102"})
    listed = chair.post(there, {"name": "丁厂", "place": "福州", "division": "320100"}, follow=True)
    found = dict(Employer.objects.values_list("name", "division_id"))
    assert found == {"甲厂": "320100", "乙厂": "320100", "丙厂": "350102", "丁厂": "350100"}
    assert "福建省福州市鼓楼区" in listed.content.decode()
    assert "已添加丁厂，登记地为福建省福州市" in listed.content.decode()


def test_a_place_that_may_be_two_is_asked_about_and_nothing_is_lost(chair):
    there = employers_page(chair)
    for place in ("鼓楼区", "哪里都不是"):
        answer = chair.post(there, {"name": "甲厂", "trade": "制造", "place": place})
        assert answer.status_code == 422
        assert "id_place_error" in answer.content.decode()
        assert 'value="制造"' in answer.content.decode()
    searched = chair.post(there, {"name": "甲厂", "place": "鼓楼区", "find": "place"})
    assert (searched.status_code, len(offered(searched))) == (200, 2)
    assert 'value="甲厂"' in searched.content.decode()
    assert not Employer.objects.exists()


def test_the_api_takes_and_shows_the_place(chair, places):
    there = f"/api/v1/desk/unions/{employers_page(chair).split('/')[-3]}/employers"
    own = chair.post(there, {"name": "甲厂"}, "application/json").json()
    other = {"name": "乙厂", "place": "福州市鼓楼区"}
    added = chair.post(there, other, "application/json").json()
    assert (own["place"], added["place"]) == ("江苏省南京市", "福建省福州市鼓楼区")
    assert {item["place"] for item in chair.get(there).json()["items"]} == {
        "江苏省南京市",
        "福建省福州市鼓楼区",
    }
    unknown = chair.post(there, {"name": "丙厂", "place": "无此地"}, "application/json")
    assert unknown.status_code == 422
    assert "place" in unknown.content.decode()
