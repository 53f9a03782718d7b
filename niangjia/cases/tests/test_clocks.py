"""The clocks, as properties over made-up calendars and as days one can check by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.cases.rules.clocks import Count, reminder_at
from niangjia.core import clock
from niangjia.core.working_calendar import Calendar

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
EXCEPTIONS = st.dictionaries(
    st.dates(dt.date(2025, 12, 1), dt.date(2027, 6, 30)), st.booleans(), max_size=40
)
CALENDARS = EXCEPTIONS.map(lambda exceptions: Calendar(exceptions=exceptions))
COUNTS = st.builds(Count, DAYS, st.integers(0, 60), st.sampled_from(["working", "calendar"]))


def days(start, end):
    """The days after `start` up to `end`."""
    return [start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1)]


@given(COUNTS, CALENDARS)
def test_a_term_ends_on_a_working_day(count, calendar):
    assert calendar.is_working_day(count.day(calendar))


@given(COUNTS, CALENDARS)
def test_as_many_working_days_lie_in_a_term_as_were_promised(count, calendar):
    if count.unit == "working" and count.days:
        worked = [d for d in days(count.start, count.day(calendar)) if calendar.is_working_day(d)]
        assert len(worked) == count.days


@given(COUNTS, CALENDARS)
def test_calendar_days_are_never_cut_short(count, calendar):
    if count.unit == "calendar":
        assert (count.day(calendar) - count.start).days >= count.days
        beyond = days(count.start + dt.timedelta(days=count.days), count.day(calendar))
        assert not any(calendar.is_working_day(d) for d in beyond[:-1])


@given(COUNTS, CALENDARS, st.integers(0, 60))
def test_a_longer_term_ends_so_many_days_after_it_would_have(count, calendar, more):
    for unit in ("working", "calendar"):
        end = count.longer(more, unit, calendar).day(calendar)
        if unit != count.unit:
            assert end == Count(count.day(calendar), more, unit).day(calendar)
        assert end >= count.day(calendar)


@given(COUNTS, CALENDARS, st.integers(0, 90), st.integers(0, 90))
def test_a_pause_takes_nothing_away_and_gives_nothing(count, calendar, before, pause):
    """What was left when it stopped is left when it goes on."""
    stopped = count.start + dt.timedelta(days=before)
    today = stopped + dt.timedelta(days=pause)
    left = count.left(stopped, calendar)
    resumed = count.resumed(stopped, today, calendar)
    assert resumed.days == left
    assert resumed.day(calendar) >= today
    if pause == 0 and left and stopped <= count.day(calendar):
        assert resumed.day(calendar) == count.day(calendar)


@given(COUNTS, CALENDARS, DAYS)
def test_another_day_off_never_shortens_a_term(count, calendar, day):
    holiday = Calendar(exceptions={**calendar.exceptions, day: False})
    assert count.day(holiday) >= count.day(calendar)


@given(COUNTS, CALENDARS)
def test_the_reminder_comes_on_a_working_day_before_the_end(count, calendar):
    due = count.at(calendar)
    reminder = reminder_at(due, calendar)
    day = reminder.astimezone(clock.CHINA).date()
    assert day < due.astimezone(clock.CHINA).date()
    assert calendar.is_working_day(day)


NATIONAL_DAY = Calendar(
    exceptions={
        **{dt.date(2026, 10, d): False for d in range(1, 8)},
        dt.date(2026, 9, 20): True,
        dt.date(2026, 10, 10): True,
    }
)


@pytest.mark.parametrize(
    ("start", "count", "unit", "last"),
    [
        # Over the week of the National Day, with the Saturday worked afterwards.
        (dt.date(2026, 9, 30), 3, "working", dt.date(2026, 10, 10)),
        (dt.date(2026, 9, 29), 1, "working", dt.date(2026, 9, 30)),
        # The Sunday before is worked: one working day after Friday.
        (dt.date(2026, 9, 18), 1, "working", dt.date(2026, 9, 20)),
        # Fifteen days that end in the holiday run to its end.
        (dt.date(2026, 9, 20), 15, "calendar", dt.date(2026, 10, 8)),
        (dt.date(2026, 9, 1), 15, "calendar", dt.date(2026, 9, 16)),
    ],
)
def test_terms_one_can_check_by_hand(start, count, unit, last):
    assert Count(start, count, unit).day(NATIONAL_DAY) == last
