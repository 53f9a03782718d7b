"""The demonstration's ratings: mostly good, the bad ones on their way, the same every time."""

import datetime as dt

import pytest

from niangjia.core import clock
from niangjia.feedback import selectors
from niangjia.feedback.models import Invitation, Rating, RectificationOrder, Signal, SignalKind
from niangjia.feedback.tests.factories import ITEM, invite, make_office
from niangjia.operations.demo import feedback, past_ratings

pytestmark = pytest.mark.django_db


def told(_done, _total):
    """Progress nobody watches."""


@pytest.fixture
def invited():
    office = make_office()
    for number in range(60):
        finished_at = clock.now() - dt.timedelta(days=40 - number % 30)
        invite(office, finished_at=finished_at, now=finished_at, person=False, window_days=60)
    return office


def test_most_are_rated_and_mostly_well(invited):
    feedback.load(progress=told)
    levels = list(Rating.objects.values_list("level", flat=True))
    assert 40 <= len(levels) < 60
    assert sum(level >= 3 for level in levels) > 0.8 * len(levels)
    assert not Rating.objects.filter(rated_at__gt=clock.now()).exists()


def test_bad_ones_open_orders_that_move_along(invited):
    feedback.load(progress=told)
    orders = RectificationOrder.objects.all()
    assert orders.count() == Rating.objects.filter(level__lte=2).count()
    assert all(order.steps.exists() for order in orders)


def test_one_crowd_is_there_to_be_judged(invited):
    feedback.load(progress=told)
    signal = Signal.objects.get()
    assert (signal.kind, signal.judged_at) == (SignalKind.SAME_DEVICE, None)
    assert signal.facts["ratings"] >= 3


def test_loading_again_rates_only_what_is_left(invited):
    feedback.load(progress=told)
    rated = dict(Rating.objects.values_list("invitation_id", "level"))
    feedback.load(progress=told)
    assert rated.items() <= dict(Rating.objects.values_list("invitation_id", "level")).items()
    assert Invitation.objects.filter(round=1).count() == 60


def test_a_year_of_ratings_shows_scores_and_a_trend(invited, monkeypatch):
    items = [("legal-aid", ITEM), ("mutual-aid-claim", ITEM)]
    monkeypatch.setattr(past_ratings, "names_of", lambda _union: items)
    monkeypatch.setattr(past_ratings, "county_federation", lambda: invited.county.union)
    monkeypatch.setattr(past_ratings, "federation_of", lambda _code: invited.city.union)
    monkeypatch.setattr(past_ratings, "MONTHS", 3)
    for _twice in range(2):
        past_ratings.load(progress=told)
    assert Rating.objects.count() == 3 * past_ratings.A_MONTH
    assert not RectificationOrder.objects.exists()
    found = selectors.read_scores(invited.province.union, now=clock.now())
    assert all(each.published.score for each in (*found.items, *found.below))
    assert sum(month.published.count for month in found.months) >= 2 * past_ratings.A_MONTH
