"""The demonstration's stations are in use."""

import datetime as dt

import pytest

from niangjia.core import clock, outbox
from niangjia.members.models import Role
from niangjia.members.selectors import demo
from niangjia.members.tests.factories.desk import make_post
from niangjia.operations.demo import accounts, visiting
from niangjia.organisations.tests.factories import make_union
from niangjia.places.models import Asked, Keeper, SupplyRequest, VisitDay
from niangjia.places.selectors.showing import show_place
from niangjia.places.tests.factories import make_place

pytestmark = pytest.mark.django_db


def test_keepers_visitors_requests_and_ratings_are_there_once(settings, monkeypatch):
    settings.DEMO = True
    now = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    for number, each in enumerate(demo.described(), start=1):
        if each.key in {"member", "worker", visiting.OFFICER}:
            accounts.open_account(each, number=number)
    union = make_union()
    officer = demo.find_account(visiting.OFFICER)
    make_post(union=union, account=officer, role=Role.MEMBERSHIP_OFFICER)
    names = {name for name, *_rest in visiting.CROWDS}
    places = {
        name: make_place(union, now=now - dt.timedelta(days=120), name=name) for name in names
    }
    for _again in range(2):
        visiting.load(progress=lambda _done, _total: None)
    outbox.deliver_pending()
    assert Keeper.objects.count() == 3
    assert VisitDay.objects.filter(date=clock.today()).count() == len(visiting.CROWDS)
    assert set(SupplyRequest.objects.values_list("state", flat=True)) == {
        *(Asked.ON_WAY, Asked.ASKED, Asked.DECLINED)
    }
    page = show_place(places["绣湖广场工会驿站"], now=now)
    assert page.crowd is not None
    assert (page.score.count, page.score.score.mean > 4) == (10, True)
