"""Makers of benefits for tests."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from niangjia.allocation.services import PoolDraft
from niangjia.allocation.tests.factories import claim, make_draft
from niangjia.benefits import services
from niangjia.benefits.models import Benefit, Budget, Cashier, Coupon, Merchant, Shop
from niangjia.benefits.services import BenefitDraft, ShopDetails
from niangjia.core import clock
from niangjia.members.models import Account, Post
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union, serial


def make_budget(post: Post, amount_fen: int = 1_000_000) -> Budget:
    """What the union of `post` has this year."""
    now = clock.now()
    return services.open_budget(
        by=post,
        union=post.union,
        name=f"普惠{next(serial)}",
        year=clock.today().year,
        amount_fen=amount_fen,
        now=now,
    )


def benefit_draft(budget: Budget, **fields: Any) -> BenefitDraft:
    """Ten coupons of 10 yuan, to be used as a whole, for everybody."""
    now = clock.now()
    terms: PoolDraft = fields.pop("pool", None) or make_draft(name="夏送清凉券")
    values: dict[str, Any] = {
        "kind": "coupon",
        "name": "夏送清凉券",
        "words": "到合作商户买饮料，抵 10 元。",
        "budget": budget,
        "supply": 10,
        "face_fen": 1000,
        "valid_from": now - dt.timedelta(hours=1),
        "valid_until": now + dt.timedelta(days=30),
        "terms": terms,
    }
    return BenefitDraft(**(values | fields))


def make_benefit(post: Post, *, budget: Budget | None = None, **fields: Any) -> Benefit:
    """A published one."""
    now = clock.now()
    draft = benefit_draft(budget or make_budget(post), **fields)
    made = services.draft_benefit(by=post, union=post.union, draft=draft, now=now)
    return services.publish_benefit(by=post, benefit=made, now=now)


def make_merchant(post: Post, *, uscc: str = "", name: str = "") -> Merchant:
    number = next(serial)
    return services.add_merchant(
        by=post,
        union=post.union,
        name=name or f"示范便利店{number}",
        uscc=uscc or make_uscc(number),
        now=clock.now(),
    )


def make_uscc(number: int) -> str:
    """A unified social credit code with its check character, of a business that is not."""
    from stdnum.cn import uscc

    body = f"91330782MA2{number % 1_000_000:06d}"
    return body + uscc.calc_check_digit(body)


def make_shop(post: Post, merchant: Merchant, **fields: Any) -> Shop:
    details = ShopDetails(
        **(
            {
                "name": f"第{next(serial)}店",
                "division": merchant.union.division,
                "address": "示范路 1 号",
            }
            | fields
        )
    )
    return services.add_shop(by=post, merchant=merchant, details=details, now=clock.now())


def make_till(
    post: Post, shop: Shop, *, account: Account | None = None, is_manager: bool = False
) -> Cashier:
    """Somebody at the till of `shop`."""
    now = clock.now()
    token = services.invite_cashier(by=post, shop=shop, is_manager=is_manager, now=now)
    return services.accept_till(by=account or make_account(), token=token, now=now)


def make_coupon(benefit: Benefit, account: Account | None = None) -> Coupon:
    """What `account` claimed, as the handler gives it."""
    answered = claim(benefit.pool_id, account or make_account())
    assert benefit.pool_id
    assert answered.claim_id
    (made,) = services.give_coupons(
        pool_id=benefit.pool_id, claim_ids=[answered.claim_id], now=clock.now()
    )
    return made


@dataclass
class Town:
    """A union with a budget, a benefit, a merchant with one shop, a cashier and its manager."""

    post: Post
    budget: Budget
    benefit: Benefit
    merchant: Merchant
    shop: Shop
    cashier: Cashier
    manager: Cashier

    def buy(self, coupon: Coupon, bill: int, key: str = "", **given: Any) -> Any:
        """Use `coupon` for a bill, now."""
        return services.redeem(
            by=given.pop("by", self.cashier),
            coupon=coupon,
            step=given.pop("step", next(serial)),
            bill_fen=bill,
            key=key or f"key-{next(serial)}",
            now=given.pop("now", clock.now()),
            **given,
        )

    def take_back(self, redemption: Any, fen: int, key: str = "", **given: Any) -> Any:
        """The manager takes something back, now."""
        return services.refund(
            by=given.pop("by", self.manager),
            redemption=redemption,
            amount_fen=fen,
            reason="退货",
            key=key or f"key-{next(serial)}",
            now=given.pop("now", clock.now()),
        )


def make_town(**fields: Any) -> Town:
    """All that a coupon needs."""
    return make_town_at(make_union(), **fields)


def make_town_at(union: Union, **fields: Any) -> Town:
    """The same at a union."""
    post = make_post(union=union)
    budget = make_budget(post, fields.pop("amount_fen", 1_000_000))
    merchant = make_merchant(post)
    shop = make_shop(post, merchant)
    return Town(
        post,
        budget,
        make_benefit(post, budget=budget, **fields),
        merchant,
        shop,
        make_till(post, shop),
        make_till(post, shop, is_manager=True),
    )
