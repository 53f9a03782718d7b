"""Who a service is open to, and when one may ask again: said before, held by the service."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import Case
from niangjia.cases.rules.asking import Asker, Earlier, obstacle_in, obstacle_of
from niangjia.cases.rules.content import read
from niangjia.cases.selectors.asking import find_obstacle
from niangjia.cases.services import Asking, Matter
from niangjia.cases.tests.factories import AID, end_step, fresh, make_officer, publish
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
REASON = {"reason": "家里有人生病，收入不够"}


def earlier(months, *, is_open=False, result="granted"):
    day = TODAY.replace(year=TODAY.year - months // 12)
    return [Earlier("1234", is_open, result, day - dt.timedelta(days=30 * (months % 12)))]


@pytest.mark.parametrize(
    ("open_to", "asker", "code"),
    [
        ("anyone", Asker(), None),
        ("organisations", Asker(), None),
        ("members", Asker(is_member=True), None),
        ("members", Asker(holds_post=True), "members-only"),
        ("unions", Asker(holds_post=True), None),
        ("unions", Asker(is_member=True), "unions-only"),
    ],
)
def test_to_whom_it_is_open(open_to, asker, code):
    found = obstacle_of(read({**AID, "open_to": open_to}), asker)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("again", "cases", "code"),
    [
        (None, earlier(0, is_open=True, result=""), None),
        (12, [], None),
        (12, earlier(0, is_open=True, result=""), "asked-already"),
        (12, earlier(3), "asked-lately"),
        (12, earlier(12), None),
        (12, earlier(1, result="refused"), None),
    ],
)
def test_when_one_may_ask_again(again, cases, code):
    found = obstacle_in(read({**AID, "again_after_months": again}), cases, TODAY)
    assert (found and found.code) == code


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(AID, open_to="members", again_after_months=12)
    return made


def ask(union, account, now=None):
    return services.open_case(
        matter=Matter("test-aid", union, REASON),
        asking=Asking(account=account, person=account.person),
        now=now or clock.now(),
    ).case


def test_a_visitor_of_the_union_is_told_how_to_join_and_the_service_holds_it(chain):
    account = make_person().account
    browser = signed_in(account)
    browser.cookies["place"] = chain[2].division.code
    for page in ("/services/test-aid/", "/services/test-aid/asking/"):
        assert "这项服务面向工会会员" in browser.get(page).content.decode()
    with pytest.raises(Conflict) as refused:
        ask(chain[3], account)
    assert refused.value.code == "members-only"
    assert ask(chain[3], make_membership(union=chain[3]).person.account)


def test_whoever_has_it_is_led_to_it_and_whoever_was_refused_asks_again(chain):
    account = make_membership(union=chain[3]).person.account
    browser, case = signed_in(account), ask(chain[3], account)
    page = browser.get("/services/test-aid/asking/").content.decode()
    assert case.number in page
    assert "<textarea" not in page
    late = browser.post("/services/test-aid/asking/", REASON)
    assert late.status_code == 422
    end_step(case, make_officer(chain[3]), "check", "refused")
    assert fresh(case).result == "refused"
    assert ask(chain[3], account).number != case.number


def test_a_colleague_at_the_counter_asks_for_somebody_once_as_well(chain):
    person = make_membership(union=chain[3]).person
    ask(chain[3], person.account)
    with pytest.raises(Conflict, match="正在办理"):
        services.open_case(
            matter=Matter("test-aid", chain[3], REASON),
            asking=Asking(person=person, name=person.name),
            by=make_officer(chain[3]),
            now=clock.now(),
        )
    with protection.working("test"):
        assert Case.objects.count() == 1


def test_what_may_be_asked_for_anytime_costs_no_question(chain, django_assert_num_queries):
    account = make_person().account
    person = account.person
    with django_assert_num_queries(0):
        assert find_obstacle(read(AID), account=account, person=person, today=TODAY) is None
