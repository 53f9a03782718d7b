"""For whom a pool is, by age: no database."""

import datetime as dt

import pytest

from niangjia.allocation.rules.standing import Claimant, Terms, Verdict, eligibility, full_years

LEAP = dt.date(2004, 2, 29)
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("birth_date", "today", "verdict"),
    [
        (None, dt.date(2026, 5, 1), Verdict.AGE_UNKNOWN),
        (dt.date(2008, 5, 2), dt.date(2026, 5, 1), Verdict.TOO_YOUNG),
        (dt.date(2008, 5, 1), dt.date(2026, 5, 1), Verdict.GRANTED),
        (dt.date(1980, 5, 2), dt.date(2026, 5, 1), Verdict.GRANTED),
        (dt.date(1980, 5, 1), dt.date(2026, 5, 1), Verdict.TOO_OLD),
        (LEAP, dt.date(2022, 2, 28), Verdict.TOO_YOUNG),
        (LEAP, dt.date(2022, 3, 1), Verdict.GRANTED),
    ],
)
def test_from_18_to_45_years(birth_date, today, verdict):
    terms = Terms(mode="first_come", opens_at=NOW, closes_at=NOW, age_min=18, age_max=45)
    claimant = Claimant("a", "a", True, None, None, birth_date=birth_date)
    assert eligibility(terms, claimant, today=today) == verdict


def test_where_no_age_is_asked_nobody_has_to_say_theirs():
    terms = Terms(mode="first_come", opens_at=NOW, closes_at=NOW)
    stranger = Claimant("a", "a", False, None, None)
    assert eligibility(terms, stranger, today=NOW.date()) == Verdict.GRANTED


def test_born_on_29_february_one_is_a_year_older_on_the_day_in_leap_years():
    assert full_years(LEAP, dt.date(2024, 2, 28)) == 19
    assert full_years(LEAP, dt.date(2024, 2, 29)) == 20
