"""No union at my employer: three questions lead to one."""

import pytest

from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.regions.models import Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    """稠城街道 in 义乌市, with federations on each level; only the county's takes couriers."""
    root = make_root()
    zhejiang = make_division("浙江省", parent=root.division, code="330000", level=Level.PROVINCE)
    jinhua = make_division("金华市", parent=zhejiang, code="330700")
    yiwu = make_division("义乌市", parent=jinhua, code="330782")
    street = make_division("稠城街道", parent=yiwu, code="330782001", level=Level.TOWNSHIP)
    upper = make_union("浙江省总工会", kind=Kind.FEDERATION, parent=root, division=zhejiang)
    county = make_union(
        "义乌市总工会",
        kind=Kind.FEDERATION,
        parent=upper,
        division=yiwu,
        admits_directly=["courier", "driver"],
    )
    make_union("稠城街道总工会", kind=Kind.FEDERATION, parent=county, division=street)
    return street


def ask(client, **answers):
    response = client.get("/unions/guide/", answers)
    assert response.status_code == 200
    return response.content.decode()


def test_one_question_a_page_and_the_answers_stay_in_the_address(client, town):
    assert 'name="work" value="courier"' in ask(client)
    text = ask(client, work="courier", asked="work")
    assert 'id="address"' in text
    assert 'type="hidden" name="work" value="courier"' in text
    text = ask(client, work="courier", address="义乌市稠城街道", asked="place")
    assert 'id="employer"' in text
    assert 'name="division" value="330782001"' in text
    assert "这家工会直接接收你" in ask(client, work="courier", division=town.code, employer="")


def test_the_nearest_level_that_takes_them_comes_first(client, town):
    text = ask(client, work="courier", division=town.code, employer="")
    assert "义乌市总工会" in text
    assert "稠城街道总工会" not in text, "it takes nobody directly"
    street = make_union(
        "稠城街道快递行业工会", kind=Kind.JOINT, division=town, admits_directly=["courier"]
    )
    text = ask(client, work="courier", division=town.code, employer="")
    assert text.index(street.name) < text.index("义乌市总工会")


def test_a_union_of_the_trade_comes_before_the_federation_of_the_same_place(client, town):
    make_union(
        "义乌市快递行业工会",
        kind=Kind.INDUSTRIAL,
        division=town.parent,
        admits_directly=["courier"],
    )
    text = ask(client, work="courier", division=town.code, employer="")
    assert text.index("义乌市快递行业工会") < text.index("义乌市总工会")


def test_nobody_takes_them_directly_and_still_there_is_somewhere_to_go(client, town):
    text = ask(client, work="domestic", division=town.code, employer="")
    assert text.index("稠城街道总工会") < text.index("义乌市总工会") < text.index("浙江省总工会")
    assert "tel:12351" in text


def test_a_union_at_the_employer_is_shown_first(client, town):
    make_union("顺达快递有限公司工会", division=town)
    text = ask(client, work="courier", division=town.code, employer="顺达快递")
    assert text.index("顺达快递有限公司工会") < text.index("义乌市总工会")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"asked": "work"}, "最接近你工作的类别"),
        ({"work": "astronaut"}, "最接近你工作的类别"),
        ({"work": "courier", "asked": "place"}, "主要在哪里工作"),
        ({"work": "courier", "address": "亚特兰蒂斯"}, "没找到这个地方"),
        ({"work": "courier", "division": "999999"}, "没有这个行政区划"),
        ({"work": "courier", "near": "120.07,29.31"}, "写反了"),
        ({"work": "courier", "division": "330782", "employer": "长" * 101}, "不要超过 100 个字"),
    ],
)
def test_a_missing_answer_is_asked_for_again_and_nothing_is_lost(client, town, answers, message):
    text = ask(client, **answers)
    assert message in text
    kept = [v for k, v in answers.items() if k in {"address", "employer"}]
    assert all(value in text for value in kept)


def test_a_phones_position_answers_the_second_question(client, town):
    assert 'id="employer"' in ask(client, work="courier", near="29.31,120.07")


def test_going_back_keeps_the_other_answers(client, town):
    text = ask(client, work="courier", division=town.code, employer="顺达", step="work")
    assert 'value="courier" checked' in text
    assert f'name="division" value="{town.code}"' in text
    assert 'name="employer" value="顺达"' in text


@pytest.mark.parametrize("name", ["work", "address", "near", "division", "employer", "step"])
@pytest.mark.parametrize("text", ["\0", "😀", "<script>alert(1)</script>", "'; --", "义" * 5000])
def test_no_hostile_answer_breaks_the_guide(client, town, name, text):
    answers = {"work": "courier", "division": town.code, "employer": "x"} | {name: text}
    response = client.get("/unions/guide/", answers)
    assert response.status_code in {200, 422}
    assert "<script>alert(1)" not in response.content.decode()


def test_the_result_costs_a_constant_number_of_queries(client, town, django_assert_num_queries):
    params = {"work": "courier", "division": town.code, "employer": ""}
    client.get("/unions/guide/", params)
    with django_assert_num_queries(3):
        client.get("/unions/guide/", params)
