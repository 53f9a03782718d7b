"""When what people say is believed; and that one person is not enough, whatever they try."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.places.models import Said
from niangjia.places.rules import truth
from niangjia.places.rules.truth import Voice

NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def voice(who, said=Said.CLOSED, ago=10, **fields):
    """Somebody signed in on a phone and network of their own."""
    values = {"account": b"a%d" % who, "device": b"d%d" % who, "network": b"n%d" % who}
    return Voice(at=NOW - ago * MINUTE, said=said, **(values | fields))


#: Two in the afternoon, of a place that is open from eight to eight.
HOURS = [(NOW - 6 * 60 * MINUTE, NOW + 6 * 60 * MINUTE)]


def shut(*voices, open_at=HOURS):
    return truth.weigh(voices, open_at=open_at, now=NOW).shut_until


def test_three_who_know_nothing_of_each_other_are_believed():
    assert shut(voice(1, ago=50), voice(2), voice(3)) == NOW - 50 * MINUTE + truth.WINDOW
    assert shut(voice(1), voice(2)) is None


def test_whoever_shares_a_phone_or_network_is_one_voice():
    assert shut(voice(1), voice(2), voice(3, device=b"d2")) is None
    assert shut(voice(1), voice(2), voice(3, network=b"n1")) is None


def test_all_who_are_not_signed_in_are_one_voice():
    strangers = [voice(n, account=None) for n in range(20)]
    assert shut(*strangers) is None
    assert shut(*strangers, voice(30)) is None
    assert shut(*strangers, voice(30), voice(31))


def test_twice_as_many_must_say_so_as_say_otherwise():
    three = [voice(n) for n in (1, 2, 3)]
    assert shut(*three, voice(4, Said.OPEN))
    assert shut(*three, voice(4, Said.OPEN), voice(5, Said.OPEN)) is None


def test_the_last_word_of_each_counts():
    assert shut(voice(1), voice(2), voice(3, ago=9), voice(3, Said.OPEN, ago=5)) is None


def test_it_falls_back_after_three_hours():
    voices = [voice(n, ago=60) for n in (1, 2, 3)]
    until = shut(*voices)
    assert until == NOW + 120 * MINUTE
    assert truth.weigh(voices, open_at=HOURS, now=until).shut_until is None
    assert truth.weigh(voices, open_at=HOURS, now=until - MINUTE).shut_until == until


def test_what_is_shut_by_its_hours_is_not_shut_because_people_say_so():
    three = [voice(n) for n in (1, 2, 3)]
    assert shut(*three, open_at=[]) is None
    assert shut(*three, open_at=[(NOW - 5 * MINUTE, NOW + 60 * MINUTE)]) is None
    assert shut(*three, open_at=[(NOW - 60 * MINUTE, NOW)]) is None
    # Nor longer than the hours in which they found it shut last.
    assert shut(*three, open_at=[(NOW - 60 * MINUTE, NOW + MINUTE)]) == NOW + MINUTE


def test_a_keeper_says_before_it_opens_that_it_stays_shut_and_not_into_the_next_hours():
    keeper = voice(9, by_keeper=True)
    until = NOW - 10 * MINUTE + truth.WINDOW
    assert shut(keeper, open_at=[(NOW - 5 * MINUTE, NOW + 600 * MINUTE)]) == until
    afternoon = (NOW + 60 * MINUTE, NOW + 600 * MINUTE)
    assert shut(keeper, open_at=[(NOW - 60 * MINUTE, NOW - MINUTE), afternoon]) is None


def test_a_keeper_outweighs_who_spoke_before_and_not_who_speaks_after():
    before = [voice(n, ago=30) for n in (1, 2, 3)]
    keeper = voice(9, Said.OPEN, ago=20, by_keeper=True)
    assert shut(*before, keeper) is None
    assert shut(*before, keeper, *(voice(n, ago=5) for n in (1, 2, 3)))
    assert shut(voice(9, ago=5, by_keeper=True)) == NOW - 5 * MINUTE + truth.WINDOW
    assert shut(voice(9, ago=15, by_keeper=True), keeper) == NOW - 15 * MINUTE + truth.WINDOW
    assert shut(voice(9, ago=25, by_keeper=True), keeper) is None


def test_what_is_missing_is_weighed_for_itself():
    voices = [voice(n, Said.LACKS, facility="water") for n in (1, 2, 3)]
    said = truth.weigh([*voices, voice(4, Said.LACKS, facility="charge")], open_at=[], now=NOW)
    assert said.missing == ("water",)
    assert said.missing_until == NOW - 10 * MINUTE + truth.WINDOW
    assert said.shut_until is None


def test_a_keeper_who_contradicts_three_of_a_day_is_counted():
    """Whoever is away could tap before the third each time."""
    day = [voice(1, ago=600), voice(2, ago=590), voice(9, Said.OPEN, ago=580, by_keeper=True)]
    day += [voice(3, ago=300), voice(3, ago=290), voice(9, Said.OPEN, ago=280, by_keeper=True)]
    open_at = [(NOW - 30 * 60 * MINUTE, NOW + MINUTE)]

    def count(*voices, hours=open_at):
        return truth.contradicted(voices, open_at=hours, now=NOW)

    assert count(*day) == 3
    assert count(*day[:-1]) == 2
    assert count(*day, voice(4, ago=5)) == 3
    assert count(*day, hours=[(NOW - 400 * MINUTE, NOW)]) == 1
    assert count(*(voice(n) for n in range(5))) == 0


def test_who_opens_again_the_next_day_or_after_closing_contradicts_nobody():
    three = [voice(n, ago=60 + n) for n in (1, 2, 3)]
    tick = voice(9, Said.OPEN, by_keeper=True, ago=5)
    open_at = [(NOW - 30 * 60 * MINUTE, NOW + MINUTE)]
    assert truth.contradicted([*three, tick], open_at=open_at, now=NOW) == 3
    shut = voice(9, by_keeper=True, ago=30)
    assert truth.contradicted([*three, shut, tick], open_at=open_at, now=NOW) == 0
    day_before = [voice(n, ago=16 * 60 + n) for n in (1, 2, 3)]
    assert truth.contradicted([*day_before, tick], open_at=open_at, now=NOW) == 0


def test_three_of_a_day_or_a_keeper_say_that_it_is_not_there():
    three = [voice(n, Said.MOVED, ago=n * 300) for n in (1, 2, 3)]
    assert truth.is_moved(three, now=NOW)
    assert not truth.is_moved(three[:2], now=NOW)
    assert not truth.is_moved([*three[:2], voice(5, Said.MOVED, ago=24 * 60)], now=NOW)
    assert truth.is_moved([voice(1, Said.MOVED, by_keeper=True)], now=NOW)


def test_the_tick_of_a_day_says_that_nothing_else_is_missing_and_no_other_word_does():
    dry = [voice(n, Said.LACKS, facility="water", ago=30) for n in (1, 2, 3)]
    tick = [voice(9, Said.OPEN, ago=20, by_keeper=True, is_tick=True)]
    tap = voice(9, Said.OPEN, ago=20, by_keeper=True)
    assert truth.weigh([*dry, tap], open_at=HOURS, now=NOW).missing == ("water",)
    lacks = voice(9, Said.LACKS, facility="water", ago=20, by_keeper=True)
    assert truth.weigh(dry, open_at=HOURS, now=NOW).missing == ("water",)
    assert truth.weigh([*dry, *tick], open_at=HOURS, now=NOW).missing == ()
    assert truth.weigh([*dry, *tick, lacks], open_at=HOURS, now=NOW).missing == ("water",)


def one_persons():
    """Whatever one person can send: one account or none, any phone, any network, any moment."""
    return st.lists(
        st.builds(
            voice,
            st.integers(0, 10_000),
            st.sampled_from([Said.CLOSED, Said.CLOSED, Said.OPEN]),
            ago=st.integers(0, 179),
            account=st.sampled_from([None, b"mine"]),
        ),
        min_size=truth.VOICES_NEEDED,
        max_size=60,
    )


@settings(max_examples=200, deadline=None)
@given(one_persons())
def test_one_person_shuts_nothing(voices):
    assert shut(*voices) is None


@settings(max_examples=50, deadline=None)
@given(one_persons())
def test_one_person_silences_nobody(voices):
    """Nor keeps three others from being heard, short of sharing their phones."""
    word = [each for each in voices if each.said == Said.CLOSED]
    assert shut(*word, *(voice(20_000 + n) for n in range(3)))


def test_without_telling_voices_apart_one_person_would(monkeypatch):
    """A control: counting words, ten thousand from one phone shut a station."""
    monkeypatch.setattr(truth, "independent", list)
    assert shut(*(voice(1, ago=1) for _n in range(truth.VOICES_NEEDED)))
