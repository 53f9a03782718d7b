"""The pages: found by everybody, signed up for on a phone, run at the desk."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from niangjia.activities import services
from niangjia.activities.models import Activity, Attendance, SignUp, State
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_organiser,
    make_worker,
    run_of,
    session_of,
)
from niangjia.allocation.models import ClaimState
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.rules.words import WORDS
from niangjia.core import clock
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def page(name, key):
    return reverse(f"activities:{name}", args=[key])


def test_everybody_finds_reads_and_is_asked_to_sign_in_last(client, django_assert_num_queries):
    activity = make_activity(make_union("义乌市总工会"), summary="沿江走五公里")
    make_draft(name="还没发布")
    with django_assert_num_queries(1):
        found = text(client.get("/activities/"))
    assert activity.name in found
    assert "还没发布" not in found
    with django_assert_num_queries(1):
        shown = client.get(page("activity", activity.number))
    for words in ("江滨公园南门", "义乌市总工会", "还剩 10 个以上", "报名"):
        assert words in text(shown)
    asked = client.get(page("sign_up", activity.number))
    assert (asked.status_code, "/account/login/" in asked["Location"]) == (302, True)


def test_what_is_asked_of_the_list_is_answered_and_what_is_wrong_is_said(client):
    near = make_activity(kind="reading", name="江边读书会")
    make_activity(name="太极拳")

    def names(query):
        return set(re.findall(r"<strong>(.*?)</strong>", text(client.get(f"/activities/{query}"))))

    assert {"江边读书会", "太极拳"} <= names("")
    assert "太极拳" not in names("?kind=reading")
    assert "江边读书会" not in names("?q=太极")
    assert {"江边读书会"} <= names("?near=29.31,120.08&when=week")
    assert "江边读书会" not in names("?near=39.9,116.4")
    assert "江边读书会" not in names("?when=today")
    for wrong in ("?near=x", "?q=" + "长" * 61, "?division=999999", "?kind=x&when=y&cursor="):
        assert client.get(f"/activities/{wrong}").status_code == 200
    assert "纬度" in text(client.get("/activities/?near=x"))
    fragment = client.get("/activities/", headers={"HX-Request": "true"})
    assert ("<html" in text(fragment), near.number in text(fragment)) == (False, True)


def test_a_number_that_is_none_and_what_is_hidden_answer_alike(client):
    _province, _city, county, union = make_chain()
    hidden = make_activity(union, seen_by=county)
    draft = make_draft(union)
    for number in (hidden.number, draft.number, "nonsense", "9" * 9):
        assert client.get(page("activity", number)).status_code == 404
    member = signed_in(make_membership(union=union).person.account)
    assert member.get(page("activity", hidden.number)).status_code == 200
    assert hidden.name in text(member.get("/activities/"))
    assert hidden.name not in text(client.get("/activities/"))
    stranger = signed_in(make_worker())
    for name in ("activity", "sign_up"):
        assert stranger.get(page(name, hidden.number)).status_code == 404


def test_signing_up_the_ticket_and_giving_it_back():
    activity = make_activity(
        companions_max=2, asks_emergency=True, health_words="能走五公里。", fee_fen=2050
    )
    client = signed_in(make_worker())
    there = page("sign_up", activity.number)
    wrong = client.post(there, {"name": "王小明", "companion_name_1": "王小小"})
    assert (wrong.status_code, "王小小" in text(wrong)) == (422, True)
    assert "请填写紧急联系人" in text(wrong)
    whole = {
        "name": "王小明",
        "companion_name_1": "王小小",
        "emergency_name": "李芳",
        "emergency_phone": "13800001111",
        "declares_health": "on",
    }
    done = client.post(there, whole)
    ticket = done["Location"]
    card = text(client.get(ticket))
    for words in ("已报上名", "王小小", "共 2 人", "20.50 元", "江滨公园南门"):
        assert words in card
    assert "已报上名" in text(client.get(page("activity", activity.number)))
    assert str(WORDS[Verdict.HAS_SHARE]) in text(client.get(there))
    assert activity.name in text(client.get("/mine/activities/"))
    assert client.post(ticket + "return/").status_code == 302
    assert "你已退票" in text(client.get(ticket))
    assert client.post(ticket + "confirmation/", follow=True).status_code == 200
    assert SignUp.objects.get().claim.state == ClaimState.RETURNED


def test_the_next_in_line_sees_their_place_and_takes_what_is_offered():
    activity = make_activity(seats=1)
    first, second = join(activity), join(activity)
    client = signed_in(second.account)
    there = page("ticket", second.pk)
    assert "你排在第 1 位" in text(client.get(there))
    services.return_seat(by=first.account, sign_up_id=str(first.pk), now=clock.now())
    assert "确认参加" in text(client.get(there))
    assert "名额是你的了" in text(client.post(there + "confirmation/", follow=True))


def local(moment):
    return f"{localtime(moment):%Y-%m-%dT%H:%M}"


def form_of(now, **fields):
    values = {
        "name": "职工羽毛球赛",
        "summary": "双打，自带球拍。",
        "kind": "sport",
        "mode": "first_come",
        "companions_max": 0,
        "fee": "0",
        "seats": 2,
        "has_waiting_list": "on",
        "opens_at": local(now - DAY),
        "closes_at": local(now + DAY),
        "starts_at": local(now + 2 * DAY),
        "ends_at": local(now + 2 * DAY + dt.timedelta(hours=2)),
        "place": "市民体育馆",
    }
    return values | fields


def test_from_the_draft_to_the_list_at_the_door_by_forms_alone():
    union = make_union()
    desk, now = officer_client(make_organiser(union)), clock.now()
    wrong = desk.post("/desk/activities/new/", form_of(now, place="", age_min=30, age_max=20))
    assert (wrong.status_code, "双打" in text(wrong)) == (422, True)
    assert "最高年龄不能低于最低年龄" in text(wrong)
    assert "请填写地点" in text(desk.post("/desk/activities/new/", form_of(now, place="")))
    made = desk.post("/desk/activities/new/", form_of(now))
    activity = Activity.objects.get()
    assert made["Location"] == page("plan", activity.number)
    assert "双打" in text(desk.get(page("preview", activity.number)))
    assert "职工羽毛球赛" in text(desk.get("/desk/activities/?tab=drafts"))
    assert Client().get(page("activity", activity.number)).status_code == 404
    desk.post(page("publication", activity.number))
    activity.refresh_from_db()
    assert activity.state == State.PUBLISHED
    assert "职工羽毛球赛" in text(desk.get("/desk/activities/"))
    refused = desk.post(page("change", activity.number), form_of(now, mode="draw"))
    assert "不能再改" in text(refused)
    sign_up = join(activity)
    run, session = run_of(activity), session_of(activity)
    assert "王小明" in text(desk.get(page("coming", run.pk)))
    early = desk.post(page("attendance", session.pk), {"sign_up": sign_up.pk}, follow=True)
    assert "还没到签到时间" in text(early)
    session.starts_at = now + dt.timedelta(hours=1)
    session.save()
    desk.post(page("attendance", session.pk), {"sign_up": sign_up.pk})
    assert Attendance.objects.get().sign_up == sign_up
    assert "已到 1 人" in text(desk.get(page("coming", run.pk)))
    desk.post(page("attendance", session.pk), {"sign_up": sign_up.pk, "undo": "1"})
    assert not Attendance.objects.exists()


def test_what_happens_to_it_by_forms(django_assert_max_num_queries):
    activity = make_activity(seats=1, mode="approval", fee_fen=1000, asks_identity=True)
    desk = officer_client(make_organiser(activity.union))
    first, second = join(activity), join(activity)
    run, session = run_of(activity), session_of(activity)
    with django_assert_max_num_queries(14):
        shown = desk.get(page("coming", run.pk) + "?tab=entered")
    assert text(shown).count('value="granted"') == 2
    desk.post(page("decision", first.pk), {"verdict": "granted"})
    words = "说" * 501
    there = page("decision", second.pk) + "?tab=entered"
    too_many = desk.post(there, {"verdict": "refused", "reason": words})
    assert text(too_many).count("请写明原因") == 2, "above the page, and beside what was typed"
    assert f'value="{words}"' in text(too_many)
    brief = desk.post(page("insurance", run.pk), {"purpose": "险"})
    assert (brief.status_code, 'value="险"' in text(brief)) == (422, True)
    desk.post(page("decision", second.pk), {"verdict": "refused", "reason": "这次名额有限"})
    states = [SignUp.objects.get(pk=each.pk).claim.state for each in (first, second)]
    assert states == [ClaimState.CONFIRMED, ClaimState.REFUSED]
    desk.post(page("payment", first.pk))
    assert SignUp.objects.get(pk=first.pk).paid_fen == 1000
    wrong = desk.post(page("seats", run.pk), {"count": "-5"})
    assert wrong.status_code == 422
    assert 'value="-5"' in text(wrong), "what was typed is still there, beside what is wrong"
    assert text(wrong).count('href="#seatsform-1-count"') == 1
    assert text(wrong).count('id="seatsform-1-count_error"') == 1
    desk.post(page("seats", run.pk), {"count": "3"})
    desk.post(page("message", run.pk), {"words": "请自带水杯"})
    assert desk.post(page("message", run.pk), {"words": ""}).status_code == 422
    moved = {
        "starts_at": local(session.starts_at + DAY),
        "ends_at": local(session.ends_at + DAY),
        "place": "体育馆",
    }
    desk.post(page("session", session.pk), moved)
    session.refresh_from_db()
    assert (session.place, session.changes) == ("体育馆", 1)
    assert desk.post(page("cancellation", activity.number), {}).status_code == 422
    desk.post(page("cancellation", activity.number), {"reason": "大雨，改期另行通知"})
    activity.refresh_from_db()
    assert activity.state == State.CANCELLED
    assert "大雨" in text(Client().get(page("activity", activity.number)))


def test_a_course_and_a_series_are_built_in_the_draft():
    draft = make_draft()
    desk, now = officer_client(make_organiser(draft.union)), clock.now()
    times = {"starts_at": local(now + 5 * DAY), "ends_at": local(now + 5 * DAY + DAY / 24)}
    run = run_of(draft)
    desk.post(page("session_addition", run.pk), {**times, "place": "教室", "name": "第二课"})
    desk.post(
        page("addition", draft.number), {**times, "place": "教室", "name": "乙班", "seats": 5}
    )
    assert [each.sessions.count() for each in draft.runs.all()] == [2, 1]
    last = draft.runs.get(name="乙班").sessions.get()
    desk.post(page("removal", last.pk))
    desk.post(page("removal", run.sessions.first().pk))
    only = desk.post(page("removal", run.sessions.get().pk), follow=True)
    assert "至少要有一次" in text(only)
    assert desk.post(page("addition", draft.number), {}).status_code == 422


def test_a_programme_gathers_what_is_on_under_it(client):
    activity = make_activity(programme="rose-reading")
    assert activity.name in text(client.get(page("programme", "rose-reading")))
    assert activity.name not in text(client.get(page("programme", "child-care")))
    assert client.get(page("programme", "nonsense")).status_code == 404
