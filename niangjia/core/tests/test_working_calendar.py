"""Working days: as announced, by province, and honest about years nobody has entered."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.core import working_calendar
from niangjia.core.models import CalendarYear, WorkingDay
from niangjia.core.working_calendar import Calendar

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31))
CALENDARS = st.builds(Calendar, exceptions=st.dictionaries(DAYS, st.booleans(), max_size=40))


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_what_is_added_can_be_counted(calendar, start, days):
    end = calendar.add(start, days)
    assert end > start
    assert calendar.is_working_day(end)
    assert calendar.between(start, end) == days


@given(CALENDARS, DAYS, st.integers(1, 30), st.integers(1, 30))
def test_more_days_are_later(calendar, start, days, more):
    assert calendar.add(start, days) < calendar.add(start, days + more)


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_counting_adds_up(calendar, a, b, c):
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert calendar.between(a, b) == -calendar.between(b, a)


def test_a_deadline_in_the_past_is_no_deadline():
    with pytest.raises(ValueError, match="ahead"):
        Calendar().add(dt.date(2026, 1, 1), -1)


@pytest.mark.django_db
class TestTheTable:
    @pytest.mark.parametrize(
        ("start", "days", "end"),
        [
            ((2026, 11, 20), 3, (2026, 11, 25)),  # Friday to Wednesday
            ((2026, 9, 30), 1, (2026, 10, 8)),  # over the National Day week
            ((2026, 10, 8), 2, (2026, 10, 10)),  # a make-up Saturday counts
            ((2026, 10, 3), 0, (2026, 10, 8)),  # a day off moves to the next working day
        ],
    )
    def test_days_are_counted_as_announced(self, start, days, end):
        due = working_calendar.deadline(dt.date(*start), days)
        assert due.date == dt.date(*end)
        assert due.is_certain

    def test_a_deadline_lasts_until_midnight_in_china(self):
        due = working_calendar.deadline(dt.date(2026, 11, 20), 1)
        assert due.at == dt.datetime(2026, 11, 23, 15, 59, 59, tzinfo=dt.UTC)

    def test_a_year_not_announced_counts_weekends_and_says_so(self):
        assert not working_calendar.is_known(2031)
        due = working_calendar.deadline(dt.date(2031, 10, 1), 3)
        assert due.date == dt.date(2031, 10, 6)
        assert not due.is_certain

    def test_a_deadline_that_crosses_into_an_unknown_year_says_so(self):
        last = CalendarYear.objects.order_by("-year")[0].year
        assert not working_calendar.deadline(dt.date(last, 12, 31), 3).is_certain

    def test_a_province_has_days_of_its_own(self):
        day = dt.date(2026, 4, 20)
        WorkingDay.objects.create(date=day, province="45", is_working=False, name="三月三")
        assert working_calendar.is_working_day(day)
        assert not working_calendar.is_working_day(day, province="450000")
        assert working_calendar.add_working_days(
            day - dt.timedelta(days=3), 1, province="45"
        ) == dt.date(2026, 4, 21)

    def test_a_province_works_when_the_country_rests(self):
        day = dt.date(2026, 10, 1)
        WorkingDay.objects.create(date=day, province="45", is_working=True)
        assert (
            working_calendar.working_days_between(day - dt.timedelta(days=1), day, province="45")
            == 1
        )

    def test_counting_costs_two_queries(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            working_calendar.deadline(dt.date(2026, 1, 1), 60)

    def test_what_editors_changed_survives_the_next_seeding(self):
        day = WorkingDay.objects.get(date=dt.date(2026, 10, 1))
        day.is_working = True
        day.save()
        assert working_calendar.seed_working_days() == 0
        assert working_calendar.is_working_day(day.date)

    def test_a_year_the_library_brings_is_entered(self):
        CalendarYear.objects.filter(year=2026).delete()
        WorkingDay.objects.filter(date__year=2026).delete()
        assert not working_calendar.is_known(2026)
        assert working_calendar.seed_working_days() == 1
        assert not working_calendar.is_working_day(dt.date(2026, 10, 1))
