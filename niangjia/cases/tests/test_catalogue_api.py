"""Writing the catalogue by programs: the same doors as the pages."""

import json

import pytest

from niangjia.cases.tests.factories import make_officer
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.models import Union

pytestmark = pytest.mark.django_db
DESK = "/api/v1/desk/services"
ONE = {"properties": {"reason": {"type": "string"}}}


def at(union, role=Role.CHAIR):
    return officer_client(make_officer(union, role, account=make_person().account))


def send(browser, method, address, **body):
    call = getattr(browser, method)
    return call(f"{DESK}{address}", json.dumps(body), content_type="application/json")


def begin(browser, union):
    return send(browser, "post", "/drafts", item="test-aid", union=union.number).json()


def test_from_a_draft_to_an_offer(chain):
    writer, second = at(chain[2]), at(chain[2])
    draft = begin(writer, chain[2])
    address = f"/versions/{draft['id']}"
    parts = writer.get(f"{DESK}{address}").json()["parts"]
    value = {"promised_term": {"days": 10}}
    first = {"part": "terms", "value": value, "seen": parts["terms"]}
    assert send(writer, "patch", address, **first).status_code == 200
    assert send(second, "patch", address, **first).status_code == 409
    detail = second.get(f"{DESK}{address}").json()
    assert [change["after"] for change in detail["changes"]] == ["10 个工作日"]
    assert detail["problems"] == []
    assert send(writer, "post", f"{address}/request").status_code == 204
    assert send(writer, "post", f"{address}/publication").status_code == 409
    assert send(second, "post", f"{address}/publication").json()["state"] == "published"
    listed = writer.get(f"{DESK}?union={chain[2].number}").json()["items"]
    assert draft["id"] in {item["version"] for item in listed}
    gone = send(second, "post", f"{address}/retirement", reason="市里有了统一的规定，不再另设。")
    assert gone.json()["state"] == "retired"
    versions = writer.get(f"{DESK}/versions?union={chain[2].number}&item=test-aid").json()
    assert [each["state"] for each in versions["items"]] == ["retired"]


def test_a_whole_document_and_what_is_none(chain):
    writer = at(chain[2])
    draft = begin(writer, chain[2])
    address, seen = f"/versions/{draft['id']}", draft["seen"]
    for wrong in ({"steps": []}, {"promised_term": {"days": -1}}, {"promised_term": 7}):
        assert send(writer, "put", address, document=wrong, seen=seen).status_code == 422
    document = {"promised_term": {"days": 8}}
    assert send(writer, "put", address, document=document, seen=seen).status_code == 200
    assert send(writer, "put", address, document=document, seen=seen).status_code == 409
    assert writer.delete(f"{DESK}{address}").status_code == 204
    assert writer.get(f"{DESK}{address}").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"part": "terms", "value": [], "seen": ""},
        {"part": "terms", "value": {"steps": []}, "seen": ""},
        {"part": "questions", "value": {"form": 7}},
        {"part": "questions", "value": {"form": {"schema": {"properties": 7}}}},
        {"part": "questions", "value": {"form": {"schema": ONE, "ui": {"fields": 7}}}},
        {"part": "questions", "value": {"form": {"schema": {"type": 7}}}},
        {"part": "steps", "value": {"steps": "visit"}},
        {"part": "steps", "value": {"steps": [7]}},
        {"part": "basis", "value": {"legal_basis": {}}},
        {"part": "amounts", "value": {"parameter_words": {"line": 7}}},
        {"part": "nothing", "value": {}, "seen": ""},
        {"part": "steps/none/outcomes", "value": [], "seen": ""},
        {"part": "steps/check/outcomes", "value": {}, "seen": ""},
    ],
)
def test_what_is_no_part_is_refused(chain, body):
    keeper = at(Union.objects.get(depth=0), Role.ADMINISTRATOR)
    draft = begin(keeper, Union.objects.get(depth=0))
    address = f"/versions/{draft['id']}"
    seen = keeper.get(f"{DESK}{address}").json()["parts"].get(body["part"], "")
    answer = send(keeper, "patch", address, **{"seen": seen, **body})
    assert answer.status_code in {404, 422}
    assert keeper.get(f"/desk/services{address}/").status_code == 200


def test_a_new_item_and_a_trial_of_another(chain):
    keeper = at(Union.objects.get(depth=0), Role.ADMINISTRATOR)
    name = {"zh": "借伞", "en": "Umbrella"}
    made = send(keeper, "post", "", key="umbrella", name=name)
    assert made.status_code == 201
    assert send(at(chain[2]), "post", "", key="tent", name=name).status_code == 404
    county = at(chain[2], Role.ADMINISTRATOR)
    own = send(county, "post", "", key="tent", name=name, union=chain[2].number)
    assert own.json()["item"] == f"tent-{chain[2].number}"
    draft = begin(keeper, Union.objects.get(depth=0))
    seen = send(
        keeper,
        "post",
        f"/versions/{draft['id']}/trials",
        union=chain[3].number,
        answers={"reason": "家里有人生病，收入不够"},
        moves=[{"outcome": "passed"}, {}],
    ).json()
    assert (seen["step"], seen["breaches"], seen["refused"]) == ("decide", 1, "")
    assert seen["union"]["name"] == chain[2].name
    umbrella = f"/versions/{made.json()['id']}/trials"
    refused = send(keeper, "post", umbrella, union=chain[3].number, answers={})
    assert refused.status_code == 422


def test_who_could_be_helped_by_programs(chain):
    for _n in range(8):
        make_membership(union=chain[3])
    chair = at(chain[2])
    where = f"/api/v1/desk/unasked?union={chain[2].number}&item=test-aid"
    assert chair.get(where).json()["total"] == 8
    asked = {"union": chain[2].number, "item": "test-aid"}
    said = {**asked, "purpose": "service", "words": "走访困难职工"}
    post = lambda path, body: chair.post(  # noqa: E731
        f"/api/v1/desk/unasked{path}", json.dumps(body), content_type="application/json"
    )
    assert len(post("/people", said).json()["items"]) == 8
    assert post("/people", asked).status_code == 422
    told = post("/messages", {**asked, "words": "这项帮扶你可能用得上。"})
    assert told.json() == {"told": 0}
