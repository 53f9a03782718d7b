"""The desk over the API: the same services, the same refusals."""

import pytest

from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import Membership, Post, Role
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import make_application, make_membership
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
JSON = "application/json"
DESK = "/api/v1/desk"


@pytest.fixture
def client(chain):
    """The chair of the county."""
    return officer_client(make_post(union=chain[2]))


def test_the_inbox_most_urgent_first_with_filters(chain, client):
    later = make_application(union=make_union(parent=chain[2], answer_working_days=9))
    sooner = make_application(union=chain[3])
    make_application()
    listed = client.get(f"{DESK}/applications").json()
    assert [item["number"] for item in listed["items"]] == [sooner.number, later.number]
    assert listed["items"][0]["applicant"] == sooner.person.name
    narrowed = client.get(f"{DESK}/applications", {"union": chain[3].number}).json()
    assert [item["number"] for item in narrowed["items"]] == [sooner.number]
    assert client.get(f"{DESK}/applications", {"union": make_union().number}).status_code == 404
    assert sooner.person.identity_number not in str(listed)


def test_opening_is_recorded_and_answering_admits(chain, client):
    application = make_application(union=chain[3])
    there = f"{DESK}/applications/{application.number}"
    assert client.get(there).json()["working_days"] >= 0
    assert AuditEntry.objects.filter(action="application.viewed").count() == 1
    short = client.post(f"{there}/decision", {"verdict": "refused", "reason": "不行"}, JSON)
    assert short.status_code == 422
    answered = client.post(f"{there}/decision", {"verdict": "admitted"}, JSON)
    assert answered.status_code == 200
    assert Membership.objects.get().person == application.person
    assert client.post(f"{there}/decision", {"verdict": "admitted"}, JSON).status_code == 409
    assert client.get(there).status_code == 404


def test_answering_many_says_what_could_not_be(chain, client):
    mine, foreign = make_application(union=chain[3]), make_application()
    body = {"numbers": [mine.number, foreign.number], "verdict": "admitted"}
    outcomes = client.post(f"{DESK}/decisions", body, JSON).json()["items"]
    assert [bool(each["problem"]) for each in outcomes] == [False, True]


def test_looking_up_needs_a_purpose_and_is_seen(chain, client):
    membership = make_membership(union=chain[3])
    body = {"by": "number", "text": membership.number, "purpose": "asked", "words": "来电询问"}
    found = client.post(f"{DESK}/look-ups", body, JSON).json()["items"]
    assert [item["number"] for item in found] == [membership.number]
    assert AuditEntry.objects.filter(person_id=membership.person_id, purpose__contains="来电")
    assert client.post(f"{DESK}/look-ups", body | {"words": ""}, JSON).status_code == 422


def test_posts_are_appointed_and_ended(chain, client):
    account = make_account(phone="+8613800001111")
    there = f"{DESK}/unions/{chain[3].number}/posts"
    body = {"phone": "13800001111", "role": "chair"}
    (listed,) = client.post(there, body, JSON).json()["items"]
    assert Post.objects.get(account=account).role == "chair"
    assert client.get(there).json()["items"] == [listed]
    ended = client.post(f"{DESK}/posts/{listed['id']}/ending").json()["items"]
    assert ended[0]["ended_at"]


def test_unions_are_edited_and_moved(chain, client):
    there = f"{DESK}/unions/{chain[3].number}"
    assert client.patch(there, {"phone": "0579-85550000"}, JSON).status_code == 200
    joint = make_union(parent=chain[2], kind="joint")
    assert client.post(f"{there}/move", {"parent": joint.number}, JSON).status_code == 200
    union = Union.objects.get(pk=chain[3].pk)
    assert (union.phone, union.parent) == ("0579-85550000", joint)
    assert client.patch(there, {"answer_working_days": 99}, JSON).status_code == 422


def test_without_a_second_factor_and_without_the_right(chain):
    officer = make_post(union=chain[2])
    bare = signed_in(officer.account, two_factors=False)
    assert bare.get(f"{DESK}/applications").status_code == 403
    analyst = officer_client(make_post(union=chain[2], role=Role.ANALYST))
    assert analyst.get(f"{DESK}/applications").status_code == 404


def test_no_more_are_answered_at_once_than_on_the_page(chain, client):
    application = make_application(union=chain[3])
    body = {"numbers": [application.number] * 51, "verdict": "admitted"}
    refused = client.post(f"{DESK}/decisions", body, JSON)
    assert refused.status_code == 422
    assert refused["Content-Type"].startswith("application/problem+json")
    assert not Membership.objects.exists()
    assert client.post(f"{DESK}/decisions", body | {"numbers": []}, JSON).status_code == 422
    officer = make_post(union=chain[2]).account
    with pytest.raises(Invalid):
        services.decide_applications(
            by=officer,
            numbers=[str(n) for n in range(51)],
            verdict="admitted",
            reason="",
            now=clock.now(),
        )
