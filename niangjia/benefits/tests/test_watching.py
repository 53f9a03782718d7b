"""What looks odd is told, found over a day as well, and no hour is passed over; what a merchant is
told of its contract."""

import datetime as dt

import pytest

from niangjia.benefits import services
from niangjia.benefits.models import RedemptionSignal, SignalKind
from niangjia.benefits.selectors import signals as selectors
from niangjia.benefits.services import signals
from niangjia.benefits.tests.test_disputes import told
from niangjia.benefits.tests.test_settling import NOW, at, autumn, had
from niangjia.core import clock
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
NOON = at(7)
MIDNIGHT = NOON.replace(hour=0)


@pytest.fixture
def town(db):
    return autumn()


def sell(town, *moments):
    for moment in moments:
        town.buy(had(town), 1200, now=moment)


def test_many_phones_spread_over_a_day_are_found_and_told_once(town, monkeypatch):
    monkeypatch.setattr(signals, "MANY_IN_DAY", 4)
    sell(town, *(NOON + each * HOUR for each in range(4)))
    assert services.find_signals(hour_at=NOON + 2 * HOUR, now=NOW) == 0, "three so far"
    assert services.find_signals(hour_at=NOON + 3 * HOUR, now=NOW) == 1
    assert services.find_signals(hour_at=NOON + 4 * HOUR, now=NOW) == 0, "twice is once"
    signal = RedemptionSignal.objects.get()
    assert (signal.kind, signal.hour_at, signal.count) == (SignalKind.MANY_IN_DAY, MIDNIGHT, 4)
    assert selectors.read_evidence(signal).holders == 4
    assert selectors.list_sales_of(signal).count() == 4
    notice = Notice.objects.get(account=town.post.account, kind="benefits.odd-redemptions")
    assert notice.facts["shop"] == town.shop.name
    assert officer_client(town.post).get(notice.url).status_code == 200


def test_control_a_day_like_the_days_before_is_not_odd(town, monkeypatch):
    monkeypatch.setattr(signals, "MANY_IN_DAY", 4)
    usual = [NOON - dt.timedelta(days=1) + each * HOUR for each in range(2)]
    sell(town, *usual, *(NOON + each * HOUR for each in range(4)))
    assert services.find_signals(hour_at=NOON + 3 * HOUR, now=NOW) == 0


def test_however_long_no_worker_lived_no_hour_is_left_out(town, monkeypatch):
    monkeypatch.setattr(signals, "MANY_HOLDERS", 2)
    assert services.watch_redemptions(now=NOON) == 0
    late = NOON + dt.timedelta(hours=7)
    sell(town, late, late + dt.timedelta(minutes=2))
    back = NOON + dt.timedelta(hours=30)
    assert services.is_behind(now=back)
    assert services.watch_redemptions(now=back) == 1
    assert services.is_behind(now=back), "a day at a time"
    assert services.watch_redemptions(now=back) == 0
    assert not services.is_behind(now=back)
    assert RedemptionSignal.objects.get().hour_at == late


def test_abuse_is_told_to_whoever_pays_and_nothing_wrong_is_not(town, monkeypatch):
    monkeypatch.setattr(signals, "MANY_HOLDERS", 1)
    sell(town, NOON, *(NOON + HOUR + each * MINUTE for each in range(3)))
    for hour in (NOON, NOON + HOUR):
        services.find_signals(hour_at=hour, now=NOW)
    first, second = RedemptionSignal.objects.order_by("hour_at")
    given = {"by": town.post, "now": NOW}
    services.judge_signal(signal=first, judgement="harmless", words="店庆", **given)
    assert "benefits.abuse-found" not in told(town.post.account)
    services.judge_signal(signal=second, judgement="abuse", words="收银员刷券", **given)
    notice = Notice.objects.get(account=town.post.account, kind="benefits.abuse-found")
    assert notice.facts["words"] == "收银员刷券"
    page = officer_client(town.post).get(f"/desk/benefits/signals/{second.pk}/").content.decode()
    assert f"/desk/benefits/merchants/{town.merchant.number}/" in page


def test_a_merchant_reads_why_it_was_suspended(town):
    given = {"by": town.post, "merchant": town.merchant, "now": NOW}
    services.set_merchant_state(state="suspended", reason="查收银记录", **given)
    notice = Notice.objects.get(account=town.cashier.account, kind="benefits.merchant-suspended")
    assert notice.facts["reason"] == "查收银记录"
    assert "benefits.merchant-suspended" in told(town.manager.account)
    till = signed_in(town.manager.account)
    page = till.get(f"/till/{town.shop.number}/").content.decode()
    assert "查收银记录" in page
    assert 'name="bill"' not in page, "nothing to type where nothing is taken"
    (shown,) = till.get("/api/v1/tills").json()["items"]
    assert (shown["merchant_state"], shown["reason"]) == ("suspended", "查收银记录")
    with clock.stopped_at(NOW):
        services.set_merchant_state(state="suspended", reason="再写一次", **given)
    assert Notice.objects.filter(kind="benefits.merchant-suspended").count() == 2, "each once"
