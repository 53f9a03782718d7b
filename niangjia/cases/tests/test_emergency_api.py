"""Emergency access for programs; and that no answer is replayed to whoever may not read it."""

import json

import pytest

from niangjia.cases.models import EmergencyGrant
from niangjia.cases.services import emergency
from niangjia.cases.tests.factories import AID, make_case, make_officer, publish
from niangjia.core import protection
from niangjia.core.models import AuditEntry
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db

API = "/api/v1/desk/emergencies"
REASON = "当事人来电称有人身危险，需要马上核对"


class Desk:
    """An ordinary case, who asks for it from elsewhere, and who decides."""

    def __init__(self):
        chain = make_chain()
        publish(AID)
        self.case = make_case(union=chain[3])
        elsewhere = make_union("邻县总工会", parent=chain[1], kind=Kind.FEDERATION)
        self.asker = self.office(elsewhere, Role.CASE_OFFICER)
        self.chair = self.office(chain[2])
        self.reading = f"/api/v1/desk/cases/{self.case.number}/reading"

    def office(self, union, role=Role.CHAIR):
        return officer_client(make_officer(union, role, account=make_person().account))

    def send(self, browser, path, body=None, **options):
        return browser.post(
            path, json.dumps(body or {}), content_type="application/json", **options
        )

    def ask(self, **body):
        sent = {"number": self.case.number, "reason": REASON, **body}
        return self.send(self.asker, API, sent)


@pytest.fixture
def desk():
    return Desk()


def test_the_whole_way(desk):
    asked = desk.ask()
    assert asked.status_code == 201
    one = f"{API}/{asked.json()['id']}"
    (waiting,) = desk.chair.get(f"{API}/waiting").json()["items"]
    assert waiting["reason"] == REASON
    assert desk.send(desk.asker, desk.reading).status_code == 404
    granted = desk.send(desk.chair, f"{one}/decision", {"granted": True, "hours": 2})
    assert granted.json()["is_live"]
    assert desk.send(desk.asker, desk.reading).status_code == 200
    assert desk.send(desk.asker, f"{one}/revocation").json()["state"] == "revoked"
    assert desk.send(desk.asker, desk.reading).status_code == 404
    (own,) = desk.asker.get(API).json()["items"]
    assert own["number"] == desk.case.number
    assert not own["is_live"]


def test_what_is_refused(desk):
    assert desk.ask(number="9" * 16).status_code == 404
    assert desk.ask(reason="急").status_code == 422
    one = f"{API}/{desk.ask().json()['id']}"
    for browser in (desk.asker, desk.office(make_union("外省总工会"))):
        answer = desk.send(browser, f"{one}/decision", {"granted": True})
        assert answer.status_code in (403, 404)
    longer = desk.send(desk.chair, f"{one}/decision", {"granted": True, "hours": 5})
    assert longer.status_code == 422
    assert desk.send(desk.chair, f"{one}/decision", {"granted": False}).status_code == 200
    assert desk.send(desk.chair, f"{one}/decision", {"granted": True}).status_code == 409


def test_a_reading_is_not_replayed_once_it_is_no_longer_allowed(desk):
    """An idempotency key would otherwise give the same answer for a day, recorded once."""
    one = f"{API}/{desk.ask().json()['id']}"
    desk.send(desk.chair, f"{one}/decision", {"granted": True, "hours": 1})
    key = {"headers": {"Idempotency-Key": "the-same-each-time"}}
    for _time in range(2):
        assert desk.send(desk.asker, desk.reading, **key).status_code == 200
    assert AuditEntry.objects.filter(action="case.read").count() == 2
    desk.send(desk.asker, f"{one}/revocation")
    assert desk.send(desk.asker, desk.reading, **key).status_code == 404


def test_control_a_remembered_reading_would_be_replayed(desk, monkeypatch):
    from niangjia.cases.api.desk import idempotency

    monkeypatch.setattr(idempotency, "read_anew", lambda request: None)
    one = f"{API}/{desk.ask().json()['id']}"
    desk.send(desk.chair, f"{one}/decision", {"granted": True, "hours": 1})
    key = {"headers": {"Idempotency-Key": "the-same-each-time"}}
    assert desk.send(desk.asker, desk.reading, **key).status_code == 200
    desk.send(desk.asker, f"{one}/revocation")
    assert desk.send(desk.asker, desk.reading, **key).status_code == 200


def test_asking_twice_with_one_key_is_asking_once(desk):
    key = {"headers": {"Idempotency-Key": "asked-only-once"}}
    body = {"number": desk.case.number, "reason": REASON}
    answers = [desk.send(desk.asker, API, body, **key) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    with protection.working("test"):
        assert EmergencyGrant.objects.count() == 1
    assert emergency.rules.ASKED_A_DAY > 1
