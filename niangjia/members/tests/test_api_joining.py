"""Joining over the API: what the pages can, programs can."""

import pytest
from allauth.account.internal.flows import login

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Application
from niangjia.members.tests.factories.accounts import make_account, make_identity_number
from niangjia.members.tests.factories.joining import (
    make_applicant,
    make_application,
    make_chain,
    make_membership,
    make_officer,
)
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


def payload(union, **more):
    return {
        "union": union.number,
        "identity": {"name": "王小明", "identity_number": make_identity_number()},
        "employment_status": "employed",
        "employer_name": "义乌某某快运有限公司",
        "job": "快递员",
        "ethnicity": "01",
        "consents": ["membership"],
        **more,
    }


def test_from_draft_to_withdrawal(client):
    union, account = make_union(), make_account()
    client.force_login(account)
    assert client.get("/api/v1/applications/draft").status_code == 404
    typed = {"union": union.number, "answers": {"job": "骑手"}, "version": 0}
    draft = client.put("/api/v1/applications/draft", typed, **JSON).json()
    assert (draft["answers"], draft["version"]) == ({"job": "骑手"}, 1)
    assert client.put("/api/v1/applications/draft", typed, **JSON).status_code == 409
    answer = client.post("/api/v1/applications", payload(union, version=1), **JSON)
    assert answer.status_code == 201, answer.content
    number = answer.json()["number"]
    assert answer.json()["union"] == {"number": union.number, "name": union.name}
    assert [each["number"] for each in client.get("/api/v1/applications").json()["items"]] == [
        number
    ]
    detail = client.get(f"/api/v1/applications/{number}").json()
    assert [step["kind"] for step in detail["steps"]] == ["submitted"]
    for _ in range(2):
        withdrawn = client.post(f"/api/v1/applications/{number}/withdrawal", **JSON)
        assert withdrawn.json()["status"] == "withdrawn"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"consents": []}, 422),
        ({"job": "长" * 61}, 422),
        ({"job": ""}, 422),
        ({"ethnicity": "57"}, 422),
        ({"identity": None}, 422),
        ({"identity": {"name": "王小明", "identity_number": "330782199001010001"}}, 422),
        ({"union": "0000000000000"}, 404),
        ({"worker_kind": "courier"}, 422),
    ],
)
def test_wrong_applications_are_refused_with_a_reason(client, change, status):
    client.force_login(make_account())
    answer = client.post("/api/v1/applications", payload(make_union()) | change, **JSON)
    assert answer.status_code == status
    assert not Application.objects.exists()


def test_a_review_goes_to_the_union_above(client):
    _province, _city, county, union = make_chain()
    application = make_application(union=union)
    services.decide_application(
        by=make_officer(union),
        application=application,
        verdict="refused",
        reason="你的单位已有工会，请向单位工会申请。",
        now=clock.now(),
    )
    client.force_login(application.account)
    address = f"/api/v1/applications/{application.number}/review"
    answer = client.post(address, {"statement": "单位工会已撤销。"}, **JSON)
    assert (answer.status_code, answer.json()["handled_by"]["name"]) == (201, county.name)


def test_somebody_elses_application_does_not_exist(client):
    application = make_application()
    client.force_login(make_applicant())
    for method, path in [("get", ""), ("post", "/withdrawal")]:
        address = f"/api/v1/applications/{application.number}{path}"
        assert getattr(client, method)(address, **JSON).status_code == 404


def test_membership_card_and_leaving(client):
    account = make_applicant()
    client.force_login(account)
    assert client.get("/api/v1/card").status_code == 404
    assert client.get("/api/v1/memberships/me").json() == {"membership": None, "changes": []}
    membership = make_membership(person=account.person)
    card = client.get("/api/v1/card").json()
    assert card["number"] == membership.number
    checked = client.post("/api/v1/card/check", {"code": card["code"]}, **JSON)
    assert checked.json() == {"reading": "valid"}
    typed = {"number": card["number"], "digits": card["digits"]}
    assert client.post("/api/v1/card/check", typed, **JSON).status_code == 404
    mine = client.get("/api/v1/memberships/me").json()
    assert [change["kind"] for change in mine["changes"]] == ["admitted"]
    leave = "/api/v1/memberships/me/resignation"
    assert client.post(leave, {"confirms": False}, **JSON).status_code == 422
    assert client.post(leave, {"confirms": True}, **JSON).json()["status"] == "ended"
    assert client.post(leave, {"confirms": True}, **JSON).status_code == 404
    checked = client.post("/api/v1/card/check", {"code": card["code"]}, **JSON)
    assert checked.json() == {"reading": "wrong"}
    officer = make_officer(make_union()).account
    client.force_login(officer)
    assert client.post("/api/v1/card/check", typed, **JSON).status_code == 404
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(officer.pk)
    session.save()
    assert client.post("/api/v1/card/check", typed, **JSON).json() == {"reading": "wrong"}


def test_notices_are_listed_and_read(client):
    application = make_application()
    client.force_login(application.account)
    listed = client.get("/api/v1/notices").json()
    assert (listed["unread"], listed["items"][0]["title"]) == (1, "申请已送到")
    address = f"/api/v1/notices/{listed['items'][0]['id']}/reading"
    assert client.post(address, **JSON).json()["read_at"] is not None
    assert client.get("/api/v1/notices").json()["unread"] == 0
    assert client.post("/api/v1/notices/reading", **JSON).status_code == 204
    client.force_login(make_applicant())
    assert client.post(address, **JSON).status_code == 404
