"""Whatever the pages can do, the operations can."""

import datetime as dt
import json

import pytest
from django.test import Client

from niangjia.activities.models import Activity, State
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_organiser,
    make_worker,
    run_of,
    session_of,
)
from niangjia.core import clock
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def send(client, path, body=None, method="post"):
    content = json.dumps(body or {}, default=str)
    return client.generic(method, f"/api/v1{path}", content, content_type="application/json")


def test_everybody_reads_and_whoever_is_signed_in_signs_up():
    activity = make_activity(seats=1)
    found = Client().get("/api/v1/activities?near=29.31,120.08").json()["items"]
    assert [(each["number"], each["metres"] < 100) for each in found] == [(activity.number, True)]
    assert Client().get("/api/v1/activities?near=x").status_code == 422
    shown = Client().get(f"/api/v1/activities/{activity.number}").json()
    [run] = shown["runs"]
    assert (run["left"], run["is_open"], "link" in run["sessions"][0]) == (1, True, False)
    body = {"run": run["id"], "name": "王小明"}
    assert send(Client(), "/sign-ups", body).status_code == 401
    first, second = (signed_in(make_worker()) for _ in range(2))
    made = send(first, "/sign-ups", body)
    assert (made.status_code, made.json()["state"]) == (201, "confirmed")
    waits = send(second, "/sign-ups", body).json()
    assert (waits["state"], waits["place"]) == ("waiting", 1)
    there = f"/sign-ups/{made.json()['id']}"
    assert second.get(f"/api/v1{there}").status_code == 404
    assert send(first, f"{there}/return").json()["state"] == "returned"
    mine = f"/sign-ups/{waits['id']}"
    assert second.get(f"/api/v1{mine}").json()["state"] == "offered"
    assert send(second, f"{mine}/confirmation").json()["state"] == "confirmed"
    assert len(second.get("/api/v1/sign-ups").json()["items"]) == 1


def test_an_activity_from_the_draft_to_the_door():
    union, now = make_union(), clock.now()
    desk = officer_client(make_organiser(union))
    meeting = {"starts_at": now + 2 * DAY, "ends_at": now + 3 * DAY, "place": "体育馆"}
    body = {
        "kind": "sport",
        "name": "羽毛球赛",
        "summary": "双打。",
        "seats": 2,
        "meeting": meeting,
        "mode": "approval",
        "opens_at": now - DAY,
    }
    wrong = send(desk, "/desk/activities", body | {"kind": "x", "seen_by": None})
    assert wrong.json()["errors"][0]["field"] == "kind"
    assert send(desk, "/desk/activities", body | {"open_to": "1"}).status_code == 422
    made = send(desk, "/desk/activities", body).json()
    there = f"/desk/activities/{made['number']}"
    assert send(desk, f"{there}/publication").json()["errors"][0]["field"] == "closes_at"
    words = {name: body[name] for name in ("kind", "name", "summary", "mode", "opens_at")}
    send(desk, there, words | {"closes_at": now + DAY}, "put")
    again = send(desk, f"{there}/runs", {"seats": 1, "meeting": meeting}).json()
    run, other = (each["id"] for each in again["runs"])
    added = send(desk, f"/desk/activity-runs/{run}/sessions", meeting).json()["runs"][0]
    assert len(added["sessions"]) == 2
    send(desk, f"/desk/activity-sessions/{added['sessions'][1]['id']}", method="delete")
    assert send(desk, f"{there}/publication").json()["state"] == State.PUBLISHED
    sign_up = join(Activity.objects.get())
    decided = send(desk, f"/desk/sign-ups/{sign_up.pk}/decision", {"is_granted": True})
    assert decided.json()["state"] == "confirmed"
    coming = desk.get(f"/api/v1/desk/activity-runs/{run}/sign-ups").json()["items"]
    assert [each["name"] for each in coming] == ["王小明"]
    session = added["sessions"][0]["id"]
    moved = send(
        desk,
        f"/desk/activity-sessions/{session}",
        meeting | {"starts_at": now + dt.timedelta(hours=1)},
        "put",
    )
    assert moved.json()["runs"][0]["sessions"][0]["changes"] == 1
    came = send(desk, f"/desk/activity-sessions/{session}/attendances", {"sign_up": sign_up.pk})
    assert came.json()["people"] == 1
    assert send(desk, f"/desk/activity-runs/{run}/seats", {"count": -9}).status_code == 422
    sent = send(desk, f"/desk/activity-runs/{run}/messages", {"words": "带水杯"})
    assert sent.status_code == 202
    paid = send(desk, f"/desk/sign-ups/{sign_up.pk}/payment", {"fen": 500}).json()
    assert paid["paid_fen"] == 500
    off = send(desk, f"/desk/activity-runs/{other}/cancellation", {"reason": "场地维修"}).json()
    assert [each["is_cancelled"] for each in off["runs"]] == [False, True]
    gone = send(desk, f"{there}/cancellation", {"reason": "大雨"}).json()
    assert gone["state"] == State.CANCELLED
    listed = desk.get("/api/v1/desk/activities?tab=cancelled").json()["items"]
    assert [each["number"] for each in listed] == [made["number"]]


def test_a_moment_without_a_zone_is_refused_beside_its_field():
    activity = make_activity()
    desk = officer_client(make_organiser(activity.union))
    run, session, bare = run_of(activity), session_of(activity), "2026-12-01T10:00:00"
    meeting = {"starts_at": bare, "ends_at": bare, "place": "体育馆"}
    planned = {"kind": "sport", "name": "羽毛球赛", "summary": "双打。", "closes_at": bare}
    for method, path, body in (
        ("put", f"/desk/activity-runs/{run.pk}/closing", {"closes_at": bare}),
        ("put", f"/desk/activity-sessions/{session.pk}", meeting),
        ("post", "/desk/activities", planned | {"seats": 2, "meeting": meeting}),
    ):
        answer = send(desk, path, body, method=method)
        assert answer.status_code == 422, path
        assert {each["field"].split(".")[-1] for each in answer.json()["errors"]} >= (
            {name for name in body if name.endswith("_at")}
        )


def test_who_is_elsewhere_finds_nothing_at_the_desk():
    activity = make_activity()
    stranger = officer_client(make_organiser(make_union()))
    run, session = run_of(activity), session_of(activity)
    for path in (f"/desk/activities/{activity.number}", f"/desk/activity-runs/{run.pk}/sign-ups"):
        assert stranger.get(f"/api/v1{path}").status_code == 404
    body = {"sign_up": join(activity).pk}
    there = f"/desk/activity-sessions/{session.pk}/attendances"
    assert send(stranger, there, body).status_code == 404
