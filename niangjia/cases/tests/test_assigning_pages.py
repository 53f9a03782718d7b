"""Assignment by rule on the desk and by the interface for programs."""

import json

import pytest

from niangjia.cases.models import AssignmentRule, AssignmentShare
from niangjia.cases.tests.factories import fresh, make_case, make_rule
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
THERE = "/desk/cases/rules/"


@pytest.fixture
def officer(chain):
    account = make_person().account
    return make_post(union=chain[3], role=Role.CASE_OFFICER, account=account)


@pytest.fixture
def client(chain, officer):
    return officer_client(make_post(union=chain[3], account=make_person().account))


def typed(officer, **more):
    return {
        "name": "帮扶类均分",
        "position": "2",
        "item": "test-aid",
        "way": "least",
        "keeps_person": "on",
        f"weight-{officer.account_id}": "3",
        **more,
    }


def test_a_rule_is_made_changed_and_removed(client, officer):
    assert "还没有规则" in client.get(THERE).content.decode()
    assert client.post(THERE, typed(officer)).status_code == 302
    rule = AssignmentRule.objects.get()
    assert (rule.item.key, rule.everybody) == ("test-aid", False)
    page = client.get(f"{THERE}{rule.pk}/").content.decode()
    assert "帮扶类均分" in page
    assert 'value="3"' in page
    changed = typed(officer, name="改过的规则", **{f"weight-{officer.account_id}": ""})
    client.post(f"{THERE}{rule.pk}/", changed)
    rule.refresh_from_db()
    assert (rule.name, rule.everybody) == ("改过的规则", True)
    assert not AssignmentShare.objects.exists()
    client.post(f"{THERE}{rule.pk}/end/")
    assert "改过的规则" not in client.get(THERE).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "请给规则起个名字"),
        ({"employer": "查无此公司"}, "没有这个名称或代码的用人单位"),
        ({"position": "x"}, "输入整数"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(client, officer, wrong, words):
    answer = client.post(THERE, typed(officer, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="3"' in page
    assert not AssignmentRule.objects.exists()


def test_the_preview_says_what_would_happen_and_then_it_does(
    client, chain, officer, django_assert_max_num_queries
):
    case = make_case(union=chain[3])
    make_rule(chain[3], name="轮流办理", weights={officer.account_id: 1})
    with django_assert_max_num_queries(24):
        page = client.get(f"{THERE}preview/").content.decode()
    assert officer.account.person.name in page
    assert "轮流办理" in page
    assert fresh(case).assigned_to_id is None
    client.post(f"{THERE}preview/", {"union": chain[3].number})
    assert fresh(case).assigned_to_id == officer.account_id
    page = officer_client(officer).get(f"/desk/cases/{case.number}/").content.decode()
    assert "按规则“轮流办理”" in page
    assert "每件都有人办" in client.get(f"{THERE}preview/").content.decode()


def test_no_union_out_of_reach(client, chain):
    other = make_union(parent=chain[2])
    assert client.get(f"{THERE}?union={other.number}").status_code == 404
    assert client.get(f"{THERE}preview/?union={other.number}").status_code == 404


def test_the_operations_do_the_same(client, chain, officer):
    base, union = "/api/v1/desk/case-rules", chain[3].number

    def send(method, path="", **body):
        return getattr(client, method)(
            f"{base}{path}", json.dumps(body), content_type="application/json"
        )

    share = {"account": str(officer.account_id), "weight": 2}
    made = send("post", union=union, name="帮扶", item="test-aid", shares=[share])
    assert made.status_code == 201
    assert made.json()["shares"] == [share]
    key = made.json()["id"]
    for wrong in ({"item": "no-such"}, {"employer": "查无"}, {"division": "1"}):
        assert send("put", f"/{key}", union=union, name="x", **wrong).status_code == 422
    assert send("put", f"/{key}", union=union, name="全部").json()["item"] == ""
    make_case(union=chain[3])
    (listed,) = client.get(f"{base}?union={union}").json()["items"]
    assert listed["name"] == "全部"
    assert client.get(f"{base}/plan?union={union}").json()["items"] == []
    assert send("post", "/application", union=union).json() == {"assigned": 0}
    assert client.delete(f"{base}/{key}").status_code == 204
    make_case(union=chain[3])
    (planned,) = client.get(f"{base}/plan?union={union}").json()["items"]
    assert planned["rule"] is None
