"""Who stands at which till, and what it took."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Cashier, Merchant, Redemption, Shop, TillInvitation
from niangjia.core import ids
from niangjia.core.errors import NotFound
from niangjia.members.models import Account
from niangjia.members.selectors.links import access_link


def list_tills(account: Account) -> list[Cashier]:
    """Where somebody stands at the till now, with shop and merchant."""
    found = Cashier.objects.filter(account=account, ended_at=None).select_related("shop__merchant")
    return list(found.order_by("shop__name"))


def access_till(account: Account, number: str) -> Cashier:
    """The till of the shop with this number, where one stands. Raises `NotFound`."""
    found = (
        Cashier.objects.filter(account=account, ended_at=None, shop__number=number)
        .select_related("shop__merchant__union")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def access_managed(account: Account, number: str) -> Cashier:
    """The till of the shop with this number, for its manager. Raises `NotFound`."""
    till = access_till(account, number)
    if not till.is_manager:
        raise NotFound(_("There is no such page"))
    return till


def access_manager(account: Account, merchant: Merchant | None) -> Cashier:
    """The till at which somebody manages a merchant now. Raises `NotFound`."""
    mine = Cashier.objects.filter(account=account, ended_at=None, is_manager=True)
    mine = mine.select_related("shop__merchant").order_by("since_at")
    till = mine.filter(shop__merchant=merchant).first() if merchant else None
    if till is None:
        raise NotFound(_("There is no such page"))
    return till


def access_cashier(account: Account, cashier_id: str) -> tuple[Cashier, Cashier]:
    """Somebody at a till, and the till of the manager who asks. Raises `NotFound`."""
    key = ids.parse_uuid(cashier_id)
    cashiers = Cashier.objects.select_related("shop__merchant", "account")
    found = cashiers.filter(pk=key).first() if key else None
    till = access_manager(account, found.shop.merchant if found else None)
    assert found  # noqa: S101 - else nobody manages it
    return found, till


def list_cashiers(shop: Shop) -> QuerySet[Cashier]:
    """Who stands at a shop's till now."""
    return Cashier.objects.filter(shop=shop, ended_at=None).select_related("account__person")


def access_till_invitation(token: str) -> TillInvitation:
    """The invitation of a link, with its shop. Raises `NotFound`."""
    return access_link(TillInvitation.objects.select_related("shop__merchant", "cashier"), token)


def list_redemptions(till: Cashier) -> QuerySet[Redemption]:
    """What was used at a shop; a manager sees all of the merchant's. Order by "-at", "-id"."""
    found = Redemption.objects.select_related("coupon__benefit", "shop").prefetch_related("refunds")
    if till.is_manager:
        return found.filter(shop__merchant=till.shop.merchant_id)
    return found.filter(shop=till.shop_id)


def access_sale(account: Account, sale_id: str) -> tuple[Redemption, Cashier]:
    """A redemption, and the till of the manager who asks. Raises `NotFound`."""
    key = ids.parse_uuid(sale_id)
    sales = Redemption.objects.select_related("coupon__benefit", "shop__merchant")
    sale = sales.prefetch_related("refunds").filter(pk=key).first() if key else None
    till = access_manager(account, sale.shop.merchant if sale else None)
    assert sale  # noqa: S101 - else nobody manages it
    return sale, till
