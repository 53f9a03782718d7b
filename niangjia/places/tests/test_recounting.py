"""A changed calendar moves every term of a place that runs across the day."""

import datetime as dt

import pytest

from niangjia.core import clock, outbox
from niangjia.core.working_calendar import clear_working_day, set_working_day
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_chain
from niangjia.places import services
from niangjia.places.rules.voices import Speaker
from niangjia.places.tests.factories import make_keeper, make_place, make_problem, make_rating

pytestmark = pytest.mark.django_db
#: A Tuesday, half past ten in China.
NOW = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
THURSDAY = dt.date(2026, 11, 26)
SPEAKER = Speaker(device="d1", address="10.0.0.1")


@pytest.fixture
def running():
    """What a station waits for; what is to be mended there, with three days more; fewer stars; and
    something that was answered."""
    union = make_chain()[3]
    place = make_place(union, now=NOW, facilities=("water", "medicine"))
    make_keeper(place, make_account(), now=NOW)
    asked, answered = (
        services.ask_for_supplies(place=place, what=what, speaker=SPEAKER, now=NOW)
        for what in ("饮用水", "雨伞")
    )
    services.send_supplies(by=make_post(union=union), request=answered, now=NOW)
    inspector = make_post(union=union.parent)
    problem = make_problem(place, inspector, now=NOW)
    services.extend_problem(by=inspector, problem=problem, days=3, reason="配件在路上", now=NOW)
    make_rating(place, now=NOW)
    fewer = make_rating(place, stars=3, now=NOW)
    return {
        "asked": (asked, "due_at"),
        "answered": (answered, "due_at"),
        "problem": (problem, "due_at"),
        "stars": (fewer, "objections_until"),
    }


def change(*, is_working, province=""):
    """Thursday becomes a day off, or is as before."""
    common = {"date": THURSDAY, "province": province, "by": None, "now": NOW}
    if is_working:
        clear_working_day(**common)
    else:
        set_working_day(**common, is_working=False, name="停电", source="测试")
    with clock.stopped_at(NOW):
        outbox.deliver_pending()


def days_of(running):
    """The day of December (or of November) on which each ends."""
    found = {}
    for key, (each, field) in running.items():
        each.refresh_from_db()
        ends = getattr(each, field).astimezone(clock.CHINA)
        found[key] = (ends.month, ends.day)
    return found


def test_a_day_off_moves_what_runs_and_taken_back_moves_it_back_but_for_objections(
    running, django_assert_num_queries
):
    before = {"asked": (11, 26), "answered": (11, 26), "problem": (12, 4), "stars": (12, 1)}
    assert days_of(running) == before
    change(is_working=False, province="33")
    assert days_of(running) == before
    change(is_working=False)
    moved = {"asked": (11, 27), "answered": (11, 26), "problem": (12, 7), "stars": (12, 2)}
    assert days_of(running) == moved
    # A savepoint and its end; for each kind what is alike, the calendars, and all moves.
    with django_assert_num_queries(2 + 3 * 3):
        assert services.recount_terms(date=THURSDAY, province="", now=NOW) == 0
    change(is_working=True)
    assert days_of(running) == before | {"stars": moved["stars"]}


def test_what_is_over_stays_over(running):
    late = NOW + dt.timedelta(days=30)
    set_working_day(
        date=THURSDAY, province="", is_working=False, name="停电", source="测试", by=None, now=NOW
    )
    assert services.recount_terms(date=THURSDAY, province="", now=late) == 0
