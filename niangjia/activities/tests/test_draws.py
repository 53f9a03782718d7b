"""Seats given by lot: what people are told and when, and who must act."""

import datetime as dt

import pytest
from django.test import Client

from niangjia.activities.tests.draws import announce_for, draw_lots, make_lot
from niangjia.activities.tests.factories import (
    join,
    make_activity,
    make_meeting,
    make_organiser,
    run_of,
)
from niangjia.activities.tests.test_pages import page, text
from niangjia.allocation import services as allocation
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def kinds(post):
    found = Notice.objects.filter(account=post.account).order_by("id")
    return list(found.values_list("kind", flat=True))


def test_the_organiser_is_led_to_the_draw_and_people_read_when_what_happens(
    django_assert_max_num_queries,
):
    activity = make_lot()
    desk, sign_up = officer_client(make_organiser(activity.union)), join(activity)
    holder = signed_in(sign_up.account)
    announcement = f"/desk/pools/{run_of(activity).pool_id}/draw/"
    assert announcement in text(desk.get(page("plan", activity.number)))
    assert "工会会提前在这里公布" in text(holder.get(page("ticket", sign_up.pk)))
    draw = announce_for(activity)
    with django_assert_max_num_queries(14):
        shown = text(desk.get(page("plan", activity.number)))
    assert f"/desk/draws/{draw.number}/" in shown
    assert announcement not in shown
    for client, there in (
        (holder, page("ticket", sign_up.pk)),
        (Client(), page("activity", activity.number)),
    ):
        said = text(client.get(there))
        assert f"第 {draw.issue} 期公开开奖" in said
        assert f"/draws/{draw.number}/" in said
    allocation.seal_draw(draw_id=draw.pk, now=activity.closes_at)
    assert "看封存的名单和封印" in text(holder.get(page("ticket", sign_up.pk)))
    draw_lots(draw)
    deliver_pending()
    assert "看结果，自己核对" in text(holder.get(page("ticket", sign_up.pk)))
    assert "activity.granted" in Notice.objects.filter(account=sign_up.account).values_list(
        "kind", flat=True
    )


def test_nobody_announced_and_the_organiser_is_reminded_daily_until_somebody_does():
    activity = make_lot()
    organiser, closes_at = make_organiser(activity.union), activity.closes_at
    assert allocation.remind_of_draws(now=closes_at - 2 * DAY) == 0
    for now in (closes_at - DAY / 2, closes_at - DAY / 4, closes_at + DAY):
        allocation.remind_of_draws(now=now)
    assert kinds(organiser) == ["draw.unannounced"] * 2
    announce_for(activity)
    assert allocation.remind_of_draws(now=closes_at + 3 * DAY) == 0


def test_the_balls_are_known_and_nobody_has_read_them_in():
    activity = make_lot()
    join(activity)
    organiser = make_organiser(activity.union)
    draw = allocation.seal_draw(draw_id=announce_for(activity).pk, now=activity.closes_at)
    minutes = dt.timedelta(minutes=1)
    assert allocation.remind_of_draws(now=draw.known_at + 5 * minutes) == 0
    due = draw.known_at + 50 * minutes
    assert [allocation.remind_of_draws(now=now) for now in (due, due + DAY / 2)] == [1, 0]
    notice = Notice.objects.get(account=organiser.account)
    assert (notice.kind, notice.url) == ("draw.value-due", f"/desk/draws/{draw.number}/")
    assert allocation.remind_of_draws(now=due + DAY) == 1
    draw_lots(draw)
    assert allocation.remind_of_draws(now=due + 3 * DAY) == 0


def test_between_the_end_of_sign_up_and_the_beginning_lots_can_be_drawn():
    now = clock.now()
    soon = make_meeting(starts_at=now + DAY, ends_at=now + 2 * DAY)
    with pytest.raises(Invalid) as refused:
        make_activity(mode="draw", closes_at=now + DAY, meeting=soon)
    assert "closes_at" in refused.value.fields
    make_activity(closes_at=now + DAY, meeting=soon)
