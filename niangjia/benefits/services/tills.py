"""Who stands at the till of a shop."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Cashier, Merchant, Shop, TillInvitation
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.models import Account, Post
from niangjia.members.services import links


@transactions.atomic
def invite_cashier(
    *, by: Post | Cashier, shop: Shop, is_manager: bool = False, now: dt.datetime
) -> str:
    """The token of a link; who opens it first, signed in, takes coupons at `shop`. Good for a week
    and shown once. An officer invites managers too, a manager cashiers of the same merchant.
    Raises `NotFound` for a manager elsewhere, `Conflict` for a shop that is closed."""
    if isinstance(by, Cashier):
        check_manager(by, shop.merchant)
        is_manager = False
    if shop.closed_at is not None:
        raise Conflict(_("This shop takes no coupons any more."), code="shop-closed")
    token = links.make_link(TillInvitation, now=now, shop=shop, is_manager=is_manager)
    note(shop, by.account_id, "cashier_invited")
    return token


@transactions.atomic
def accept_till(*, by: Account, token: str, now: dt.datetime) -> Cashier:
    """`by` takes coupons at the shop of the link from now on. The same person again is no error.
    Raises as `links.open_link`."""
    offers = TillInvitation.objects.select_related("shop__merchant", "cashier")
    link = links.open_link(offers, by=by, token=token, now=now)
    if link.cashier is not None:
        return link.cashier
    cashier, is_new = Cashier.objects.select_for_update(of=("self",)).get_or_create(
        shop=link.shop,
        account=by,
        ended_at=None,
        defaults={"since_at": now, "is_manager": link.is_manager},
    )
    if not is_new and link.is_manager and not cashier.is_manager:
        cashier.is_manager = True
        cashier.save(update_fields=["is_manager"])
        # A cashier has one invitation, the first; this one has done its work all the same.
        link.expires_at = now
        link.save(update_fields=["expires_at"])
        note(link.shop, by.pk, "manager_began")
    if is_new:
        links.use_up(link, cashier)
        note(link.shop, by.pk, "cashier_began")
    return cashier


@transactions.atomic
def end_cashier(*, by: Post | Cashier, cashier: Cashier, now: dt.datetime) -> Cashier:
    """They take nothing any more, from the next request on. Twice is once. Raises `NotFound` for a
    manager of another merchant."""
    locked = (
        Cashier.objects.select_for_update(of=("self",))
        .select_related("shop__merchant")
        .get(pk=cashier.pk)
    )
    if isinstance(by, Cashier):
        check_manager(by, locked.shop.merchant)
    if locked.ended_at is None:
        locked.ended_at = now
        locked.save(update_fields=["ended_at"])
        note(locked.shop, by.account_id, "cashier_ended")
    return locked


def check_manager(by: Cashier, merchant: Merchant) -> None:
    """Raise `NotFound` for whoever does not manage this merchant now."""
    if not (by.is_manager and by.ended_at is None and by.shop.merchant_id == merchant.pk):
        raise NotFound(_("There is no such page"))


def note(shop: Shop, by: uuid.UUID, action: str) -> None:
    """Record who may take coupons."""
    audit.record(
        action=f"till.{action}",
        by=by,
        subject=f"shop:{shop.pk}",
        union_id=shop.merchant.union_id,
    )
