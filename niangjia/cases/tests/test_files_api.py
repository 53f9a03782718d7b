"""Files and drafts by the operations: sent one by one, handed in by their ids, read again."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from niangjia.cases import services
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_file,
    make_officer,
    open_by,
    publish,
    text,
)
from niangjia.core import clock
from niangjia.core.tests import hostile
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
API = "/api/v1"
WRITTEN = {"reason": "家里有人生病，收入不够"}
FORM = {
    **AID["form"],
    "schema": {
        **AID["form"]["schema"],
        "properties": {
            **AID["form"]["schema"]["properties"],
            "proof": {
                "type": "array",
                "minItems": 1,
                "maxItems": 2,
                "items": {"type": "string", "format": "uuid"},
            },
        },
        "required": ["reason", "proof"],
    },
    "ui": {"fields": {"proof": {"label": text("证明"), "kinds": ["photos"], "megabytes": 5}}},
}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(AID, form=FORM, again_after_months=12)
    publish(COMPLAINT)
    return made


@pytest.fixture
def worker(chain):
    return signed_in(make_membership(union=chain[3]).person.account)


def send(client, path, body=None, method="post"):
    return getattr(client, method)(
        f"{API}{path}", json.dumps(body or {}), content_type="application/json"
    )


def upload(client, path, content=None, name="证明.jpg", **fields):
    sent = SimpleUploadedFile(name, content or hostile.photo())
    return client.post(f"{API}{path}", {"file": sent, **fields})


def test_a_draft_its_file_and_the_case_that_comes_of_it(chain, worker):
    at = f"union={chain[3].number}"
    saved = send(worker, "/drafts/test-aid", {"union": chain[3].number, "answers": WRITTEN}, "put")
    assert saved.json()["version"] == 1
    late = {"union": chain[3].number, "answers": {"reason": "晚了"}}
    assert send(worker, "/drafts/test-aid", late, "put").json()["code"] == "draft-changed"
    refused = upload(worker, f"/drafts/test-aid/files?{at}&slot=proof", hostile.pdf(), "a.pdf")
    assert refused.status_code == 422
    assert refused.json()["code"] == "file-not-wanted"
    assert (
        upload(worker, f"/drafts/test-aid/files?{at}&slot=reason").json()["code"] == "no-such-slot"
    )
    kept = upload(worker, f"/drafts/test-aid/files?{at}&slot=proof").json()
    assert worker.get(f"{API}/drafts").json()["items"][0]["service_key"] == "test-aid"
    assert worker.get(f"{API}/drafts/test-aid").json()["files"] == [kept]
    asked = {"union": chain[3].number, "answers": {**WRITTEN, "proof": [kept["id"]]}}
    case = send(worker, "/services/test-aid/cases", asked).json()
    detail = worker.get(f"{API}/cases/{case['number']}").json()
    assert [each["id"] for each in detail["files"]] == [kept["id"]]
    assert [each["files"] for each in detail["answers"] if each["label"] == "证明"] == [[kept]]
    assert worker.get(f"{API}/drafts/test-aid").status_code == 404
    got = worker.get(f"{API}/cases/files/{kept['id']}")
    assert got["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_draft_answers_nothing(chain, worker):
    at = f"union={chain[3].number}&slot=proof"
    stranger = signed_in(make_membership(union=chain[3]).person.account)
    kept = upload(stranger, f"/drafts/test-aid/files?{at}").json()
    asked = {"union": chain[3].number, "answers": {**WRITTEN, "proof": [kept["id"]]}}
    refused = send(worker, "/services/test-aid/cases", asked)
    assert refused.status_code == 422
    assert refused.json()["code"] == "file-gone"
    assert stranger.get(f"{API}/drafts/test-aid").json()["files"] == [kept]


def test_the_standing_says_before_what_asking_would_be_refused_for(chain, worker):
    there = f"/services/test-aid/standing?union={chain[3].number}"
    assert worker.get(f"{API}{there}").json()["may_ask"] is True
    at = f"union={chain[3].number}&slot=proof"
    kept = upload(worker, f"/drafts/test-aid/files?{at}").json()
    asked = {"union": chain[3].number, "answers": {**WRITTEN, "proof": [kept["id"]]}}
    number = send(worker, "/services/test-aid/cases", asked).json()["number"]
    said = worker.get(f"{API}{there}").json()
    assert (said["may_ask"], said["code"], said["number"]) == (False, "asked-already", number)
    assert send(worker, "/services/test-aid/cases", asked).json()["code"] == "asked-already"


def test_officers_send_files_with_notes_and_open_what_was_handed_in(chain):
    case = open_by(union=chain[3], document=COMPLAINT, anonymous=True, accused=employer(chain))
    case = case.case
    handed = make_file(case)
    desk = officer_client(make_officer(chain[3]))
    kept = upload(desk, f"/desk/cases/{case.number}/files", hostile.pdf(), "核查.pdf").json()
    noted = send(desk, f"/desk/cases/{case.number}/notes", {"words": "", "files": [kept["id"]]})
    assert noted.status_code == 201
    for file_id in (handed, kept["id"]):
        assert send(desk, f"/desk/cases/files/{file_id}/reading").status_code == 200
    stranger = officer_client(make_officer(make_union()))
    assert send(stranger, f"/desk/cases/files/{handed}/reading").status_code == 404


def employer(chain):
    return services.find_or_note_employer(
        name="义乌某某玩具有限公司", uscc="", division=chain[3].division
    )


def test_with_but_a_receipt_files_steps_and_taking_it_back(chain):
    anybody = Client()
    first = anybody.post(
        f"{API}/services/test-complaint/receipts/files",
        {"union": chain[3].number, "file": SimpleUploadedFile("考勤.jpg", hostile.photo())},
    ).json()
    told = send(
        anybody,
        "/services/test-complaint/receipts",
        {
            "union": chain[3].number,
            "answers": {"matter": "三个月没有发工资了"},
            "employer": "义乌某某玩具有限公司",
            "files": [first["id"]],
            "keep": first["keep"],
        },
    ).json()
    receipt = {"receipt": told["receipt"]}
    more = upload(anybody, "/receipts/files", hostile.pdf(), "合同.pdf", **receipt).json()
    worded = {**receipt, "words": "见附件"}
    said = send(anybody, "/receipts/messages", {**worded, "files": [more["id"]]})
    assert [each["name"] for each in said.json()["files"]] == ["考勤.jpg", "合同.pdf"]
    # The same words with another file are another message; the same press again is none.
    second = upload(anybody, "/receipts/files", hostile.pdf(), "工资条.pdf", **receipt).json()
    seen = said.json()["timeline"][1]["number"]
    pressed = {**worded, "files": [second["id"]], "seen": seen}
    for _twice in range(2):
        sent = send(anybody, "/receipts/messages", pressed).json()["timeline"][:2]
        assert [each["files"][0]["id"] for each in sent] == [second["id"], more["id"]]
    got = send(anybody, "/receipts/files/reading", {**receipt, "file": more["id"]})
    assert got["Content-Disposition"].startswith("attachment")
    step = {**receipt, "step": "look", "outcome": "settled"}
    assert send(anybody, "/receipts/steps", step).json()["code"] == "not-yours"
    assert send(anybody, "/receipts/withdrawal", receipt).json()["state"] == "withdrawn"
    assert send(anybody, "/receipts/withdrawal", receipt).json()["state"] == "withdrawn"


def test_the_applicant_s_turn_is_taken_by_receipt(chain):
    publish(AID)
    opened = services.open_case(
        matter=services.Matter("test-aid", chain[3], WRITTEN),
        asking=services.Asking(name="王小明", phone="13800000000"),
        by=make_officer(chain[3]),
        now=clock.now(),
    )
    end_step(
        opened.case, make_officer(chain[3]), "check", "incomplete", words="请补充收入证明，谢谢你。"
    )
    step = {"receipt": opened.receipt, "step": "supplement", "outcome": "supplied"}
    assert send(Client(), "/receipts/steps", step).status_code == 200
    assert fresh(opened.case).step == "check"


def test_another_union_joins_and_leaves(chain):
    publish(AID)
    case = make_case(union=chain[3], account=make_person().account)
    county = officer_client(make_officer(chain[3]))
    body = {"union": chain[1].number}
    assert send(county, f"/desk/cases/{case.number}/units", body).status_code == 200
    assert chain[1].path in fresh(case).sharing_paths
    assert send(county, f"/desk/cases/{case.number}/units/departure", body).status_code == 200
    assert chain[1].path not in fresh(case).sharing_paths
    wrong = send(county, f"/desk/cases/{case.number}/units", {"union": "1"})
    assert wrong.json()["code"] == "not-joinable"
