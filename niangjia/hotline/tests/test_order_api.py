"""Whatever the pages of orders can do, the operations can."""

import json

import pytest

from niangjia.core.outbox import deliver_pending
from niangjia.hotline.models import State
from niangjia.hotline.rules.aftercare import CHECKLIST
from niangjia.hotline.tests.aftercare import WHY, make_chair, settle, take_in
from niangjia.hotline.tests.factories import PHONE, fresh
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1/desk/hotline"


def send(client, path, body=None):
    return client.post(f"{API}{path}", json.dumps(body or {}), content_type="application/json")


def test_from_the_line_to_the_close(world):
    order = take_in(world)
    there = f"/orders/{order.number}"
    taker, caller, checker = (
        signed_in(post.account) for post in (world.taker, world.caller, world.checker)
    )
    shown = taker.get(f"{API}{there}").json()
    assert [each["number"] for each in shown["proposed"]] == [world.county.number]
    wrong = send(taker, f"{there}/dispatch", {"to": world.chain[0].number, "reason": WHY})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "to")
    given = send(taker, f"{there}/dispatch", {"to": world.county.number, "reason": WHY})
    assert given.json()["union"]["number"] == world.county.number
    graded = send(taker, f"{there}/grade", {"grade": "complex", "reason": WHY})
    assert graded.json()["grade"] == "complex"
    settle(world, order)
    assert send(taker, f"{there}/contact").status_code == 409
    assert send(caller, f"{there}/contact").json()["phone"] == PHONE
    said = send(
        caller,
        f"{there}/call-backs",
        {"result": "reached", "level": 4, "indicators": {"attitude": 2}},
    )
    assert (said.json()["state"], said.json()["level"]) == (State.CALLED_BACK, 4)
    deliver_pending()
    assert send(caller, f"{there}/check", {"answers": {}}).status_code == 409
    assert send(checker, f"{there}/check", {"answers": {}}).status_code == 422
    whole = dict.fromkeys(CHECKLIST, True)
    assert send(checker, f"{there}/check", {"answers": whole}).json()["state"] == State.CLOSED
    happened = checker.get(f"{API}{there}").json()
    assert happened["happened"][0]["kind"] == "closed"
    assert len(happened["turns"]) == 2
    closed = checker.get(f"{API}/orders?tab=closed").json()
    assert [each["number"] for each in closed["items"]] == [order.number]
    assert checker.get(f"{API}/orders?tab=nonsense").status_code == 422


def test_danger_the_list_and_the_figures(world):
    order = take_in(world)
    there = f"/orders/{order.number}"
    agent, chair = signed_in(world.caller.account), signed_in(make_chair(world.city).account)
    assert send(agent, f"{there}/urgency", {"kind": "x"}).status_code == 422
    assert send(agent, f"{there}/urgency", {"kind": "mass"}).json()["is_fetching"] is True
    assert agent.get(f"{API}/board").json()["fetching"] == 1
    assert send(agent, f"{there}/acknowledgement").json()["is_fetching"] is False
    assert fresh(order).acknowledged_by == world.caller.account
    duties = f"/on-call/{world.line.number}"
    duty = {
        "account": str(world.caller.account_id),
        "from_time": "18:00",
        "until_time": "08:00",
        "way": "sms",
    }
    assert send(agent, duties, duty).status_code == 404
    made = send(chair, duties, duty)
    assert made.status_code == 201
    assert len(chair.get(f"{API}{duties}").json()["items"]) == 1
    assert chair.delete(f"{API}/duties/{made.json()['id']}").status_code == 204
    assert chair.get(f"{API}{duties}").json()["items"] == []
