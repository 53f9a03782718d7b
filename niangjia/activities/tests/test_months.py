"""A month of activities: the grid and the list say the same, and hide what is hidden."""

import datetime as dt

import pytest
from django.test import Client

from niangjia.activities.rules import months
from niangjia.activities.tests.factories import make_activity, make_draft, make_meeting
from niangjia.activities.tests.test_pages import text
from niangjia.core import clock
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership

HERE = "/activities/calendar/"


@pytest.mark.parametrize("typed", ["2026-13", "x", "0001-01", "2026-1", "9999-12", "２０２６-12"])
def test_what_is_no_month_is_this_one(typed):
    assert months.read(typed, dt.date(2026, 11, 23)).first == dt.date(2026, 11, 1)


def test_a_month_has_whole_weeks_and_neighbours():
    december = months.read("2026-12", dt.date(2026, 11, 23))
    assert (december.previous, december.next) == ("2026-11", "2027-01")
    assert december.weeks[0][0] == dt.date(2026, 11, 30)
    assert december.span[1] == dt.datetime(2027, 1, 4, tzinfo=clock.CHINA)


def test_days_are_chinas_and_midnight_belongs_to_the_day_before():
    at = dt.datetime(2026, 12, 5, 20, tzinfo=clock.CHINA)
    assert months.days_of(at, at + dt.timedelta(hours=4)) == [dt.date(2026, 12, 5)]
    assert len(months.days_of(at, at + dt.timedelta(hours=5))) == 2


@pytest.mark.django_db
def test_the_grid_and_the_list_have_what_one_may_see(django_assert_num_queries):
    _province, _city, county, union = make_chain()
    now = clock.now()
    at = dt.datetime(2027, 3, 5, 11, tzinfo=dt.UTC)
    meeting = make_meeting(starts_at=at, ends_at=at + dt.timedelta(hours=2))
    shown = make_activity(union, name="夜校", kind="course", meeting=meeting, now=now)
    make_activity(union, name="内部会", seen_by=county, meeting=meeting)
    make_draft(union, name="没发布", meeting=meeting)
    with django_assert_num_queries(1):
        page = text(Client().get(f"{HERE}?month=2027-03"))
    assert page.count("夜校") == 2
    assert 'id="day-2027-03-05"' in page
    assert f"/activities/{shown.number}/" in page
    assert "内部会" not in page
    assert "没发布" not in page
    assert "夜校" not in text(Client().get(f"{HERE}?month=2027-03&kind=sport"))
    assert "夜校" not in text(Client().get(f"{HERE}?month=2027-04"))
    member = signed_in(make_membership(union=union).person.account)
    assert "内部会" in text(member.get(f"{HERE}?month=2027-03"))
