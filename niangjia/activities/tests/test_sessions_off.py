"""One evening of a course is rained out, a hall changes while it goes on, each evening is brought
to mind."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from niangjia.activities import services
from niangjia.activities.models import Run
from niangjia.activities.rules.calendars import status_of
from niangjia.activities.rules.doors import occasion_of
from niangjia.activities.selectors.certificates import find_rule, most_sessions
from niangjia.activities.services import certificates, sweeping, telling
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_meeting,
    make_organiser,
    run_of,
    session_of,
)
from niangjia.activities.tests.test_api import send
from niangjia.allocation.selectors import find_gate, gate_of_claim
from niangjia.allocation.services import offline_pack
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.models import AuditEntry
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
RAIN = "雷雨，场地积水"


def make_course(**fields):
    """Three evenings, a week apart, and somebody who comes."""
    now = clock.now()
    draft = make_draft(**fields)
    for week in (1, 2):
        starts_at = now + (3 + 7 * week) * DAY
        meeting = make_meeting(starts_at=starts_at, ends_at=starts_at + 2 * HOUR)
        services.add_session(by=None, run=run_of(draft), meeting=meeting, now=now)
    course = services.publish_activity(by=None, activity=draft, now=now)
    return course, join(course), list(run_of(course).sessions.all())


def call_off(session, now=None, reason=RAIN):
    return services.cancel_session(by=None, session=session, reason=reason, now=now or clock.now())


def told(sign_up):
    while telling.go_on(now=clock.now()):
        pass
    found = Notice.objects.filter(account=sign_up.account).order_by("id")
    return [(notice.kind, notice.facts["when"]) for notice in found]


class TestOneDate:
    def test_the_others_take_place_and_everybody_hears_it_once(self):
        course, sign_up, (first, second, _third) = make_course()
        for _twice in range(2):
            call_off(first)
        assert told(sign_up) == [("activity.session-cancelled", telling.when(first.starts_at))]
        sign_up.claim.refresh_from_db()
        run = run_of(course)
        assert (sign_up.claim.state, run.cancelled_at) == ("confirmed", None)
        assert run.starts_at == second.starts_at, "it begins with the next one"
        assert most_sessions(course) == 2
        page = Client().get(reverse("activities:activity", args=[course.number]))
        assert RAIN in page.content.decode()
        ticket = signed_in(sign_up.account).get(reverse("activities:ticket", args=[sign_up.pk]))
        assert RAIN in ticket.content.decode()
        sessions = Client().get(f"/api/v1/activities/{course.number}").json()["runs"][0]["sessions"]
        assert [each["cancel_reason"] for each in sessions] == [RAIN, "", ""]

    def test_its_door_is_shut_and_nobody_is_noted_there(self):
        _course, sign_up, (first, second, _third) = make_course()
        gate = find_gate(occasion_of(first.pk))
        call_off(first)
        gate.refresh_from_db()
        with pytest.raises(Conflict):
            offline_pack(by=sign_up.account, gate=gate, now=first.starts_at)
        assert gate_of_claim(sign_up.claim, now=clock.now()).occasion == occasion_of(second.pk)
        first.refresh_from_db()
        with pytest.raises(Conflict) as refused:
            services.attend(by=None, sign_up=sign_up, session=first, now=first.starts_at)
        assert refused.value.code == "cancelled"

    def test_calendars_strike_it_out(self):
        _course, _sign_up, (first, second, _third) = make_course()
        off = call_off(first)
        assert (status_of(off), status_of(second)) == ("CANCELLED", "CONFIRMED")
        calendar = Client().get(reverse("activities:session_calendar", args=[first.pk]))
        text = calendar.content.decode()
        assert "STATUS:CANCELLED" in text
        assert "SEQUENCE:1" in text

    def test_with_the_only_date_all_of_it_is_called_off(self):
        course, _sign_up, sessions = make_course()
        for session in sessions:
            call_off(session)
        run, sessions = run_of(course), list(run_of(course).sessions.all())
        assert (run.cancel_reason, sessions[-1].cancelled_at) == (RAIN, None)

    def test_not_a_draft_nor_what_is_over_nor_without_a_word(self):
        _course, _sign_up, (first, *_others) = make_course()
        with pytest.raises(Invalid):
            call_off(first, reason=" ")
        with pytest.raises(Conflict) as over:
            call_off(first, now=first.ends_at)
        with pytest.raises(Conflict) as draft:
            call_off(session_of(make_draft()))
        assert (over.value.code, draft.value.code) == ("over", "draft")

    def test_whoever_comes_to_all_that_are_left_has_come_often_enough(self):
        course, sign_up, (first, *others) = make_course()
        by = make_organiser(course.union)
        certificates.set_rule(by=by, activity=course, needed=3)
        call_off(first)
        for session in others:
            services.attend(by=None, sign_up=sign_up, session=session, now=session.starts_at)
        done = certificates.issue_certificates(by=by, activity=course, now=others[-1].ends_at)
        assert (done, find_rule(course).needed) == (1, 2)
        ruled = AuditEntry.objects.filter(action="activity.certificates-ruled")
        assert [each.details["needed"] for each in ruled.order_by("id")] == [3, 2]

    def test_by_page_and_by_operation(self):
        course, _sign_up, (first, second, _third) = make_course()
        desk = officer_client(make_organiser(course.union))
        there = reverse("activities:session_cancellation", args=[first.pk])
        wrong = desk.post(there, {"reason": ""})
        assert (wrong.status_code, "取消这一场" in wrong.content.decode()) == (422, True)
        done = desk.post(there, {"reason": RAIN}, follow=True)
        assert "已取消" in done.content.decode()
        api = f"/desk/activity-sessions/{second.pk}/cancellation"
        [run] = send(desk, api, {"reason": RAIN}).json()["runs"]
        off = [each["cancelled_at"] is not None for each in run["sessions"]]
        assert off == [True, True, False]
        page = reverse("activities:coming", args=[run["id"]])
        assert RAIN in desk.get(f"{page}?session={first.pk}").content.decode()


class TestReminders:
    def test_each_evening_is_brought_to_mind_once_but_not_one_that_is_called_off(self):
        _course, sign_up, (first, second, third) = make_course()
        call_off(second)
        for evening in (first, second, third):
            for _twice in range(2):
                sweeping.remind(now=evening.starts_at - 3 * HOUR)
        reminded = [when for kind, when in told(sign_up) if kind == "activity.reminder"]
        assert reminded == [telling.when(first.starts_at), telling.when(third.starts_at)]

    def test_the_run_is_held_before_its_evening_as_by_whoever_calls_it_off(self):
        _course, _sign_up, (first, *_others) = make_course()
        with CaptureQueriesContext(connection) as asked:
            assert sweeping.remind(now=first.starts_at - 3 * HOUR) == 1
        locks = [each["sql"] for each in asked if "FOR UPDATE" in each["sql"]]
        assert [re.search(r'FOR UPDATE OF "(\w+)"', sql)[1] for sql in locks] == [
            "activities_run",
            "activities_session",
        ]


def test_while_several_days_go_on_the_hall_changes_and_the_beginning_stays():
    now = clock.now()
    camp = make_activity(meeting=make_meeting(starts_at=now + DAY, ends_at=now + 4 * DAY))
    session, during = session_of(camp), now + 2 * DAY
    meeting = make_meeting(starts_at=session.starts_at, ends_at=session.ends_at, place="体育馆")
    moved = services.move_session(by=None, session=session, meeting=meeting, now=during)
    assert moved.place == "体育馆"
    for wrong in (
        {"starts_at": now + DAY + HOUR, "ends_at": session.ends_at},
        {"starts_at": session.starts_at, "ends_at": now + 2 * DAY - HOUR},
    ):
        with pytest.raises(Invalid):
            services.move_session(
                by=None, session=session, meeting=make_meeting(**wrong), now=during
            )
    assert Run.objects.get().sessions.get().place == "体育馆"
