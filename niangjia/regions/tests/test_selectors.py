import pytest

from niangjia.core.errors import Invalid, NotFound
from niangjia.regions import selectors, services
from tests.database import kept_for_the_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def table(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        services.load_divisions()
        yield


pytestmark = [pytestmark, pytest.mark.usefixtures("table")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("浙江省金华市义乌市稠州北路 699 号", "330782"),
        ("义乌市稠城街道", "330782"),
        ("义乌", "330782"),
        ("浙江 杭州 西湖", "330106"),
        ("杭州市西湖区文三路 1 号", "330106"),
        ("南昌西湖区", "360103"),
        ("北京市朝阳区建国路", "110105"),
        ("长春市朝阳区", "220104"),
        ("辽宁省朝阳市朝阳县", "211321"),
        ("福州鼓楼区", "350102"),
        ("江苏徐州市鼓楼区", "320302"),
        ("吉林市船营区", "220204"),
        ("吉林省", "220000"),
        ("吉林市", "220200"),
        ("上海浦东新区张江", "310115"),
        ("湖北省仙桃市", "429004"),
        ("湖北恩施州利川市", "422802"),
        ("新疆石河子", "659001"),
        ("内蒙古呼和浩特", "150100"),
        ("广东省东莞市长安镇", "441900"),
        ("重庆市 忠县", "500233"),
    ],
)
def test_addresses(text, code):
    match = selectors.match_address(text)
    assert match.division is not None
    assert match.division.code == code
    assert match.confidence == 1
    assert selectors.access_by_address(text) == match.division


def test_a_name_that_several_places_share_is_not_sure():
    match = selectors.match_address("朝阳区")
    assert {d.code for d in [match.division, *match.alternatives]} == {"110105", "220104"}
    assert match.confidence == pytest.approx(1 / 2)
    assert selectors.match_address("鼓楼区").confidence < 0.5


def test_where_it_is_written_down_a_shared_name_is_not_guessed():
    with pytest.raises(Invalid) as refusal:
        selectors.access_by_address("朝阳区")
    assert "北京市朝阳区、吉林省长春市朝阳区" in str(refusal.value.message)
    assert selectors.access_by_address("吉林省长春市朝阳区").code == "220104"


def test_a_full_name_is_understood_as_what_it_names():
    some = [each for each in selectors.list_children("320100") if each.name != "市辖区"]
    for code, name in selectors.full_names(some).items():
        match = selectors.match_address(name)
        assert (match.division.code, match.confidence) == (code, 1)


@pytest.mark.parametrize("text", ["", " ", "，。", "x", "某处", "💥" * 50, "\u202e'; DROP TABLE"])
def test_what_names_no_place(text):
    assert selectors.match_address(text).division is None
    with pytest.raises(NotFound):
        selectors.access_by_address(text)


def test_ten_megabytes_of_text_are_cut_off():
    assert selectors.match_address("义乌市" * 3_000_000).division.code == "330782"


def test_an_address_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        selectors.match_address("浙江省金华市义乌市稠州北路 699 号")


def test_children_in_order():
    assert [d.name for d in selectors.list_children("330700")][-3:] == [
        "义乌市",
        "东阳市",
        "永康市",
    ]
    assert list(selectors.list_children("nothing")) == []


def test_the_nearest_county():
    assert selectors.list_nearest(120.07, 29.31)[0].name == "义乌市"
    assert len(selectors.list_nearest(120.07, 29.31, count=5)) == 5


@pytest.mark.parametrize("code", ["999999", "", "义乌", "330782' --"])
def test_unknown_codes_are_not_found(code):
    with pytest.raises(NotFound):
        selectors.access_division(code)
