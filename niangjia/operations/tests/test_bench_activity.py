"""The benchmark of an activity's page has people sign up who have their seats."""

import pytest
from django.urls import reverse

from niangjia.activities.models import SignUp
from niangjia.allocation.models import Claim, Stock
from niangjia.core import clock
from niangjia.core.edge import kept
from niangjia.operations.bench import activity_page, pages, province
from niangjia.operations.cli import benching
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db(transaction=True)


def worker(number):
    """An account as the province has it."""
    province.account(province.numbered(4, number), province.phone_of(number), None).save()


@pytest.fixture
def still(monkeypatch):
    """Whatever other databases of the same server commit, in tests beside this one, this one's
    state is asked for and is found to be the same."""
    real, moment = kept.current_snapshot, clock.now()
    monkeypatch.setattr(kept, "current_snapshot", lambda: real() and "1:1:")
    monkeypatch.setattr(kept.clock, "now", lambda: moment)


@pytest.fixture
def activity():
    make_union()
    return activity_page.published()


def test_people_sign_up_as_long_as_the_page_is_measured(activity, monkeypatch):
    monkeypatch.setattr(province, "WORKERS", 3)
    for number in range(3):
        worker(number)
    crowd = activity_page.Crowd()
    activity_page.sign_up_in_turn(crowd, activity.runs.get().pk, pace=10_000)
    assert crowd.made == SignUp.objects.count() == Claim.objects.count() == 3
    assert Stock.objects.get().taken == 3
    assert crowd.per_second > 0


def test_its_page_asks_once_when_it_is_kept(activity, client, still):
    path = reverse("activities:activity", args=[activity.number])
    assert pages.queries(pages.Page("activity", [path])) == 1
    assert "万人健步走" in client.get(path).content.decode()


def test_it_ends_when_the_block_does(activity):
    worker(0)
    with activity_page.signing_up(activity, pace=1) as crowd:
        pass
    assert crowd.over.is_set()
    assert crowd.made == SignUp.objects.count()


def test_its_name_finds_it():
    module = benching.module_of("activity-page")
    assert module is activity_page
