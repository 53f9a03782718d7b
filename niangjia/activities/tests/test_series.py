"""A series goes on after it was published: more dates, several moved at once, people told."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from niangjia.activities import services
from niangjia.activities.models import Session
from niangjia.activities.rules.shifting import Shift, Where
from niangjia.activities.services import telling
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
from niangjia.allocation.models import ClaimState, Gate
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, TooLate
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def evening(days):
    starts_at = clock.now() + days * DAY
    return make_meeting(starts_at=starts_at, ends_at=starts_at + 2 * HOUR)


@pytest.fixture
def course():
    """A published course of three evenings: in three, ten and seventeen days."""
    draft = make_draft(seats=1)
    for days in (10, 17):
        services.add_session(by=None, run=run_of(draft), meeting=evening(days), now=clock.now())
    return services.publish_activity(by=None, activity=draft, now=clock.now())


def told(sign_up):
    """The kinds of notices, the oldest first, once all news has been told."""
    telling.go_on(now=clock.now())
    notices = Notice.objects.filter(account=sign_up.account).order_by("id")
    return list(notices.values_list("kind", flat=True))


def test_one_more_date_of_a_course_is_everybodys_who_has_a_seat(course):
    made = join(course)
    added = services.add_session(by=None, run=run_of(course), meeting=evening(24), now=clock.now())
    assert told(made) == ["activity.session-added"]
    assert run_of(course).ends_at == added.ends_at
    assert Gate.objects.filter(occasion__contains=str(added.pk)).exists()
    ticket = signed_in(made.account).get(reverse("activities:ticket", args=[made.pk]))
    assert ticket.text.count('class="ticket-session"') == 4
    with pytest.raises(Invalid) as refused:
        services.add_session(by=None, run=run_of(course), meeting=evening(-1), now=clock.now())
    assert set(refused.value.fields) == {"starts_at"}


def test_another_run_has_seats_of_its_own_and_whoever_waits_hears_of_it(course):
    seated, waiting = join(course), join(course)
    now = clock.now()
    other = services.add_run(
        by=None, activity=course, seats=5, name="第二期", meeting=evening(30), now=now
    )
    assert (told(seated), told(waiting)) == ([], ["activity.run-added"])
    assert other.pool.closes_at == course.closes_at
    assert join(course, waiting.account, run=other).claim.state == ClaimState.CONFIRMED
    late = now + 2 * DAY + HOUR
    third = services.add_run(by=None, activity=course, seats=5, meeting=evening(40), now=late)
    course.refresh_from_db()
    assert third.pool.closes_at == third.starts_at == course.closes_at
    with pytest.raises(Invalid) as refused:
        services.add_run(
            by=None, activity=course, seats=5, meeting=evening(40), now=late, closes_at=now
        )
    assert set(refused.value.fields) == {"closes_at"}


def test_what_is_over_or_called_off_takes_no_more_dates():
    over = make_activity()
    late = clock.now() + 9 * DAY
    off = make_activity()
    services.cancel_activity(by=None, activity=off, reason="下雨", now=clock.now())
    for activity, now in ((over, late), (off, clock.now())):
        meeting = evening(20)
        with pytest.raises(Conflict):
            services.add_run(by=None, activity=activity, seats=5, meeting=meeting, now=now)
        with pytest.raises(Conflict):
            services.add_session(by=None, run=run_of(activity), meeting=meeting, now=now)


def test_several_dates_move_together_and_everybody_hears_once(course):
    made = join(course)
    first, second, third = run_of(course).sessions.all()
    where = Where(place="文化宫", address="工人北路", longitude=120.1, latitude=29.3)
    shift = Shift(begins=dt.time(19, 30), where=where)
    ids = [second.pk, third.pk]
    services.move_sessions(
        by=None, run=run_of(course), session_ids=ids, shift=shift, now=clock.now()
    )
    kept, *moved = run_of(course).sessions.all()
    assert (kept.place, kept.starts_at) == (first.place, first.starts_at)
    for before, after in zip((second, third), moved, strict=True):
        assert localtime(after.starts_at).time() == dt.time(19, 30)
        assert localtime(after.starts_at).date() == localtime(before.starts_at).date()
        assert (after.ends_at - after.starts_at, after.place) == (2 * HOUR, "文化宫")
    assert told(made) == ["activity.several-moved"]


def test_all_of_them_move_or_none(course):
    ids = list(run_of(course).sessions.values_list("pk", flat=True))
    before = list(Session.objects.values_list("starts_at", flat=True))
    for shift, field in ((Shift(days=-5), "sessions"), (Shift(days=999), "days")):
        with pytest.raises(Invalid) as refused:
            services.move_sessions(
                by=None, run=run_of(course), session_ids=ids, shift=shift, now=clock.now()
            )
        assert set(refused.value.fields) == {field}
    assert list(Session.objects.values_list("starts_at", flat=True)) == before


def test_whoever_cannot_come_to_a_moved_date_leaves_also_once_it_has_begun(course):
    stays, leaves = join(course), None
    begun = session_of(course).starts_at + 3 * HOUR
    at = {"by": stays.account, "sign_up_id": str(stays.pk), "now": begun}
    with pytest.raises(TooLate):
        services.return_seat(**at)
    second = run_of(course).sessions.all()[1]
    meeting = replace(evening(12), name=second.name)
    services.move_session(by=None, session=second, meeting=meeting, now=begun)
    leaves = services.return_seat(**at)
    assert leaves.claim.state == ClaimState.RETURNED


def test_the_organiser_adds_and_moves_on_pages_and_by_operations(course):
    client = officer_client(make_organiser(course.union))
    run = run_of(course)
    page = client.get(reverse("activities:plan", args=[course.number])).text
    several = reverse("activities:sessions", args=[run.pk])
    assert several in page
    typed = {"place": "文化宫", "days": "x"}
    again = client.post(several, typed)
    assert (again.status_code, "文化宫" in again.text) == (422, True)
    ids = [str(each.pk) for each in run.sessions.all()]
    assert client.post(several, {"sessions": ids[1:], "days": "7"}).status_code == 302
    moved = client.patch(
        f"/api/v1/desk/activity-runs/{run.pk}/sessions",
        {"sessions": ids[2:], "begins": "19:00", "where": {"place": "文化宫"}},
        content_type="application/json",
    )
    assert moved.json()["runs"][0]["sessions"][2]["place"] == "文化宫"
    there = reverse("activities:addition", args=[course.number])
    starts = localtime(clock.now() + 30 * DAY)
    said = {"seats": 3, "place": "文化宫", "starts_at": f"{starts:%Y-%m-%dT%H:%M}"}
    said["ends_at"] = f"{starts + HOUR:%Y-%m-%dT%H:%M}"
    wrong = client.post(there, said | {"closes_at": "2020-01-01T10:00"})
    assert (wrong.status_code, bool(wrong.context["form"]["closes_at"].errors)) == (422, True)
    assert client.post(there, said).status_code == 302
    assert course.runs.count() == 2
