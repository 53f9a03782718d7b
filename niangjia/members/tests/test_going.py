"""Go anywhere: rooms, unions within reach, an application by its number."""

import pytest

from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.models import Reach, Role
from niangjia.members.selectors.going import SHOWN, find_destinations
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_application
from niangjia.organisations.models import Kind, Status, Union
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.regions.models import Level

pytestmark = pytest.mark.django_db
PALETTE = {"HX-Request": "true", "HX-Target": "palette-found"}


@pytest.fixture
def county(chain):
    return make_post(union=chain[2])


def names(found):
    return [union.name for union in found.unions]


def test_an_application_is_found_by_its_number_however_it_is_written(chain, county):
    application = make_application(union=chain[3])
    number = application.number

    spaced = f" {number[:4]} {number[4:8]} {number[8:]} "
    for typed in (number, spaced, f"{number[:6]}-{number[6:]}"):
        assert find_destinations([county], typed).applications == [application]


def test_an_application_elsewhere_is_not_there(chain):
    application = make_application(union=chain[3])
    stranger = make_post(union=make_union("外地工会"))

    assert not find_destinations([stranger], application.number)
    assert find_destinations([make_post(union=chain[3])], application.number), "the control"


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_who_decides_nothing_finds_no_application(chain, role):
    application = make_application(union=chain[3])

    assert not find_destinations([make_post(union=chain[2], role=role)], application.number)


def test_a_union_by_number_name_part_pinyin_and_initials():
    root = make_root()
    province = make_division("浙江省", parent=root.division, code="330000", level=Level.PROVINCE)
    place = make_division(
        "义乌市", parent=province, code="330782", pinyin="yiwushi", initials="yws"
    )
    yiwu = make_union("义乌市总工会", kind=Kind.FEDERATION, parent=root, division=place)
    below = make_union("顺达快递工会", parent=yiwu, division=place)
    make_union("顺达快递工会北京分会", parent=root)
    post = make_post(union=yiwu)

    for typed in (yiwu.number, "义乌市总工会", "ywszgh"):
        assert names(find_destinations([post], typed))[:1] == ["义乌市总工会"], typed
    for typed in ("快递", "shundakuaidi", below.number):
        assert names(find_destinations([post], typed)) == ["顺达快递工会"], typed


def test_a_union_outside_ones_reach_is_not_there(chain):
    elsewhere = make_union("外地快递工会")
    post = make_post(union=chain[2])

    assert not find_destinations([post], elsewhere.number)
    assert "外地快递工会" not in names(find_destinations([post], "外地快递"))


def test_a_union_with_few_below_is_not_crowded_out_by_its_neighbours(chain):
    for n in range(SHOWN + 2):
        make_union(f"快递第{n}工会", parent=chain[2])
    own = make_union("我们的快递工会", parent=chain[3], kind=Kind.GROUP)
    post = make_post(union=chain[3])

    assert find_destinations([post], "快递").unions == [own]


def test_a_post_at_one_union_alone_finds_no_union_below(chain):
    post = make_post(union=chain[2], reach=Reach.UNION)

    assert names(find_destinations([post], chain[2].name)) == [chain[2].name]
    assert not find_destinations([post], chain[3].name)


def test_two_posts_find_each_union_once(chain):
    account = make_post(union=chain[2]).account
    posts = [make_post(union=chain[1], account=account), make_post(union=chain[3], account=account)]

    assert names(find_destinations(posts, chain[3].name)).count(chain[3].name) == 1


def test_a_dissolved_union_is_no_destination(chain, county):
    gone = make_union("撤销了的工会", parent=chain[3])
    assert find_destinations([county], gone.name), "the control"
    Union.objects.filter(pk=gone.pk).update(
        status=Status.DISSOLVED, dissolved_date=clock.now().date()
    )

    assert not find_destinations([county], gone.name)


@pytest.mark.parametrize("typed", ["", "   ", "没有的东西", "%", "_", "😀", "'; --", "１２３", "²"])
def test_nonsense_finds_nothing(county, typed):
    assert not find_destinations([county], typed)


def test_too_many_words_are_refused(county):
    with pytest.raises(Invalid):
        find_destinations([county], "长" * 61)


def test_it_asks_a_bounded_number_of_queries(chain, county, django_assert_max_num_queries):
    posts = [county]
    with django_assert_max_num_queries(2):
        find_destinations(posts, "123456789012")
    with django_assert_max_num_queries(2):
        find_destinations(posts, "快递")


def test_the_page_offers_rooms_and_posts_without_a_word(county):
    page = officer_client(county).get("/desk/go/").text
    content = page.split("<main")[1].split("</main>")[0]

    assert 'href="/desk/members/"' in content
    assert county.union.name in content


def test_the_page_answers_words_and_says_when_there_is_nothing(chain, county):
    client = officer_client(county)

    assert chain[3].name in client.get("/desk/go/", {"words": chain[3].name}).text
    assert "管辖范围内没有找到" in client.get("/desk/go/", {"words": "没有的东西"}).text
    assert "不要超过 60 个字" in client.get("/desk/go/", {"words": "长" * 500}).text


def test_a_number_leads_straight_to_its_application(chain, county):
    application = make_application(union=chain[3])
    answer = officer_client(county).get("/desk/go/", {"words": application.number})

    assert answer["Location"] == f"/desk/applications/{application.number}/"


def test_the_palette_gets_entries_and_no_page(chain, county):
    application = make_application(union=chain[3])
    answer = officer_client(county).get("/desk/go/", {"words": application.number}, headers=PALETTE)

    assert "<html" not in answer.text
    assert f'href="/desk/applications/{application.number}/"' in answer.text
    assert application.person.name not in answer.text, "a list is no look-up"


def test_every_desk_page_leads_there_without_scripts(county):
    assert 'href="/desk/go/"' in officer_client(county).get("/desk/unions/").text
