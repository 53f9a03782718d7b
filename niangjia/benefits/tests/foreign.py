"""This room's objects at one union, for the matrix of routes and roles."""

import datetime as dt
import uuid

from niangjia.benefits import services
from niangjia.benefits.models import MerchantImport, RedemptionSignal, SignalKind, Statement
from niangjia.benefits.rules import months
from niangjia.benefits.tests.factories import make_coupon, make_till, make_town_at
from niangjia.core import clock
from niangjia.members.models import Account
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Union

NOBODYS = str(uuid.UUID(int=7))
MISSING_BENEFITS = {
    **dict.fromkeys(("benefit", "coupon", "merchant", "shop", "statement"), "9" * 12),
    **dict.fromkeys(("budget", "sale", "cashier", "redemption_signal", "merchant_import"), NOBODYS),
    "strike": NOBODYS,
}


def make_benefits(union: Union, account: Account | None = None) -> dict[str, str]:
    """A benefit with a coupon that was used, its statement, and something odd. `account`, if any,
    has the coupon, and a shop as well."""
    town = make_town_at(union)
    coupon = make_coupon(town.benefit, account)
    if account:
        make_till(town.post, town.shop, account=account, is_manager=True)
    now = clock.now()
    last_month = months.end_of(months.before(months.first_of(now))) - dt.timedelta(days=1)
    sale = town.buy(coupon, 600)
    type(sale).objects.filter(pk=sale.pk).update(at=last_month)
    services.draw_up_statements(month=months.first_of(last_month), union=union, now=now)
    odd = RedemptionSignal.objects.create(
        shop=town.shop, kind=SignalKind.MANY_HOLDERS, hour_at=now, count=99, found_at=now
    )
    struck = services.propose_strike(
        by=town.post, redemption=sale, occasion="other", is_party=False, reason="查无此单", now=now
    )
    services.confirm_strike(by=make_post(union=union), strike=struck, now=now)
    listed = MerchantImport.objects.create(
        union=union, made_by_id=town.post.account_id, made_at=now, total=0, finished_at=now
    )
    return {
        "merchant_import": str(listed.pk),
        "benefit": town.benefit.number,
        "coupon": coupon.number,
        "merchant": town.merchant.number,
        "shop": town.shop.number,
        "statement": Statement.objects.get(union=union).number,
        "budget": str(town.budget.pk),
        "sale": str(sale.pk),
        "cashier": str(town.cashier.pk),
        "redemption_signal": str(odd.pk),
        "strike": str(struck.pk),
    }
