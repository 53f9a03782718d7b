"""The operations: asking, one's own cases, complaining unknown, the officers' work."""

import datetime as dt
import json

import pytest
from django.test import Client

from niangjia.cases import services
from niangjia.cases.models import Case
from niangjia.cases.tests.factories import make_case, make_officer
from niangjia.core import clock, protection
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1"
WRITTEN = {"reason": "家里有人生病，收入不够"}
REASON = "属于市总工会的职责，请继续办理。"


@pytest.fixture
def person():
    return make_person()


def send(client, path, body=None, **options):
    return client.post(
        f"{API}{path}", json.dumps(body or {}), content_type="application/json", **options
    )


def office(union):
    return officer_client(make_post(union=union, account=make_person().account))


def count():
    with protection.working("test"):
        return Case.objects.count()


def test_anybody_reads_what_is_offered(chain):
    listed = Client().get(f"{API}/services?union={chain[3].number}").json()
    assert [each["key"] for each in listed["items"]] == ["test-aid", "test-complaint"]
    one = Client().get(f"{API}/services/test-aid?union={chain[3].number}").json()
    assert one["days"] == 15
    assert "reason" in one["document"]["form"]["schema"]["properties"]
    assert Client().get(f"{API}/services/no-such?union={chain[3].number}").status_code == 404
    assert Client().get(f"{API}/services?union=1").status_code == 404


def test_asking_twice_with_one_key_is_asking_once(chain, person):
    worker = signed_in(person.account)
    body = {"union": chain[3].number, "answers": WRITTEN}
    for _twice in range(2):
        answer = send(worker, "/services/test-aid/cases", body, HTTP_IDEMPOTENCY_KEY="asked-once")
        assert answer.status_code == 201
    assert count() == 1
    assert answer.json()["step"]["key"] == "check"
    assert send(Client(), "/services/test-aid/cases", body).status_code == 401


def test_what_is_wrong_is_said_by_field(chain, person):
    body = {"union": chain[3].number, "answers": {"reason": "短"}}
    answer = send(signed_in(person.account), "/services/test-aid/cases", body)
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    assert "reason" in json.dumps(answer.json())
    assert count() == 0


def test_my_cases_and_what_i_do_with_them(chain, person):
    case, worker = make_case(union=chain[3], account=person.account), signed_in(person.account)
    assert [each["number"] for each in worker.get(f"{API}/cases").json()["items"]] == [case.number]
    written = send(worker, f"/cases/{case.number}/messages", {"words": "请问还要多久"})
    assert written.status_code == 201
    assert written.json()["timeline"][0]["words"] == "请问还要多久"
    early = {"step": "check", "outcome": "passed"}
    assert send(worker, f"/cases/{case.number}/steps", early).status_code == 409
    for _twice in range(2):
        taken_back = send(worker, f"/cases/{case.number}/withdrawal")
        assert taken_back.json()["state"] == "withdrawn"
    assert send(worker, f"/cases/{case.number}/messages", {"words": "还有"}).status_code == 409
    stranger = signed_in(make_person().account)
    assert stranger.get(f"{API}/cases/{case.number}").status_code == 404


def test_somebody_unknown_gets_a_receipt_once_and_comes_back_with_it(chain):
    body = {
        "union": chain[3].number,
        "answers": {"matter": "三个月没有发工资了"},
        "employer": "某某公司",
    }
    answer = send(Client(), "/services/test-complaint/receipts", body)
    assert answer.status_code == 201
    receipt = answer.json()["receipt"]
    there = send(Client(), "/receipts/reading", {"receipt": receipt.lower()}).json()
    assert there["answers"][0]["words"] == "三个月没有发工资了"
    with protection.working("test"):
        found = Case.objects.get()
    # Notes among officers leave no gap in what the applicant counts.
    for _each in range(2):
        services.write_note(
            by=make_officer(found.handler),
            case_id=found.pk,
            words="先联系劳动监察核实情况",
            to_applicant=False,
            now=clock.now(),
        )
    added = send(Client(), "/receipts/messages", {"receipt": receipt, "words": "厂门口有公告"})
    assert [each["number"] for each in added.json()["timeline"]] == [2, 1]
    assert added.status_code == 201
    again = {"receipt": receipt, "words": "厂门口有公告", "seen": there["timeline"][-1]["number"]}
    assert send(Client(), "/receipts/messages", again).json() == added.json()
    assert send(Client(), "/receipts/reading", {"receipt": "ABCD"}).status_code == 404
    unnamed = send(Client(), "/services/test-aid/receipts", {**body, "answers": WRITTEN})
    assert unnamed.status_code == 422


def test_who_is_signed_in_stays_unknown_all_the_same(chain, person):
    body = {
        "union": chain[3].number,
        "answers": {"matter": "三个月没有发工资了"},
        "employer": "某某公司",
    }
    worker = signed_in(person.account)
    receipt = send(worker, "/services/test-complaint/receipts", body).json()["receipt"]
    assert worker.get(f"{API}/cases").json()["items"] == []
    assert send(worker, "/receipts/reading", {"receipt": receipt}).status_code == 200


def test_an_officer_works_through_a_case(chain):
    case, desk = make_case(union=chain[3]), office(chain[3])
    there = f"/desk/cases/{case.number}"
    queue = desk.get(f"{API}/desk/cases?unassigned=true").json()
    assert [each["number"] for each in queue["items"]] == [case.number]
    read = send(desk, f"{there}/reading").json()
    assert [each["key"] for each in read["outcomes"]] == ["passed", "incomplete", "refused"]
    assert send(desk, f"{there}/assignment").status_code == 200
    assert desk.get(f"{API}/desk/cases?unassigned=true").json()["items"] == []
    assert send(desk, f"{there}/notes", {"words": "已电话联系"}).status_code == 201
    longer = send(desk, f"{there}/extension", {"reason": REASON}).json()
    assert longer["due_at"] > queue["items"][0]["due_at"]
    step = {"step": "check", "outcome": "passed"}
    assert send(desk, f"{there}/steps", step).json()["step"]["key"] == "decide"
    assert send(desk, f"{there}/steps", step).status_code == 404  # it is with the union above now


def test_pausing_and_going_on(chain):
    case, desk = make_case(union=chain[3]), office(chain[3])
    there = f"/desk/cases/{case.number}"
    assert send(desk, f"{there}/resumption").status_code == 409
    far = send(desk, f"{there}/pause", {"until": "2999-01-01", "reason": REASON})
    assert far.status_code == 422
    until = (clock.today() + dt.timedelta(days=7)).isoformat()
    paused = send(desk, f"{there}/pause", {"until": until, "reason": REASON}).json()
    assert (paused["state"], paused["next_due_at"]) == ("paused", None)
    assert send(desk, f"{there}/resumption").json()["state"] == "open"


def test_moving_a_case_about(chain):
    case, below, above = make_case(union=chain[3]), office(chain[3]), office(chain[2])
    there = f"/desk/cases/{case.number}"
    assert send(above, f"{there}/reading").status_code == 422
    assert send(above, f"{there}/reading", {"purpose": "service"}).status_code == 200
    taken = send(above, f"{there}/take-over", {"reason": REASON})
    assert taken.json()["union"]["number"] == chain[2].number
    given = send(above, f"{there}/transfer", {"to": chain[3].number, "reason": REASON})
    assert given.json()["union"]["number"] == chain[3].number
    back = send(below, f"{there}/objection", {"reason": REASON})
    assert back.json()["union"]["number"] == chain[2].number
    assert send(above, f"{there}/transfer", {"to": "1", "reason": REASON}).status_code == 422


def test_a_list_takes_the_same_queries_for_one_as_for_five(
    chain, person, django_assert_max_num_queries
):
    worker = signed_in(person.account)
    make_case(union=chain[3], account=person.account)
    worker.get(f"{API}/cases")
    with django_assert_max_num_queries(12):
        worker.get(f"{API}/cases")
    for _n in range(4):
        make_case(union=chain[3], account=person.account)
    with django_assert_max_num_queries(12):
        worker.get(f"{API}/cases")
