"""What is drawn of seats and of who came is what the lists say."""

import datetime as dt

import pytest

from niangjia.activities import services
from niangjia.activities.selectors.planning import list_runs
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_meeting,
    make_organiser,
    run_of,
)
from niangjia.activities.views.desk import charts
from niangjia.core import clock
from niangjia.members.tests.factories.desk import officer_client

pytestmark = pytest.mark.django_db


def test_seats_of_each_run_with_those_who_wait():
    activity = make_activity(seats=2, companions_max=2)
    for companions in (1, 0, 2):
        join(activity, companions=companions)
    (point,) = charts.chart_of_seats(list_runs(activity)).points
    assert (point.name, point.parts) == ("第 1 场", (2, 0, 4))
    page = officer_client(make_organiser(activity.union)).get(
        f"/desk/activities/{activity.number}/"
    )
    assert 'id="seats"' in page.content.decode()
    assert charts.chart_of_seats(list_runs(make_draft())) is None


def test_who_came_session_by_session():
    now = clock.now()
    draft = make_draft(meeting=make_meeting(now), companions_max=2)
    first = run_of(draft).sessions.get()
    for weeks in (1, 2):
        starts = first.starts_at + 7 * weeks * DAY
        meeting = make_meeting(starts_at=starts, ends_at=starts + dt.timedelta(hours=2))
        services.add_session(by=None, run=run_of(draft), meeting=meeting, now=now)
    activity = services.publish_activity(by=None, activity=draft, now=now)
    alone, family = join(activity), join(activity, companions=2)
    sessions = list(run_of(activity).sessions.order_by("starts_at"))
    by = make_organiser(activity.union)
    came = [(sessions[0], alone), (sessions[0], family), (sessions[1], alone)]
    for session, sign_up in came:
        services.attend(by=by, sign_up=sign_up, session=session, now=session.starts_at)
    desk = officer_client(by)
    with clock.stopped_at(sessions[1].starts_at):
        page = desk.get(f"/desk/activities/runs/{run_of(activity).pk}/").content.decode()
    assert 'id="came"' in page
    names = [f"{each.starts_at.astimezone(clock.CHINA):%m-%d %H:%M}" for each in sessions]
    assert f"{names[0]} 到的人最多" in page
    assert f'<th scope="row">{names[1]}</th><td class="number">1</td>' in page
    assert f'<th scope="row">{names[2]}</th>' not in page, "it has not begun"
    assert charts.chart_of_attendance(sessions[:1], {sessions[0].pk: 4}) is None
