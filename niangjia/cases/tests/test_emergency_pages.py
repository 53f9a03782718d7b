"""Emergency access as officers meet it on the pages."""

import pytest

from niangjia.cases.models import EmergencyGrant
from niangjia.cases.tests.factories import make_case, make_officer
from niangjia.core import protection
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db

PAGE = "/desk/cases/emergency/"
REASON = "当事人来电称有人身危险，需要马上核对"


@pytest.fixture
def case(chain):
    return make_case(union=chain[3])


@pytest.fixture
def asker(chain):
    union = make_union("邻县总工会", parent=chain[1], kind=Kind.FEDERATION)
    account = make_person(name="周明").account
    return officer_client(make_officer(union, Role.CASE_OFFICER, account=account))


@pytest.fixture
def chair(chain):
    return officer_client(make_officer(chain[2]))


def ask(browser, case, reason=REASON):
    return browser.post(PAGE, {"number": f" {case.number} ", "reason": reason})


def grant():
    with protection.working("test"):
        return EmergencyGrant.objects.get()


def test_asked_granted_read_and_given_back(case, asker, chair):
    address = f"/desk/cases/{case.number}/"
    assert asker.get(address).status_code == 404
    assert ask(asker, case).status_code == 302
    waiting = chair.get(PAGE).content.decode()
    assert "周明申请查阅一个办件" in waiting
    assert REASON in waiting
    decided = f"{PAGE}{grant().pk}/decision/"
    assert chair.post(decided, {"granted": "yes", "hours": "2"}).status_code == 302
    assert REASON not in chair.get(PAGE).content.decode()
    assert address in asker.get(PAGE).content.decode()
    assert asker.get(address).status_code == 200
    assert asker.post(f"{PAGE}{grant().pk}/revocation/").status_code == 302
    assert asker.get(address).status_code == 404
    assert "已收回" in asker.get(PAGE).content.decode()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(case, asker, chair):
    page = ask(asker, case, "太急了")
    assert page.status_code == 422
    assert case.number in page.content.decode()
    assert "太急了" in page.content.decode()
    wrong = asker.post(PAGE, {"number": "1234", "reason": REASON})
    assert wrong.status_code == 422
    assert "没有你可以申请查阅的这个编号的办件" in wrong.content.decode()
    assert ask(asker, case).status_code == 302
    for sent in ({"granted": "yes", "hours": "9"}, {"granted": "maybe"}, {}):
        answer = chair.post(f"{PAGE}{grant().pk}/decision/", sent)
        assert answer.status_code == 422
        assert REASON in answer.content.decode()
    assert grant().state == "asked"


def test_refused_and_decided_twice(case, asker, chair):
    ask(asker, case)
    decided = f"{PAGE}{grant().pk}/decision/"
    assert chair.post(decided, {"granted": "no", "hours": "1"}).status_code == 302
    again = chair.post(decided, {"granted": "yes", "hours": "1"})
    assert again.status_code == 422
    assert grant().state == "refused"
    assert asker.get(f"/desk/cases/{case.number}/").status_code == 404
    assert "未" in asker.get(PAGE).content.decode()


def test_nobody_decides_on_the_page_what_is_not_theirs(case, asker, chain):
    ask(asker, case)
    decided = f"{PAGE}{grant().pk}/decision/"
    strangers = [
        make_officer(make_union("外县总工会", parent=chain[1], kind=Kind.FEDERATION)),
        make_officer(chain[2], Role.CASE_OFFICER),
    ]
    for post in strangers:
        browser = officer_client(post)
        assert browser.post(decided, {"granted": "yes", "hours": "1"}).status_code == 404
        assert REASON not in browser.get(PAGE).content.decode()
    assert asker.post(decided, {"granted": "yes", "hours": "1"}).status_code == 404
    assert grant().state == "asked"


def test_the_page_asks_as_many_questions_with_nothing_and_with_three(
    case, asker, chair, chain, django_assert_num_queries
):
    """Beside that it records the reasons shown, on one trip."""
    chair.get(PAGE)
    with django_assert_num_queries(9):
        chair.get(PAGE)
    for n in range(3):
        union = make_union(f"第{n}县总工会", parent=chain[1], kind=Kind.FEDERATION)
        ask(officer_client(make_officer(union, account=make_person().account)), case)
    with django_assert_num_queries(9 + 1):
        chair.get(PAGE)
