"""Shops near somebody: exact, by words, with one's own coupons, and in step with what changes."""

import math

import pytest
from django.test import Client

from niangjia.benefits import services
from niangjia.benefits.models import MerchantState, Shop, ShopSearch
from niangjia.benefits.selectors.shops import ShopQuestion, find_shops, list_usable
from niangjia.benefits.tests.factories import (
    make_benefit,
    make_coupon,
    make_merchant,
    make_shop,
    make_town,
)
from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, signed_in
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
HERE = Position(120.08, 29.31)


@pytest.fixture
def post(db):
    return make_post(union=make_union())


def at(post, *points, merchant=None, **fields):
    """Shops of one merchant at these distances in degrees."""
    merchant = merchant or make_merchant(post)
    return [
        make_shop(
            post, merchant, longitude=HERE.longitude + x, latitude=HERE.latitude + y, **fields
        )
        for x, y in points
    ]


def found(words="", **asked):
    return [each.shop for each in find_shops(ShopQuestion(HERE, words=words, **asked))]


def test_the_nearest_come_first_over_the_ground_and_none_from_far_away(post):
    turns = [(math.cos(n) * n / 40, math.sin(n) * n / 40) for n in range(1, 26)]
    shops = at(post, *turns)
    far = at(post, (5, 0))

    def metres(shop):
        return great_circle_metres(HERE, Position(shop.longitude, shop.latitude))

    within = [shop for shop in shops if metres(shop) <= 50_000]
    assert found() == sorted(within, key=metres)[:20]
    assert far[0] not in found()
    shown = find_shops(ShopQuestion(HERE), count=1)[0]
    assert shown.metres == pytest.approx(metres(shown.shop), abs=1)


def test_words_find_by_name_pinyin_and_trade_also_far_away(post):
    merchant = make_merchant(post, name="暖心餐饮公司")
    [noodles] = at(post, (0.01, 0), name="老李牛肉面", merchant=merchant)
    [far] = at(post, (8, 3), name="绿洲生鲜超市")
    assert found("牛肉面") == found("nrm") == found("暖心") == [noodles]
    assert found("绿洲") == [far]
    assert found("没有这家") == []


def test_who_takes_no_more_coupons_is_found_no_longer(post):
    merchant = make_merchant(post)
    shop, other = at(post, (0.01, 0), (0.02, 0), merchant=merchant)
    services.close_shop(by=post, shop=shop, now=clock.now())
    assert found() == [other]
    given = {"by": post, "merchant": merchant, "reason": "合同到期。", "now": clock.now()}
    services.set_merchant_state(state=MerchantState.SUSPENDED, **given)
    assert found() == []
    services.set_merchant_state(state=MerchantState.ACTIVE, **given)
    assert found() == [other]


def test_what_was_there_before_the_search_is_entered_by_and_by(post):
    at(post, (0.01, 0))
    make_shop(post, make_merchant(post))
    ShopSearch.objects.all().delete()
    assert (
        services.index_missing(now=clock.now())
        == Shop.objects.filter(longitude__isnull=False).count()
        + Shop.objects.filter(longitude=None, division__longitude__isnull=False).count()
    )
    assert services.index_missing(now=clock.now()) == 0


def test_one_sees_which_of_ones_coupons_each_shop_takes():
    town = make_town()
    account, stranger = make_account(), make_post(union=make_union())
    [near] = at(town.post, (0.02, 0), merchant=town.merchant)
    [nearer] = at(stranger, (0.01, 0))
    [named] = at(town.post, (0.03, 0))
    coupon = make_coupon(town.benefit, account)
    only = make_benefit(town.post, merchants=(named.merchant,))
    second = make_coupon(only, account)
    usable = list_usable(account, now=clock.now())
    shown = {
        each.shop: set(each.coupons)
        for each in find_shops(ShopQuestion(HERE).for_holder(usable, only=False))
    }
    assert (shown[near], shown[nearer], shown[named]) == ({coupon}, set(), {coupon, second})
    mine = ShopQuestion(HERE).for_holder(usable, only=True)
    assert nearer not in [each.shop for each in find_shops(mine)]
    assert find_shops(ShopQuestion(HERE).for_holder((), only=True)) == []


def test_the_page_asks_where_one_is_and_works_without_a_script(post, django_assert_num_queries):
    at(post, (0.01, 0), name="老李牛肉面")
    browser = Client()
    assert "你在哪儿" in browser.get("/benefits/shops/").content.decode()
    with django_assert_num_queries(2):
        page = browser.get("/benefits/shops/?near=29.31,120.08").content.decode()
    assert "老李牛肉面" in page
    assert "1.0 km" in page or "1.0 公里" in page
    assert (
        "<html"
        not in browser.get(
            "/benefits/shops/?near=29.31,120.08", headers={"HX-Request": "true"}
        ).content.decode()
    )
    wrong = browser.get("/benefits/shops/?near=abc&division=999999&q=" + "长" * 61)
    assert wrong.status_code == 200
    assert wrong.content.decode().count('class="error"') >= 3


def test_the_same_by_operation():
    town = make_town()
    account = make_account()
    at(town.post, (0.01, 0), merchant=town.merchant)
    coupon = make_coupon(town.benefit, account)
    there = "/api/v1/shops?near=29.31,120.08"
    [shown] = [each for each in Client().get(there).json()["items"] if not each["is_approximate"]]
    assert (shown["coupons"], shown["metres"]) == ([], pytest.approx(970, abs=10))
    [mine] = signed_in(account).get(f"{there}&mine=true&size=1").json()["items"]
    assert mine["coupons"] == [coupon.number]
    assert Client().get("/api/v1/shops").status_code == 422
    assert Client().get("/api/v1/shops?near=x").json()["errors"]
