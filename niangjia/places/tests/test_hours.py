"""Hours across midnight, make-up days and holidays; and the same as the library where it can be."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from niangjia.core import clock
from niangjia.places.rules import hours, hours_words, opening
from niangjia.places.rules.hours import BadHours
from niangjia.places.rules.opening import Override

MONDAY = dt.date(2026, 11, 23)
#: The first is a Thursday off, the tenth a Saturday that is worked.
NATIONAL_DAY, MADE_UP = dt.date(2026, 10, 1), dt.date(2026, 10, 10)
AUTUMN = {NATIONAL_DAY: False, MADE_UP: True}


def local(text, first=MONDAY, days=7, exceptions=None, overrides=()):
    """What begins in these days, in China's time as "MM-DD HH:MM–MM-DD HH:MM"."""
    found = opening.stretches(
        text, first=first, days=days, exceptions=exceptions or {}, overrides=overrides
    )
    return [
        "–".join(moment.astimezone(clock.CHINA).strftime("%m-%d %H:%M") for moment in stretch)
        for stretch in found
    ]


def day(text, date, exceptions=AUTUMN, overrides=()):
    """The times of one day alone, in minutes."""
    return opening.spans_on(hours.read(text), list(overrides), date, exceptions)


def test_a_night_runs_into_a_day_with_hours_of_its_own():
    """The library would shut it at midnight: who works the night shift stands before the door."""
    found = local("Mo-Fr 22:00-06:00; Sa 10:00-12:00", first=dt.date(2026, 11, 27), days=2)
    assert found[1:] == ["11-27 22:00–11-28 06:00", "11-28 10:00–11-28 12:00"]


def test_a_night_that_began_yesterday_is_open_today():
    assert local("Su 22:00-02:00", days=1) == ["11-22 22:00–11-23 02:00"]


def test_around_the_clock_is_one_stretch():
    assert local("24/7", days=3) == ["11-22 00:00–11-26 00:00"]


def test_a_make_up_working_day_is_lived_as_a_friday():
    assert day("Mo-Fr 08:00-18:00", MADE_UP) == ((480, 1080),)
    assert day("Mo-Fr 08:00-18:00", MADE_UP, {}) == ()


def test_a_holiday_is_lived_as_a_sunday_or_as_its_own_rule_says():
    assert day("Mo-Fr 08:00-18:00", NATIONAL_DAY) == ()
    assert day("Mo-Su 08:00-18:00", NATIONAL_DAY) == ((480, 1080),)
    assert day("Mo-Su 08:00-18:00; PH off", NATIONAL_DAY) == ()
    assert day("Mo-Fr 08:00-18:00; Sa,Su,PH 10:00-16:00", NATIONAL_DAY) == ((600, 960),)


def test_the_override_for_the_fewest_days_wins_and_of_equals_the_newest():
    summer = Override(dt.date(2026, 6, 1), dt.date(2026, 8, 31), "Mo-Su 06:00-22:00", 3)
    repair = Override(dt.date(2026, 7, 1), dt.date(2026, 7, 3), "", 1)
    again = Override(dt.date(2026, 7, 1), dt.date(2026, 7, 3), "Mo-Su 12:00-13:00", 2)
    usual = "Mo-Su 08:00-18:00"
    assert day(usual, dt.date(2026, 6, 2), {}, [summer, repair]) == ((360, 1320),)
    assert day(usual, dt.date(2026, 7, 2), {}, [repair, summer]) == ()
    assert day(usual, dt.date(2026, 7, 2), {}, [repair, again, summer]) == ((720, 780),)
    assert day(usual, dt.date(2026, 9, 2), {}, [summer, repair]) == ((480, 1080),)


def test_a_season_runs_over_new_year():
    winter = "Mo-Su 08:00-20:00; Nov 15-Mar 15 Mo-Su 09:00-17:00"
    assert day(winter, dt.date(2027, 1, 5), {}) == ((540, 1020),)
    assert day(winter, dt.date(2026, 11, 14), {}) == ((480, 1200),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unreadable"),
        ("八点到六点", "unreadable"),
        ("Mo-Fr 25:00-26:00", "unreadable"),
        ("Feb 30 08:00-18:00", "unreadable"),
        ("sunrise-sunset", "too-clever"),
        ("SH 08:00-12:00", "too-clever"),
        ("Mo[1] 08:00-12:00", "too-clever"),
        ("off", "never"),
        ("Mo-Su off", "never"),
        ("Mo-Fr 08:00-18:00; Jan-Dec off", "never"),
    ],
)
def test_hours_that_nobody_can_read_or_satisfy(text, reason):
    with pytest.raises(BadHours) as bad:
        hours.read(text)
    assert bad.value.reason == reason


def test_shut_time_is_taken_out():
    begin = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
    hour = dt.timedelta(hours=1)
    found = opening.without([(begin, begin + 10 * hour)], (begin + 2 * hour, begin + 3 * hour))
    assert found == [(begin, begin + 2 * hour), (begin + 3 * hour, begin + 10 * hour)]
    assert opening.without(found, (begin, begin + 10 * hour)) == []


TIMES = st.builds(
    lambda first, lasts: (first, min(first + lasts, 24 * 60)),
    st.integers(0, 23 * 60),
    st.integers(1, 600),
)
DAY_SETS = st.lists(st.sampled_from(hours.DAYS), min_size=1, max_size=7, unique=True)


def written(spans):
    return ",".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in spans)


@st.composite
def by_day(draw):
    """Several rules for days and seasons, none of which runs past midnight."""
    rules = []
    for _rule in range(draw(st.integers(1, 4))):
        season = draw(st.sampled_from(["", "Nov ", "Nov 20-Dec 05 ", "Oct-Jan ", "Jun-Aug "]))
        days = ",".join(draw(DAY_SETS)) + " "
        spans = draw(st.lists(TIMES, min_size=1, max_size=2))
        rules.append(season + days + draw(st.sampled_from(["off", written(spans), written(spans)])))
    return "; ".join(rules)


@st.composite
def by_night(draw):
    """One rule for every day, which may run past midnight."""
    first = draw(st.integers(0, 24 * 60 - 1))
    return "Mo-Su " + written([(first, first + draw(st.integers(1, 24 * 60)))])


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(by_day(), by_night()), begins=st.dates(MONDAY, dt.date(2027, 1, 31)))
def test_the_library_says_the_same_where_it_can(text, begins):
    """Without holidays, and where no night meets another rule, both must say the same to the
    minute."""
    try:
        ours = opening.stretches(text, first=begins, days=8, exceptions={})
    except BadHours:
        ours = []
    since = dt.datetime.combine(begins, dt.time(), clock.CHINA)
    until = since + 7 * opening.ONE_DAY
    naive = [moment.replace(tzinfo=None) for moment in (since, until)]
    theirs = [
        (max(a, naive[0]), min(b, naive[1]))
        for a, b, state, _comment in OpeningHours(text).intervals(*naive)
        if str(state) == "open"
    ]
    clipped = opening.joined(
        (max(a, since.astimezone(dt.UTC)), min(b, until.astimezone(dt.UTC)))
        for a, b in ours
        if a < until and b > since
    )
    mine = [
        tuple(moment.astimezone(clock.CHINA).replace(tzinfo=None) for moment in each)
        for each in clipped
    ]
    assert mine == theirs


def test_night_is_said_of_whatever_is_open_at_night():
    def at_night(text):
        return opening.is_at_night(opening.stretches(text, first=MONDAY, exceptions={}))

    assert at_night("24/7")
    assert at_night("Mo-Su 20:00-22:01")
    assert at_night("Mo-Su 05:59-07:00")
    assert not at_night("Mo-Su 06:00-22:00")


def test_hours_are_said_in_words():
    with translation.override("zh-hans"):
        assert hours_words.in_words("Mo-Su 07:00-22:00") == "每天 07:00–22:00"
        assert hours_words.in_words("Mo-Fr 08:30-17:30; PH off").startswith(
            "周一至周五 08:30–17:30；"
        )
        assert hours_words.in_words("24/7") == "24 小时"
    # More than is read here stands as it is written.
    assert hours_words.in_words("week 1-10 Mo 08:00-10:00") == "week 1-10 Mo 08:00-10:00"
