"""At which union asking for a service begins: one's own, the place's, or the one above."""

import json

import pytest
from django.test import Client

from niangjia.cases.models import Case
from niangjia.cases.tests.factories import AID, COMPLAINT, make_officer, publish
from niangjia.core import protection
from niangjia.members.models import Membership
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.tests.factories import make_division, make_union

pytestmark = pytest.mark.django_db
WRITTEN = {"matter": "三个月没有发工资了", "about-employer": "从前的玩具有限公司"}
ASKING = "/services/test-complaint/asking/"


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    county = make_division("义乌市", code="330782")
    for union in made[2:]:
        union.division = county
        union.save()
    publish(COMPLAINT, begins="place")
    publish(AID, open_to="unions", level=3)
    return made


@pytest.fixture
def worker(chain):
    """The browser of somebody in the union of the employer they work for now."""
    return signed_in(make_membership(union=chain[3]).person.account)


def only_case():
    with protection.working("test"):
        return Case.objects.select_related("handler").get()


def test_a_complaint_about_an_earlier_employer_is_not_read_at_the_present_one(chain, worker):
    assert f"它会交给{chain[2].name}" in worker.get(ASKING).content.decode()
    assert worker.post(ASKING, WRITTEN).status_code == 302
    assert only_case().handler == chain[2]


def test_what_begins_with_membership_begins_at_ones_own_union(chain, worker):
    """The control."""
    publish(COMPLAINT, begins="membership")
    assert f"从{chain[3].name}开始办理" in worker.get(ASKING).content.decode()
    worker.post(ASKING, WRITTEN)
    assert only_case().handler == chain[3]


def test_it_goes_to_the_place_that_was_chosen(chain, worker):
    elsewhere = make_union("东阳市总工会", kind="federation", parent=chain[1])
    elsewhere.division = make_division("东阳市", code="330783")
    elsewhere.save()
    for browser in (worker, Client()):
        browser.cookies["place"] = "330783"
        assert f"它会交给{elsewhere.name}" in browser.get(ASKING).content.decode()
    worker.post(ASKING, WRITTEN)
    assert only_case().handler == elsewhere


def test_the_api_says_where_one_would_ask(chain, worker):
    there = f"/api/v1/services/test-complaint/standing?union={chain[3].number}"
    assert worker.get(there).json()["union"]["number"] == chain[2].number
    nobody = signed_in(make_person().account)
    assert nobody.get(there).json()["union"] is None


@pytest.mark.parametrize(("asks", "decides"), [(3, 2), (2, 1), (1, 0)])
def test_what_a_union_asks_for_is_decided_above_it(chain, asks, decides):
    """Whoever asks is a member of another union of their place, as officers of a county are."""
    post = make_officer(chain[asks], account=make_membership(union=make_own(chain)).person.account)
    desk = signed_in(post.account)
    assert Membership.objects.get().union != chain[asks]
    answer = desk.post("/services/test-aid/asking/", {"reason": "会议室年久失修，想改成职工之家"})
    assert answer.status_code == 302
    assert only_case().handler == chain[decides]


def make_own(chain):
    return make_union("机关工会", parent=chain[2])


def test_and_by_the_api_as_well(chain):
    desk = signed_in(make_officer(chain[2], account=make_person().account).account)
    sent = {"union": chain[2].number, "answers": {"reason": "会议室年久失修，想改成职工之家"}}
    address = "/api/v1/services/test-aid/cases"
    answer = desk.post(address, json.dumps(sent), content_type="application/json")
    assert answer.json()["union"]["number"] == chain[1].number


def test_nobody_asks_in_the_name_of_a_union_that_is_not_theirs(chain):
    """Else an officer of the county names an enterprise below it, and the county decides."""
    desk = signed_in(make_officer(chain[2], account=make_person().account).account)
    sent = {"union": chain[3].number, "answers": {"reason": "会议室年久失修，想改成职工之家"}}
    address = "/api/v1/services/test-aid/cases"
    refused = desk.post(address, json.dumps(sent), content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "not-your-union")
