"""Finding unions by words."""

import pytest

from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.organisations import selectors, services
from niangjia.organisations.models import Employer, Kind, Union
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.regions.models import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def yiwu():
    """义乌市总工会 below 浙江省总工会, with a union of couriers and one of a hospital."""
    root = make_root()
    zhejiang = make_division("浙江省", parent=root.division, level=Level.PROVINCE)
    jinhua = make_division("金华市", parent=zhejiang)
    place = make_division("义乌市", parent=jinhua)
    province = make_union("浙江省总工会", kind=Kind.FEDERATION, parent=root, division=zhejiang)
    federation = make_union("义乌市总工会", kind=Kind.FEDERATION, parent=province, division=place)
    make_union(
        "义乌市顺达快递有限公司工会", parent=federation, trade="快递", admits_directly=["courier"]
    )
    make_union("义乌市中心医院工会", parent=federation, trade="医疗")
    make_union("稠城联合工会", parent=federation, kind=Kind.JOINT)
    return federation


def names(words="", **criteria):
    found = selectors.find_unions(selectors.Criteria(words=words, **criteria))
    return [union.name for union in found.items]


@pytest.mark.parametrize(
    "words",
    [
        "义乌市总工会",
        "义乌总工会",
        "义乌",
        "义乌市",
        "yiwushizonggonghui",
        "yiwuzonggonghui",
        "yiwu",
        "YiWu",
        "yi wu",
        "ywszgh",
        "ywzgh",
        "ＹＷＺＧＨ",
        "yw",
        " 义 乌 市 总 工 会 ",
        "义乌市，总工会！",
    ],
)
def test_the_federation_of_a_place_comes_first_however_it_is_typed(yiwu, words):
    assert names(words)[0] == "义乌市总工会"


@pytest.mark.parametrize(
    "words",
    [
        "快递",
        "义乌 快递",
        "快递 义乌",
        "义乌快递",
        "浙江 快递",
        "顺达",
        "shunda",
        "sdkd",
        "义乌kuaidi",
    ],
)
def test_words_may_come_from_the_name_the_trade_or_the_places_above(yiwu, words):
    assert "义乌市顺达快递有限公司工会" in names(words)


def test_each_union_is_found_once_and_best_matches_come_first(yiwu):
    found = names("义乌")
    assert len(found) == len(set(found)) == 4
    assert found[-1] == "稠城联合工会", "contained only in its place"


def test_an_employers_name_finds_the_union_it_belongs_to(yiwu):
    union = Union.objects.get(name="稠城联合工会")
    employer = Employer.objects.create(name="云上直播文化传媒", division=yiwu.division)
    union.employers.add(employer)
    services.index_union(union.pk)
    assert names("云上直播") == ["稠城联合工会"]


@pytest.mark.parametrize("words", ["没有这样的工会", "qqqzzz", "义乌 采矿"])
def test_what_matches_nothing_finds_nothing(yiwu, words):
    assert names(words) == []


def test_a_dissolved_union_is_found_no_longer(yiwu):
    union = Union.objects.get(name="稠城联合工会")
    services.dissolve_union(union_id=union.pk, by=None, now=clock.now())
    assert names("稠城") == []


def test_facets_narrow_what_is_found(yiwu):
    assert names(admits="courier") == ["义乌市顺达快递有限公司工会"]
    assert names("义乌", kind=Kind.JOINT) == ["稠城联合工会"]
    assert len(names(division=yiwu.division_id)) == 4
    assert names("义乌", division="110000") == []


def test_nothing_typed_shows_federations_from_the_top(yiwu):
    assert names()[:3] == ["中华全国总工会", "浙江省总工会", "义乌市总工会"]


def test_pages_neither_repeat_nor_miss_a_union(yiwu):
    for n in range(60):
        make_union(f"义乌市第{n}食品厂工会", parent=yiwu)
    everything = names("义乌") and paged("义乌", size=7)
    assert len(everything) == len(set(everything)) == 64
    assert everything == paged("义乌", size=64)


def paged(words, *, size, **criteria):
    wanted = selectors.Criteria(words=words, **criteria)
    found, cursor = [], None
    while True:
        page = selectors.find_unions(wanted, cursor=cursor, size=size)
        found += [union.name for union in page.items]
        if page.next is None:
            return found
        cursor = page.next


@pytest.mark.parametrize(
    "words",
    [
        "\0",
        "'; DROP TABLE organisations_union; --",
        "<script>alert(1)</script>",
        "😀" * 50,
        "\u202eיוד",
        "'#~ & | ! :* \\",
        "义" * 100_000,
        "a b c d e f g h i j k l",
        "%_",
        "Ünïcode ﬁ ㋿",
    ],
)
def test_hostile_words_find_nothing_or_everything_and_break_nothing(yiwu, words):
    names(words)


def test_a_cursor_nobody_gave_out_is_refused(yiwu):
    with pytest.raises(Invalid):
        selectors.find_unions(selectors.Criteria(), cursor="forged")


def test_one_query_finds_a_page(yiwu, django_assert_num_queries):
    with django_assert_num_queries(1):
        names("义乌")


def test_writing_every_entry_anew_changes_nothing(yiwu):
    before = names("义乌")
    assert services.index_all() == 6
    assert names("义乌") == before
