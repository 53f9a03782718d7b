"""The search at the desk and by the API."""

import pytest

from niangjia.cases.selectors.search import PAGE
from niangjia.cases.tests.factories import COMPLAINT, make_case
from niangjia.core.models import AuditEntry
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
PAGE_OF_DESK, OPERATION = "/desk/cases/search/", "/api/v1/desk/case-searches"
MATTER = "包工头拖欠工资三个月"


@pytest.fixture
def desk(chain):
    return officer_client(make_post(union=chain[2], account=make_person().account))


def shown(desk, **asked):
    answer = desk.post(PAGE_OF_DESK, asked)
    assert answer.status_code == 200, answer.context["form"].errors
    return answer.content.decode()


def operated(desk, **asked):
    return desk.post(OPERATION, asked, content_type="application/json")


def test_words_and_numbers_in_one_field(chain, desk):
    one, other = make_case(union=chain[3], reason=MATTER), make_case(union=chain[3])
    page = shown(desk, words="拖欠工资")
    assert one.number in page
    assert other.number not in page
    assert "找到 1 件" in page
    by_number = shown(desk, words=f"{other.number[:4]} {other.number[4:]}")
    assert other.number in by_number
    assert one.number not in by_number
    assert "没有找到" in shown(desk, words="劳动仲裁")
    assert desk.get(PAGE_OF_DESK).status_code == 200


def test_filters_of_the_page_narrow(chain, desk):
    employer = Employer.objects.create(name="甲玩具有限公司", division=chain[3].division)
    aid = make_case(union=chain[3])
    complaint = make_case(union=chain[3], document=COMPLAINT, accused=employer)
    for asked in ({"employer": "甲玩具有限公司"}, {"item": "test-complaint"}):
        page = shown(desk, **asked)
        assert complaint.number in page
        assert aid.number not in page
    assert aid.number in shown(desk, union=chain[3].number, since="2020-01-01")
    # Whether anybody has ever named an employer is not said.
    assert "没有找到" in shown(desk, employer="没人说过的公司")
    assert "没有找到" in shown(desk, officer="me")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"words": "工"}, "words"),
        ({"since": "昨天"}, "since"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "until"),
        ({"whom": "王小明"}, "purpose"),
        ({"whom": "王小明", "purpose": "service"}, "purpose_words"),
        ({"whom": "123", "by": "phone", "purpose": "service", "purpose_words": "核对"}, "whom"),
        ({"union": "没有的工会"}, "union"),
        ({"item": "x' OR 1"}, "item"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_nothing_typed_is_lost(desk, asked, field):
    answer = desk.post(PAGE_OF_DESK, asked)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert all(value in answer.content.decode() for value in asked.values() if "'" not in value)


def test_the_next_page_is_asked_for_with_the_same_form(chain, desk):
    """And the one before with it, as often as there were pages."""
    numbers = {make_case(union=chain[3], reason=MATTER).number for _n in range(PAGE + 1)}
    asked = {"words": "拖欠"}
    first = desk.post(PAGE_OF_DESK, asked)
    onward = {"cursor": first.context["found"].next, "trail": first.context["trail"]}
    second = desk.post(PAGE_OF_DESK, asked | onward)
    items = [*first.context["found"].items, *second.context["found"].items]
    assert {case.number for case in items} == numbers
    assert 'name="words" value="拖欠"' in first.content.decode()
    assert "上一页" not in first.content.decode()
    assert "上一页" in second.content.decode()
    again = desk.post(PAGE_OF_DESK, asked | second.context["back"])
    assert again.context["found"].items == first.context["found"].items
    assert "上一页" not in again.content.decode()
    assert desk.post(PAGE_OF_DESK, asked | {"trail": "x " * 900}).status_code == 200


def test_a_person_is_looked_up_on_record(chain, desk):
    person = make_person()
    make_case(union=chain[3], account=person.account)
    number = str(person.identity_number)
    asked = {"by": "identity_number", "purpose": "service", "purpose_words": "来电询问"}
    page = shown(desk, whom=number, **asked)
    assert "找到 1 件" in page
    entry = AuditEntry.objects.get(action="case.searched")
    assert (entry.person_id, entry.purpose) == (person.pk, "service: 来电询问")


def test_the_operation_finds_what_the_page_finds(chain, desk):
    case = make_case(union=chain[3], reason=MATTER)
    answer = operated(desk, words="拖欠", service_key="test-aid", states=["open"]).json()
    assert [each["number"] for each in answer["items"]] == [case.number]
    assert (answer["count"], answer["is_exact"], answer["next"]) == (1, True, None)
    assert operated(desk, number=case.number).json()["count"] == 1
    assert operated(desk, service_key="none").json()["count"] == 0
    assert operated(desk, words="x").status_code == 200
    for bad in ({"words": "工"}, {"union": "9"}, {"cursor": "x"}, {"whom": {"by": "name"}}):
        assert operated(desk, **bad).status_code == 422
    stranger = officer_client(
        make_post(union=make_union("外县总工会"), account=make_person().account)
    )
    assert operated(stranger, words="拖欠").json()["items"] == []


def test_a_search_takes_as_many_queries_for_one_as_for_ten(
    chain, desk, django_assert_num_queries, django_assert_max_num_queries
):
    make_case(union=chain[3], reason=MATTER)
    shown(desk, words="拖欠")
    with django_assert_max_num_queries(19) as first:
        shown(desk, words="拖欠")
    for _n in range(9):
        make_case(union=chain[3], reason=MATTER)
    with django_assert_num_queries(len(first)):
        shown(desk, words="拖欠")
