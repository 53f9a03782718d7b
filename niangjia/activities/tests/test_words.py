"""Activities are found by their words: in characters, pinyin and initials, by an index."""

import pytest
from django.db import connection
from django.test import Client

from niangjia.activities import services
from niangjia.activities.models import ActivitySearch
from niangjia.activities.selectors.finding import Criteria, find_activities, matching
from niangjia.activities.services.indexing import index_missing
from niangjia.activities.tests.factories import make_activity, make_draft, make_plan
from niangjia.activities.tests.test_api import send
from niangjia.core import clock
from niangjia.organisations.tests.factories import make_union
from niangjia.places.rules.finding import tsquery

pytestmark = pytest.mark.django_db


def found(words):
    page = find_activities(Criteria(words=words), path="", now=clock.now())
    return {each.name for each in page.items}


def test_by_any_part_of_its_words_its_union_or_where_one_meets():
    make_activity(make_union(name="稠江街道总工会"), name="沿江健步走", summary="走完有热姜茶。")
    make_activity(name="书法班", summary="每晚七点。")
    for words in ("健步", "jianbu", "yjjbz", "姜茶", "稠江 健步", "稠江街道"):
        assert found(words) == {"沿江健步走"}, words
    assert found("没有这个词") == set()
    assert found("！？") == {"沿江健步走", "书法班"}


def test_what_is_a_draft_called_off_or_renamed_is_found_as_it_is():
    draft = make_draft(name="夜校书法班")
    assert found("书法") == set()
    activity = services.publish_activity(by=None, activity=draft, now=clock.now())
    assert found("书法") == {"夜校书法班"}
    plan = make_plan(name="夜校国画班", opens_at=activity.opens_at, closes_at=activity.closes_at)
    services.change_activity(by=None, activity=activity, plan=plan)
    assert (found("书法"), found("国画")) == (set(), {"夜校国画班"})
    services.cancel_activity(by=None, activity=activity, reason="下雨。", now=clock.now())
    assert found("国画") == set()
    assert not ActivitySearch.objects.exists()


def test_what_was_published_before_there_was_a_search_is_entered_by_and_by():
    make_activity(name="夜校书法班")
    ActivitySearch.objects.all().delete()
    assert (found("书法"), index_missing(now=clock.now())) == (set(), 1)
    assert (found("书法"), index_missing(now=clock.now())) == ({"夜校书法班"}, 0)


def test_words_go_through_the_index():
    make_activity(name="夜校书法班")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = matching(tsquery("书法")).explain()
    assert "activity_search_tokens" in plan


def test_a_month_by_operation():
    activity = make_activity()
    month = f"{activity.starts_at.astimezone(clock.CHINA):%Y-%m}"
    shown = Client().get(f"/api/v1/activity-months?month={month}").json()
    # What goes on past midnight stands on both days.
    numbers = {item["activity"] for day in shown["days"] for item in day["items"]}
    assert (shown["month"], numbers) == (month, {activity.number})
    assert Client().get("/api/v1/activity-months?division=999999").status_code == 422
    assert send(Client(), "/activity-months").status_code == 405
