"""Sign-up ends sooner than was said, or later."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from niangjia.activities import services
from niangjia.activities.models import Activity, Team
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_meeting,
    make_organiser,
    make_team,
    run_of,
    session_of,
)
from niangjia.activities.tests.test_api import send
from niangjia.allocation import services as allocation
from niangjia.allocation.models import Draw, Source
from niangjia.core import clock
from niangjia.core.errors import Conflict, DomainError, Invalid
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def closes_at(activity):
    """Of the pool of its first run, and as its page says."""
    return run_of(activity).pool.closes_at, Activity.objects.get(pk=activity.pk).closes_at


def close(activity, now=None):
    return services.close_sign_up(by=None, run=run_of(activity), now=now or clock.now())


def prolong(activity, moment, now=None):
    return services.prolong_sign_up(
        by=None, run=run_of(activity), closes_at=moment, now=now or clock.now()
    )


def test_closed_early_nobody_signs_up_and_whoever_waits_still_moves_up():
    activity = make_activity(seats=1)
    first, second = join(activity), join(activity)
    for _twice in range(2):
        close(activity)
    with pytest.raises(DomainError) as refused:
        join(activity)
    assert refused.value.code == "closed"
    services.return_seat(by=first.account, sign_up_id=str(first.pk), now=clock.now())
    second.claim.refresh_from_db()
    assert second.claim.state == "offered"


def test_what_has_not_opened_is_a_draft_or_over_is_not_closed():
    soon = make_activity(opens_at=clock.now() + DAY)
    for activity in (make_draft(), soon):
        with pytest.raises(Conflict):
            close(activity)
    with pytest.raises(Conflict) as refused:
        close(soon, now=clock.now() + 4 * DAY)
    assert refused.value.code == "over"


def test_closed_early_it_is_opened_again_for_longer_but_not_past_its_end():
    activity = make_activity()
    close(activity)
    now = clock.now()
    for moment in (now - MINUTE, now + 4 * DAY):
        with pytest.raises(Invalid) as refused:
            prolong(activity, moment)
        assert "closes_at" in refused.value.fields
    later = now + 2 * DAY + 3 * MINUTE
    prolong(activity, later)
    assert closes_at(activity) == (later, later)
    join(activity)


def test_a_team_has_as_much_longer_to_be_whole():
    activity = make_activity(team_min=2, team_max=3)
    make_team(activity)
    before, (said, _shown) = Team.objects.get().due_at, closes_at(activity)
    prolong(activity, said + DAY / 2)
    assert Team.objects.get().due_at == before + DAY / 2


def test_a_team_has_no_longer_than_that_when_it_was_closed_in_between():
    activity = make_activity(team_min=2, team_max=3)
    make_team(activity)
    before, (said, _shown) = Team.objects.get().due_at, closes_at(activity)
    close(activity)
    prolong(activity, said - DAY / 2)
    assert Team.objects.get().due_at == before, "what they were told stays"
    prolong(activity, said + DAY / 2)
    assert Team.objects.get().due_at == said + DAY / 2


def test_sign_up_that_lasts_until_the_end_moves_with_it():
    meeting = make_meeting()
    activity = make_activity(meeting=meeting, closes_at=meeting.ends_at)
    week = dt.timedelta(days=7)
    later = make_meeting(starts_at=meeting.starts_at + week, ends_at=meeting.ends_at + week)
    session = session_of(activity)
    services.move_session(by=None, session=session, meeting=later, now=clock.now())
    assert closes_at(activity) == (later.ends_at, later.ends_at)


def test_put_off_at_the_last_moment_whoever_had_waited_waits_again_and_hears_so():
    activity = make_activity(seats=1)
    first, second = join(activity), join(activity)
    late = activity.starts_at - 60 * MINUTE
    allocation.sweep(now=late)
    deliver_pending()
    later = make_meeting(starts_at=late + 5 * DAY, ends_at=late + 6 * DAY)
    services.move_session(by=None, session=session_of(activity), meeting=later, now=late)
    deliver_pending()
    kinds = Notice.objects.filter(account=second.account).order_by("id")
    assert [each.kind for each in kinds] == ["activity.lost", "activity.waiting-again"]
    services.return_seat(by=first.account, sign_up_id=str(first.pk), now=late)
    second.claim.refresh_from_db()
    assert second.claim.state == "offered"


def test_closed_early_it_stays_closed_when_it_is_moved():
    activity = make_activity()
    close(activity)
    now = clock.now()
    later = make_meeting(starts_at=now + 5 * DAY, ends_at=now + 6 * DAY)
    services.move_session(by=None, session=session_of(activity), meeting=later, now=now)
    assert closes_at(activity)[0] <= now


def test_where_lots_are_drawn_the_list_is_closed_before_what_decides_is_known():
    now = clock.now()
    activity = make_activity(
        mode="draw", meeting=make_meeting(starts_at=now + 9 * DAY, ends_at=now + 10 * DAY)
    )
    join(activity)
    said = closes_at(activity)[0]
    draw = Draw.objects.create(
        number="1234567897",
        pool=run_of(activity).pool,
        union=activity.union,
        title=activity.name,
        source=Source.DOUBLE_COLOUR_BALL,
        issue="2026135",
        known_at=said + DAY,
        commitment="0" * 64,
        announced_at=now,
    )
    with pytest.raises(Invalid) as refused:
        prolong(activity, draw.known_at)
    assert "closes_at" in refused.value.fields
    prolong(activity, draw.known_at - 30 * MINUTE)


def test_by_page_and_by_operation():
    activity = make_activity()
    desk = officer_client(make_organiser(activity.union))
    run = run_of(activity)
    there = reverse("activities:plan", args=[activity.number])
    assert "现在截止报名" in desk.get(there).content.decode()
    closed = desk.post(reverse("activities:sign_up_end", args=[run.pk]), follow=True)
    assert "报名已截止" in closed.content.decode()
    longer = reverse("activities:sign_up_longer", args=[run.pk])
    typed = f"{localtime(clock.now() - DAY):%Y-%m-%dT%H:%M}"
    wrong = desk.post(longer, {"closes_at": typed})
    assert (wrong.status_code, typed in wrong.content.decode()) == (422, True)
    later = (clock.now() + DAY).replace(microsecond=0)
    api = f"/desk/activity-runs/{run.pk}/closing"
    answer = send(desk, api, {"closes_at": later}, method="put").json()
    assert answer["runs"][0]["closes_at"] == later.isoformat().replace("+00:00", "Z")
    assert send(desk, api).json()["runs"][0]["closes_at"] < answer["runs"][0]["closes_at"]
