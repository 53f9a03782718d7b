"""Photos and a list of the demonstration: through the services, once."""

import datetime as dt

import pytest

from niangjia.core import clock
from niangjia.members.models import Role
from niangjia.members.selectors import demo
from niangjia.members.tests.factories.desk import make_post
from niangjia.operations.demo import accounts, station_papers
from niangjia.organisations.tests.factories import make_union
from niangjia.places.models import ListState, PlaceList, PlacePhoto, RowState
from niangjia.places.tests.factories import make_place

pytestmark = pytest.mark.django_db


def test_stations_have_photos_one_waits_and_a_list_has_rows_to_look_at(settings, monkeypatch):
    settings.DEMO = True
    now = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    described = {each.key: each for each in demo.described()}
    accounts.open_account(described[station_papers.OFFICER], number=1)
    union = make_union()
    officer = demo.find_account(station_papers.OFFICER)
    make_post(union=union, account=officer, role=Role.MEMBERSHIP_OFFICER)
    for name in station_papers.PHOTOGRAPHED:
        make_place(union, now=now - dt.timedelta(days=120), name=name)
    for _again in range(2):
        station_papers.load(progress=lambda _done, _total: None)
    assert PlacePhoto.objects.filter(report=None).count() == 6
    assert PlacePhoto.objects.get(shown_at=None).place.name == station_papers.SENT[0]
    sent = PlaceList.objects.get()
    assert sent.state == ListState.READ
    assert sent.rows.filter(state=RowState.READY).exists()
    assert sent.rows.exclude(state=RowState.READY).count() >= 2
