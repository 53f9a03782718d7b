"""Rules that need no database."""

import datetime as dt
import uuid
from collections import Counter

import pytest

from niangjia.core import errors
from niangjia.feedback.models import Channel, Invitation, RectificationOrder, Stage
from niangjia.feedback.rules import indicators, invitations, metrics, orders, scores, signals

NOON = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
RATED, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.mark.parametrize(
    ("level", "is_bad"), [(5, False), (4, False), (3, False), (2, True), (1, True)]
)
def test_the_lowest_two_of_five_are_bad(level, is_bad):
    assert invitations.is_bad(level) is is_bad


@pytest.mark.parametrize(
    ("minutes", "is_rated", "code"),
    [(-1, False, None), (0, False, None), (1, False, "rating-closed"), (-1, True, "rated-already")],
)
def test_one_rating_within_its_window(minutes, is_rated, code):
    invitation = Invitation(closes_at=NOON)
    now = NOON + dt.timedelta(minutes=minutes)
    if code is None:
        invitations.check_open(invitation, is_rated=is_rated, now=now)
        return
    with pytest.raises(errors.DomainError) as refusal:
        invitations.check_open(invitation, is_rated=is_rated, now=now)
    assert refusal.value.code == code


class Officer:
    def __init__(self, pk):
        self.pk = pk


@pytest.mark.parametrize(
    ("channel", "officer", "code"),
    [
        ("link", None, None),
        ("call_back", Officer(OTHER), None),
        ("call_back", Officer(RATED), "own-rating"),
        ("call_back", None, "entry"),
        ("link", Officer(OTHER), "entry"),
    ],
)
def test_only_a_call_back_is_entered_and_never_by_the_rated_officer(channel, officer, code):
    invitation = Invitation(rated_id=RATED)
    if code is None:
        invitations.check_entry(invitation, channel, officer)
        return
    with pytest.raises(errors.Invalid) as refusal:
        invitations.check_entry(invitation, channel, officer)
    assert refusal.value.code == code


@pytest.mark.parametrize("channel", Channel.values)
def test_each_channel_asks_its_own_indicators(channel):
    asked = indicators.asked(channel)
    assert len(asked) == {"counter": 3, "call_back": 3, "keypad": 0}.get(channel, 4)
    assert indicators.checked(dict.fromkeys(asked, 5), channel) == dict.fromkeys(asked, 5)


def test_on_the_phone_one_can_be_asked_about_what_was_done_online():
    online = indicators.asked(Channel.CALL_BACK, is_online=True)
    assert set(online) == {"efficiency", "guide_accuracy", "convenience", "usability"}
    given = dict.fromkeys(online, 4)
    assert indicators.checked(given, Channel.CALL_BACK) == given


@pytest.mark.parametrize("given", [{"attitude": 5}, {"efficiency": 0}, {"efficiency": 6}, {"x": 3}])
def test_other_indicators_and_levels_are_refused_beside_their_field(given):
    with pytest.raises(errors.Invalid) as refusal:
        indicators.checked(given, Channel.LINK)
    assert set(refusal.value.fields) == set(given)


@pytest.mark.parametrize("words", ["好" * 600, "  好  ", ""])
def test_words_up_to_six_hundred(words):
    assert invitations.check_words(words) == words.strip()


def test_more_words_are_refused():
    with pytest.raises(errors.Invalid):
        invitations.check_words("好" * 601)


ALLOWED = {
    (Stage.VERIFY, "verification"): Stage.RECTIFY,
    (Stage.RECTIFY, "rectification"): Stage.TELL,
    (Stage.TELL, "answer"): Stage.REVIEW,
    (Stage.REVIEW, "approval"): Stage.RATE_AGAIN,
    (Stage.REVIEW, "return"): Stage.RECTIFY,
}


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("step", orders.STEPS)
def test_each_step_at_its_stage_only(stage, step):
    order = RectificationOrder(stage=stage, rated_id=RATED)
    wanted = ALLOWED.get((Stage(stage), step))
    if wanted is None:
        with pytest.raises(errors.Conflict) as refusal:
            orders.check_step(order, step, by=OTHER, took_part=set())
        assert refusal.value.code == "other-stage"
    else:
        assert orders.check_step(order, step, by=OTHER, took_part=set()).to == wanted
    assert (step in orders.steps_at(stage)) is (wanted is not None)


@pytest.mark.parametrize("step", orders.STEPS)
def test_no_step_is_the_rated_officers_and_none_closes(step):
    found = orders.STEPS[step]
    with pytest.raises(errors.Conflict) as refusal:
        orders.check_step(
            RectificationOrder(stage=found.at, rated_id=RATED), step, by=RATED, took_part=set()
        )
    assert refusal.value.code == "own-work"
    assert found.to != Stage.CLOSED


@pytest.mark.parametrize("step", ["approval", "return"])
def test_nobody_reviews_their_own_steps(step):
    order = RectificationOrder(stage=Stage.REVIEW, rated_id=RATED)
    with pytest.raises(errors.Conflict) as refusal:
        orders.check_step(order, step, by=OTHER, took_part={OTHER})
    assert refusal.value.code == "own-steps"


@pytest.mark.parametrize(
    ("words", "is_good"), [("办好了", False), ("已经处理", True), ("字" * 1001, False)]
)
def test_a_step_needs_words(words, is_good):
    if is_good:
        assert orders.check_words(words) == words
    else:
        with pytest.raises(errors.Invalid):
            orders.check_words(words)


def test_what_is_counted_reads_back():
    name = metrics.metric("wage-arrears", NOON, 2)
    assert name == "ratings:wage-arrears:2611:2"
    assert len(metrics.metric("a" * 24, NOON, 1)) <= 40
    figures = {name: 3, metrics.metric("aid", NOON, 5): 4, "members": 9}
    found = metrics.counted(figures, before="2026-12")
    assert found.months == {"2026-11": Counter({5: 4, 2: 3})}
    assert set(found.items) == {"wage-arrears", "aid"}
    of_aid = metrics.counted(figures, before="2026-12", item_key="aid")
    assert of_aid.months == found.items["aid"] == {"2026-11": Counter({5: 4})}
    assert metrics.counted(figures, before="2026-11").months == {}


def test_the_month_is_the_one_in_china():
    assert ":2612:" in metrics.metric("aid", dt.datetime(2026, 11, 30, 16, 0, tzinfo=dt.UTC), 5)


@pytest.mark.parametrize(
    ("levels", "low", "high"),
    [
        ({}, 4.0, 4.0),
        ({5: 2}, 4.0, 4.2),
        ({5: 2000}, 4.95, 5.0),
        ({1: 2}, 3.7, 4.0),
        ({1: 2000}, 1.0, 1.1),
    ],
)
def test_a_few_ratings_neither_make_nor_break_a_score(levels, low, high):
    assert low <= scores.shrunk(levels).mean <= high


def test_the_interval_narrows_with_more_ratings_and_stays_on_the_scale():
    few, many = scores.shrunk({5: 5, 1: 5}), scores.shrunk({5: 500, 1: 500})
    assert many.high - many.low < few.high - few.low
    best = scores.shrunk({5: 100}, towards=5.0)
    assert (best.mean, best.high) == (5.0, 5.0)


def minutes(*numbers):
    return [NOON + dt.timedelta(minutes=number) for number in numbers]


@pytest.mark.parametrize(
    ("moments", "largest"),
    [([], 0), (minutes(0), 1), (minutes(0, 5, 10), 3), (minutes(0, 11, 12, 21, 23), 3)],
)
def test_the_largest_burst_within_ten_minutes(moments, largest):
    assert signals.largest_burst(moments) == largest


@pytest.mark.parametrize(
    ("most", "usual", "is_odd"), [(7, 0, False), (8, 0, True), (8, 1.5, True), (8, 2, False)]
)
def test_a_burst_is_odd_against_the_unions_own_history(most, usual, is_odd):
    assert signals.is_burst(most, usual) is is_odd


@pytest.mark.parametrize(
    ("entered", "ratings", "is_odd"), [(9, 9, False), (5, 10, False), (6, 10, True)]
)
def test_mostly_entered_by_officers(entered, ratings, is_odd):
    assert signals.is_officer_entered(entered, ratings) is is_odd
