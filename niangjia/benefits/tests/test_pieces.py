"""Things that a union hands over: by scan alone, without a bill, and nobody is owed anything."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction

from niangjia.allocation import services as allocation
from niangjia.allocation.rules.pools import draft_of
from niangjia.allocation.selectors import access_pool
from niangjia.allocation.tests.factories import claim, make_draft
from niangjia.benefits import services
from niangjia.benefits.models import Benefit, CouponState, Redemption, Refund, Statement
from niangjia.benefits.rules import months
from niangjia.benefits.selectors.books import list_handed_out, read_books
from niangjia.benefits.services import signals
from niangjia.benefits.tests.factories import (
    benefit_draft,
    make_benefit,
    make_coupon,
    make_shop,
    make_till,
    make_town,
)
from niangjia.benefits.tests.test_pages import code_of, sale, typed_draft
from niangjia.core import clock, outbox
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import officer_client, signed_in

MINUTE = dt.timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town(is_piece=True, name="春节慰问品", kind="gift", face_fen=8800)


def told(coupon):
    """The kinds of what the holder heard, the newest last."""
    found = Notice.objects.filter(account=coupon.account).order_by("id")
    return list(found.values_list("kind", flat=True))


def test_handed_over_by_scan_and_only_once(town):
    coupon = make_coupon(town.benefit)
    till, there = signed_in(town.cashier.account), f"/till/{town.shop.number}/"
    done = till.post(there, sale(coupon, bill=""), follow=True).content.decode()
    assert "请把“春节慰问品”1 份交给对方" in done
    coupon.refresh_from_db()
    assert (coupon.state, coupon.usable_fen) == (CouponState.USED, 0)
    assert told(coupon) == ["benefits.thing-given", "benefits.handed-over"]
    with pytest.raises(Conflict) as refused:
        town.buy(coupon, 0)
    assert refused.value.code == "coupon-used"
    mine = signed_in(coupon.account).get(f"/benefits/mine/{coupon.number}/").content.decode()
    assert f"在 {town.shop.name} 领取" in mine


def test_the_same_scan_sent_again_hands_over_once_whatever_bill_it_says(town):
    coupon = make_coupon(town.benefit)
    first, again = (town.buy(coupon, bill, key="the-same-scan") for bill in (0, 500))
    assert first == again
    assert Redemption.objects.get().amount_fen == 8800


def test_what_pays_for_a_bill_still_needs_one_and_nothing_typed_is_lost():
    town = make_town()
    coupon = make_coupon(town.benefit)
    till = signed_in(town.cashier.account)
    page = till.post(f"/till/{town.shop.number}/", sale(coupon, bill="", amount="3"))
    assert (page.status_code, Redemption.objects.count()) == (422, 0)
    assert "请填写消费金额" in page.content.decode()
    assert 'value="3"' in page.content.decode()


def test_it_counts_against_the_budget_and_stands_on_no_statement(town):
    money = make_benefit(town.post, budget=town.budget)
    month_ago = clock.now() - dt.timedelta(days=31)
    Benefit.objects.update(valid_from=month_ago - dt.timedelta(days=1))
    bought = town.buy(make_coupon(money), 640, now=month_ago)
    town.buy(make_coupon(town.benefit), 0, now=month_ago)
    for month in (months.first_of(month_ago), months.before(months.first_of(clock.now()))):
        services.draw_up_statements(month=month, now=clock.now())
    assert [each.total_fen for each in Statement.objects.all()] == [bought.amount_fen]
    books = read_books(town.post.union)
    assert books.agree
    assert books.tills == 640
    town.budget.refresh_from_db()
    assert town.budget.committed == town.benefit.cost_fen + money.cost_fen


def test_it_comes_back_whole_and_can_be_fetched_again(town):
    coupon = make_coupon(town.benefit)
    bought = town.buy(coupon, 0)
    with pytest.raises(Invalid) as refused:
        town.take_back(bought, 100)
    assert "amount" in refused.value.fields
    manager, there = signed_in(town.manager.account), f"/till/sales/{bought.pk}/refund/"
    assert 'name="amount"' not in manager.get(there).content.decode()
    assert manager.post(there, {"reason": "包装破损", "key": "r" * 12}).status_code == 302
    assert Refund.objects.get().amount_fen == 8800
    coupon.refresh_from_db()
    assert coupon.usable_fen == 8800
    assert told(coupon)[-1] == "benefits.brought-back"
    assert town.buy(coupon, 0).amount_fen == 8800


def test_where_how_many_were_handed_over(town):
    other = make_shop(town.post, town.merchant, name="职工之家领取点")
    till = make_till(town.post, other)
    for by in (till, till, town.cashier):
        town.buy(make_coupon(town.benefit), 0, by=by)
    town.take_back(town.buy(make_coupon(town.benefit), 0), 8800)
    found = [(each.shop, each.pieces) for each in list_handed_out(town.benefit)]
    assert found == [("职工之家领取点", 2), (town.shop.name, 1)]
    page = officer_client(town.post).get(f"/desk/benefits/{town.benefit.number}/")
    assert "各领取点发放数量" in page.content.decode()


@pytest.mark.parametrize("is_piece", [True, False])
def test_a_hand_out_is_not_odd(is_piece, monkeypatch):
    """The same with money is: the control."""
    monkeypatch.setattr(signals, "SAME_AMOUNT", 3)
    monkeypatch.setattr(signals, "MANY_IN_DAY", 3)
    town = make_town(is_piece=is_piece)
    now = clock.now()
    for _ in range(3):
        town.buy(make_coupon(town.benefit), 1000, now=now)
    hour = now.replace(minute=0, second=0, microsecond=0)
    assert services.find_signals(hour_at=hour, now=now) == (0 if is_piece else 2)


@pytest.mark.parametrize("wrong", [{"is_partial": True}, {"min_bill_fen": 500}])
def test_a_thing_has_no_parts_and_no_bill(town, wrong):
    draft = benefit_draft(town.budget, is_piece=True, **wrong)
    with pytest.raises(Invalid) as refused:
        services.draft_benefit(by=town.post, union=town.post.union, draft=draft, now=clock.now())
    assert refused.value.fields.keys() <= {"is_partial", "min_bill"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Benefit.objects.filter(pk=town.benefit.pk).update(**wrong)


def test_drafted_at_the_desk_and_by_operations(town):
    desk = officer_client(town.post)
    new = f"/desk/benefits/new/{town.post.union.number}/"
    desk.post(new, typed_draft(town.budget, kind="gift", name="米面油", is_piece="on"))
    made = Benefit.objects.get(name="米面油")
    assert made.is_piece
    assert "checked" in desk.get(f"/desk/benefits/{made.number}/draft/").content.decode()
    coupon = make_coupon(town.benefit)
    mine = signed_in(coupon.account).get(f"/api/v1/coupons/{coupon.number}").json()
    sales = f"/api/v1/tills/{town.shop.number}/sales"
    body = json.dumps({"code": code_of(coupon), "key": "handed-over"})
    sold = signed_in(town.cashier.account).post(sales, body, content_type="application/json")
    assert (mine["is_piece"], sold.status_code, sold.json()["is_piece"]) == (True, 201, True)
    shown = signed_in(coupon.account).get(f"/api/v1/benefits/{town.benefit.number}").json()
    assert (shown["is_piece"], shown["face_fen"]) == (True, 8800)


def test_whoever_waits_again_hears_so():
    now = clock.now()
    ends = {"has_waiting_list": True, "offer_minutes": 1, "offers_until": now + 2 * MINUTE}
    town = make_town(supply=1, pool=make_draft(**ends))
    make_coupon(town.benefit)
    waits, pool_id = make_account(), town.benefit.pool_id
    claim(pool_id, waits)
    allocation.sweep(now=now + MINUTE)
    pool = access_pool(pool_id)
    longer = draft_of(pool, offers_until=now + 60 * MINUTE)
    allocation.change_pool(pool_id=pool_id, draft=longer, by=None, now=now + MINUTE)
    outbox.deliver_pending()
    kinds = Notice.objects.filter(account=waits).order_by("id").values_list("kind", flat=True)
    assert list(kinds)[-1] == "benefits.waiting-again"
