"""Due and late in words, by working days in China."""

import datetime as dt

import pytest
from django.utils import translation

from niangjia.core.clock import CHINA
from niangjia.core.working_calendar import Calendar
from niangjia.members.rules.urgency import urgency

#: Monday and Tuesday off, as over a long holiday.
CALENDAR = Calendar(exceptions={dt.date(2026, 6, 22): False, dt.date(2026, 6, 23): False})


def at(day, hour=12):
    return dt.datetime(2026, 6, day, hour, tzinfo=CHINA)


def end(day):
    return dt.datetime(2026, 6, day, 23, 59, 59, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("due", "now", "level", "days", "words"),
    [
        (end(18), at(15), "calm", 3, "剩 3 个工作日"),
        (end(18), at(17), "soon", 1, "剩 1 个工作日"),
        (end(18), at(18), "today", 0, "今天到期"),
        (end(18), at(19), "late", 1, "已逾期 1 个工作日"),
        (end(19), at(20), "late", 0, "已逾期"),
        (end(19), at(24), "late", 1, "已逾期 1 个工作日"),
        (end(24), at(19), "soon", 1, "剩 1 个工作日"),
    ],
)
def test_days_left_and_days_late(due, now, level, days, words):
    found = urgency(due, now, CALENDAR)
    assert (found.level, found.working_days) == (level, days)
    with translation.override("zh-hans"):
        assert found.words == words


def test_the_day_is_chinas_not_utcs():
    late_evening_utc = dt.datetime(2026, 6, 17, 20, tzinfo=dt.UTC)
    assert urgency(end(18), late_evening_utc, CALENDAR).level == "today"


def test_late_is_never_only_a_colour():
    found = urgency(end(18), at(19), CALENDAR)
    with translation.override("en"):
        assert (found.status, found.words) == ("bad", "1 working day late")
