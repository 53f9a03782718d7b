"""The operations: an agent's day without a page, a worker's message without an account."""

import json

import pytest
from django.test import Client

from niangjia.core.outbox import deliver_pending
from niangjia.hotline import services
from niangjia.hotline.tests.factories import (
    NUMBER,
    PHONE,
    make_agent,
    make_call,
)
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1"
DESK = "/desk/hotline"
JSON = {"content_type": "application/json"}
MATTER = "单位三个月没有发工资了"


@pytest.fixture
def client(chain, line):
    return officer_client(make_agent(chain[1]))


def send(client, path, body=None, **options):
    return client.post(
        f"{API}{path}", json.dumps(body or {}), content_type="application/json", **options
    )


def at_desk(call, name):
    return f"/desk/hotline/calls/{call.pk}/{name}"


def test_a_call_is_taken_kept_and_becomes_a_case_once(client, line, chain):
    call = make_call(line)
    listed = client.get(f"{API}/desk/hotline/calls?line={NUMBER}").json()["items"]
    assert [each["id"] for each in listed] == [str(call.pk)]
    assert send(client, at_desk(call, "taking")).json()["state"] == "taken"
    kept = send(client, at_desk(call, "draft"), {"typed": {"matter": [MATTER]}, "version": 0})
    assert kept.json()["draft_version"] == 1
    read = send(client, at_desk(call, "reading")).json()
    assert (read["number"], read["typed"]) == (f"+86{PHONE}", {"matter": [MATTER]})
    body = {
        "topic": "wages",
        "union": chain[2].number,
        "answers": {"matter": MATTER},
        "employer": "甲玩具有限公司",
        "version": 1,
        "goes_on": True,
    }
    key = {"headers": {"Idempotency-Key": "the-same-press"}}
    first, second = (send(client, at_desk(call, "case"), body, **key) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert send(client, at_desk(call, "case"), body).json()["code"] == "already-taken"
    standing = send(Client(), "/receipts/reading", {"receipt": first.json()["receipt"]})
    assert standing.json()["number"] == first.json()["case"]


def test_what_is_wrong_is_said_beside_the_field(client, line):
    call = make_call(line)
    send(client, at_desk(call, "taking"))
    body = {"topic": "no-such", "matter": MATTER, "answer": "好"}
    wrong = send(client, at_desk(call, "answer"), body).json()["errors"]
    assert [each["field"] for each in wrong] == ["topic"]
    assert send(client, at_desk(call, "ending"), {"ending": "handled"}).status_code == 422
    assert send(client, at_desk(call, "ending"), {"ending": "silent"}).json()["ending"] == "silent"


def test_a_colleagues_call_is_not_read(client, line, chain):
    call = make_call(line)
    send(client, at_desk(call, "taking"))
    colleague = officer_client(make_agent(chain[1]))
    assert send(colleague, at_desk(call, "taking")).status_code == 409
    assert send(colleague, at_desk(call, "reading")).status_code == 404


def test_topics_and_articles_are_found(client, line):
    services.seed_knowledge(now=line.opened_at)
    found = client.get(f"{API}/desk/hotline/topics?line={NUMBER}&words=tqgz").json()["items"]
    assert found[0]["key"] == "c-arrears"
    articles = client.get(f"{API}/desk/hotline/articles?line={NUMBER}&topic=c-arrears").json()
    assert "wage-arrears-first" in [each["key"] for each in articles["items"]]


def test_a_message_unknown_or_signed_in_is_answered_where_it_can_be_read(client, line):
    worker = signed_in(make_person().account)
    known = send(worker, "/hotline/messages", {"words": MATTER})
    unknown = send(Client(), "/hotline/receipts", {"words": MATTER})
    assert (known.json()["receipt"], known.status_code) == ("", 201)
    for each in client.get(f"{API}/desk/hotline/calls?line={NUMBER}").json()["items"]:
        send(client, f"/desk/hotline/calls/{each['id']}/taking")
        done = send(
            client,
            f"/desk/hotline/calls/{each['id']}/answer",
            {"topic": "how-to-join", "matter": MATTER, "answer": "可以这样办"},
        )
        assert done.status_code == 201
    deliver_pending()
    mine = worker.get(f"{API}/hotline/messages").json()["items"]
    assert [each["answer"] for each in mine] == ["可以这样办"]
    assert [each["item"]["zh"] for each in worker.get(f"{API}/ratings").json()["items"]] == [
        "12351 热线解答"
    ]
    receipt = {"receipt": unknown.json()["receipt"]}
    answered = send(Client(), "/hotline/receipts/reading", receipt).json()
    assert answered["answer"] == "可以这样办"
    link = f"/ratings/links/{answered['rating_token']}"
    assert send(Client(), link, {"level": 4}).status_code == 201
    assert send(Client(), "/hotline/receipts/reading", {"receipt": "A"}).status_code == 404


def test_shifts_begin_and_end(client, line):
    first = send(client, f"/desk/hotline/shifts?line={NUMBER}").json()
    assert send(client, f"/desk/hotline/shifts?line={NUMBER}").json()["id"] == first["id"]
    call = make_call(line)
    send(client, at_desk(call, "taking"))
    over = {"note": "留意欠薪", "calls": {str(call.pk): "说到一半，等回电"}}
    ended = send(client, f"/desk/hotline/shifts/end?line={NUMBER}", over)
    assert ended.json()["ended_at"]
    assert send(client, f"{DESK}/shifts/{first['id']}/acknowledgement").status_code == 409
    colleague = officer_client(make_agent(line.union))
    [left] = colleague.get(f"{API}{DESK}/shifts?line={NUMBER}").json()["handed"]
    assert (left["note"], left["calls"][0]["words"]) == ("留意欠薪", "说到一半，等回电")
    taken = send(colleague, f"{DESK}/shifts/{left['id']}/acknowledgement")
    assert taken.json()["acknowledged_at"]
    assert colleague.get(f"{API}{DESK}/shifts?line={NUMBER}").json()["handed"] == []


def test_a_line_says_it_differently_and_has_topics_of_its_own(client, line):
    services.seed_knowledge(now=line.opened_at)
    said = {
        "title": "年休假",
        "body": "本省另有规定，先请对方报出累计工龄，再按下面的说。",
        "topics": ["q-hours"],
        "as_of_date": "2026-11-01",
    }
    there = f"{API}{DESK}/articles"
    edited = client.put(f"{there}/annual-leave?line={NUMBER}", said, **JSON)
    assert (edited.status_code, edited.json()["body"]) == (200, said["body"])
    assert client.put(f"{there}/no-such?line={NUMBER}", said, **JSON).status_code == 404
    added = client.post(f"{there}?line={NUMBER}", said, **JSON)
    assert (added.status_code, added.json()["key"]) == (201, "own-nianxiujia-2")
    wrong = client.post(f"{there}?line={NUMBER}", said | {"topics": ["none"]}, **JSON)
    assert [each["field"] for each in wrong.json()["errors"]] == ["topics"]
    topic = {"category": "service", "name": "亚运工地探访", "keywords": ["慰问"]}
    topics = f"{API}{DESK}/topics"
    made = client.post(f"{topics}?line={NUMBER}", topic, **JSON)
    assert (made.status_code, made.json()["initials"]) == (201, "yygdtf")
    assert client.post(f"{topics}?line={NUMBER}", topic, **JSON).json()["code"] == "topic-exists"
    bad = client.post(f"{topics}?line={NUMBER}", topic | {"name": "别的", "grade": "x"}, **JSON)
    assert [each["field"] for each in bad.json()["errors"]] == ["grade"]
    for _number in range(2):
        ended = client.delete(f"{topics}/{made.json()['key']}?line={NUMBER}")
        assert ended.status_code == 204
    left = client.get(f"{topics}?line={NUMBER}").json()["items"]
    assert made.json()["key"] not in [each["key"] for each in left]
