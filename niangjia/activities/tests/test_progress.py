"""The organiser sees how far news has come: what is told, and seats that are still being ended."""

import re

import pytest

from niangjia.activities import services
from niangjia.activities.services import telling
from niangjia.activities.tests.factories import join, make_activity, make_organiser, run_of
from niangjia.activities.tests.test_pages import page, text
from niangjia.allocation import services as allocation
from niangjia.allocation.services import closing
from niangjia.core import clock
from niangjia.members.tests.factories.desk import officer_client

pytestmark = pytest.mark.django_db


def underway(desk, activity):
    """What the organiser reads: how many have been told, of how many."""
    shown = text(desk.get(page("plan", activity.number)))
    found = re.search(r'<progress value="(\d+)" max="(\d+)"', shown)
    return tuple(map(int, found.groups())) if found else None


def test_how_far_news_has_come_is_shown_until_everybody_has_it(monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 2)
    monkeypatch.setattr(closing, "BATCH", 1)
    activity = make_activity()
    for _each in range(3):
        join(activity)
    desk, run = officer_client(make_organiser(activity.union)), run_of(activity)
    assert underway(desk, activity) is None
    services.send_message(by=None, run=run, words="请带雨具", now=clock.now())
    assert underway(desk, activity) == (0, 3)
    telling.go_on(now=clock.now())
    assert underway(desk, activity) == (2, 3)
    telling.go_on(now=clock.now())
    assert underway(desk, activity) is None

    services.cancel_activity(by=None, activity=activity, reason="台风", now=clock.now())
    assert underway(desk, activity) == (1, 3)
    while allocation.end_claims(pool_id=run.pool_id, now=clock.now()):
        pass
    assert underway(desk, activity) is None
