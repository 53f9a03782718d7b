"""A coupon is its holder's alone, and never becomes money."""

import json

import pytest
from django.urls import get_resolver

from niangjia.allocation.services import hand_over_claim
from niangjia.benefits import services
from niangjia.benefits.models import CouponState
from niangjia.benefits.selectors.benefits import list_usable_coupons
from niangjia.benefits.selectors.books import read_books
from niangjia.benefits.tests.factories import make_coupon, make_town
from niangjia.core import clock
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db


def test_nobody_hands_a_coupon_on_by_any_door():
    town, friend = make_town(supply=1), make_account()
    coupon = make_coupon(town.benefit)
    browser = signed_in(friend)
    for path in (f"/benefits/mine/{coupon.number}/", f"/api/v1/coupons/{coupon.number}"):
        assert browser.get(path).status_code == 404
    with pytest.raises(Conflict) as refused:
        hand_over_claim(by=coupon.account, claim_id=coupon.claim_id, to=friend, now=clock.now())
    assert refused.value.code == "not-handed-on"
    with pytest.raises(NotFound):
        services.return_coupon(by=friend, coupon=coupon, now=clock.now())
    services.return_coupon(by=coupon.account, coupon=coupon, now=clock.now())
    assert not list_usable_coupons(friend, clock.now()).exists(), "it goes back to the pool"
    coupon.refresh_from_db()
    assert (coupon.state, coupon.account_id == friend.pk) == (CouponState.RETURNED, False)


def test_no_address_of_ours_transfers_or_cashes_anything():
    names = {name for name in addresses() if "benefits" in name or "coupon" in name}
    assert len(names) > 20, "or this looks at nothing"
    words = ("transfer", "cash-out", "withdraw", "gift-to", "sell", "resale")
    assert not [name for name in names if any(word in name for word in words)]


def addresses():
    """All our addresses, as texts."""

    def walk(patterns, before):
        for each in patterns:
            here = f"{before}{each.pattern}"
            if hasattr(each, "url_patterns"):
                yield from walk(each.url_patterns, here)
            else:
                yield here

    return list(walk(get_resolver().url_patterns, ""))


def test_it_pays_for_a_purchase_and_no_more_than_the_purchase():
    town = make_town()
    coupon = make_coupon(town.benefit)
    sale = town.buy(coupon, 500, wanted_fen=1000)
    assert sale.amount_fen == 500, "the rest is forfeited, not paid out"
    town.take_back(sale, 500)
    coupon.refresh_from_db()
    assert coupon.usable_fen == 1000, "what comes back is on the coupon"
    books = read_books(town.post.union)
    assert books.agree


def test_by_operations_nobody_hands_on_and_nobody_is_paid_out():
    """The same through the API: a friend neither returns nor uses it, a shop takes no more than its
    bill, and what comes back is on the coupon."""
    town, friend = make_town(is_partial=True), make_account()
    coupon = make_coupon(town.benefit)
    mine, till = f"/api/v1/coupons/{coupon.number}", signed_in(town.manager.account)
    assert signed_in(friend).post(f"{mine}/return").status_code == 404
    code = signed_in(coupon.account).get(mine).json()["code"]
    sales = f"/api/v1/tills/{town.shop.number}/sales"

    def post(there, **body):
        return till.post(there, json.dumps(body), content_type="application/json")

    more = post(sales, code=code, bill_fen=500, amount_fen=501, key="purchase-more")
    assert (more.status_code, "amount" in more.content.decode()) == (422, True)
    sale = post(sales, code=code, bill_fen=500, key="purchase-all").json()
    assert sale["amount_fen"] == 500
    back = f"/api/v1/tills/sales/{sale['id']}/refunds"
    post(back, amount_fen=500, reason="退货", key="refund-all")
    coupon.refresh_from_db()
    assert coupon.usable_fen == 1000, "never money"
