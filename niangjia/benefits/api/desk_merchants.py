"""/desk/benefits/merchants: merchants, shops and lists of them; by the pages' services."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.benefits import services
from niangjia.benefits.api.desk import GIVE, acting, union_of
from niangjia.benefits.api.portal import shop_shown
from niangjia.benefits.models import Merchant, MerchantImport
from niangjia.benefits.rules.merchant_lists import BadRows, Row
from niangjia.benefits.schemas.merchants import (
    ImportedOut,
    MerchantIn,
    MerchantList,
    MerchantOut,
    MerchantRowsIn,
    MerchantStateIn,
    ShopIn,
)
from niangjia.benefits.schemas.portal import ShopList, ShopOut
from niangjia.benefits.schemas.shapes import named
from niangjia.benefits.schemas.tills import TillLinkOut
from niangjia.benefits.selectors import merchants as merchant_selectors
from niangjia.benefits.services import ShopDetails
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.selectors.places import access_place

router = Router(tags=["benefits"])


def merchant_shown(merchant: Merchant) -> dict[str, Any]:
    """A merchant as `MerchantOut`."""
    names = ("number", "name", "uscc", "trade", "state", "since_date")
    return {name: getattr(merchant, name) for name in names} | {"union": named(merchant.union)}


@router.get("/merchants", response=MerchantList, summary="Merchants within reach")
def list_merchants(
    request: HttpRequest, words: str = "", cursor: str | None = None
) -> dict[str, Any]:
    """The newest first."""
    found = merchant_selectors.list_merchants_within(posts_for(request, GIVE), words[:60])
    page = page_of(found, order=("-id",), cursor=cursor)
    return {"items": list(map(merchant_shown, page.items)), "next": page.next}


@router.post("/merchants", response={201: MerchantOut}, summary="Enter a merchant")
def add_merchant(request: HttpRequest, payload: MerchantIn) -> Status[dict[str, Any]]:
    """One contract with a business at a time."""
    union = union_of(request, payload.union)
    made = services.add_merchant(
        by=acting(request, union),
        union=union,
        now=clock.now(),
        **payload.dict(exclude={"union"}),
    )
    return Status(201, merchant_shown(made))


@router.post("/merchant-lists", response=ImportedOut, summary="Enter a list of merchants")
def import_merchants(request: HttpRequest, payload: MerchantRowsIn) -> MerchantImport:
    """All of it, or nothing and which rows are wrong. A long list goes on in the background; look
    there how far it has come."""
    union = union_of(request, payload.union)
    rows = [
        Row(
            number,
            *(each.merchant, each.uscc, each.trade, each.name, each.place, each.address),
            *(each.longitude, each.latitude, each.opening_hours),
        )
        for number, each in enumerate(payload.rows, start=1)
    ]
    try:
        return services.import_merchants(
            by=acting(request, union), union=union, rows=rows, now=clock.now()
        )
    except BadRows as bad:
        said = {f"rows[{each.number - 1}]": each.words for each in bad.faults}
        raise Invalid(next(iter(said.values())), code="bad-rows", fields=said) from bad


@router.get("/merchant-lists/{import_id}", response=ImportedOut, summary="How far a list has come")
def show_import(request: HttpRequest, import_id: str) -> MerchantImport:
    """Until `finished_at` is there."""
    return merchant_selectors.access_import_within(posts_for(request, GIVE), import_id)


@router.post("/merchants/{number}/state", response=MerchantOut, summary="Suspend or end")
def set_merchant_state(
    request: HttpRequest, number: str, payload: MerchantStateIn
) -> dict[str, Any]:
    """From that moment its shops take nothing."""
    found = merchant_selectors.access_merchant_within(posts_for(request, GIVE), number)
    changed = services.set_merchant_state(
        by=acting(request, found.union), merchant=found, now=clock.now(), **payload.dict()
    )
    return merchant_shown(changed)


@router.get("/merchants/{number}/shops", response=ShopList, summary="A merchant's shops")
def list_shops(request: HttpRequest, number: str, cursor: str | None = None) -> dict[str, Any]:
    """Those that are open, by name."""
    found = merchant_selectors.access_merchant_within(posts_for(request, GIVE), number)
    shops = found.shops.filter(closed_at=None).select_related("merchant")
    page = page_of(shops, order=("name", "id"), cursor=cursor)
    return {"items": list(map(shop_shown, page.items)), "next": page.next}


@router.post("/merchants/{number}/shops", response={201: ShopOut}, summary="Add a shop")
def add_shop(request: HttpRequest, number: str, payload: ShopIn) -> Status[dict[str, Any]]:
    """One more place that takes coupons."""
    found = merchant_selectors.access_merchant_within(posts_for(request, GIVE), number)
    place = access_place(payload.place, default=found.union.division)
    made = services.add_shop(
        by=acting(request, found.union),
        merchant=found,
        details=ShopDetails(division=place, **payload.dict(exclude={"place"})),
        now=clock.now(),
    )
    return Status(201, shop_shown(made))


@router.delete("/shops/{number}", response=ShopOut, summary="End a shop")
def close_shop(request: HttpRequest, number: str) -> dict[str, Any]:
    """It takes coupons no more."""
    found = merchant_selectors.access_shop_within(posts_for(request, GIVE), number)
    services.close_shop(by=acting(request, found.merchant.union), shop=found, now=clock.now())
    return shop_shown(found)


@router.post("/shops/{number}/manager", response={201: TillLinkOut}, summary="Link for a manager")
def invite_manager(request: HttpRequest, number: str) -> Status[dict[str, str]]:
    """Shown once."""
    found = merchant_selectors.access_shop_within(posts_for(request, GIVE), number)
    token = services.invite_cashier(
        by=acting(request, found.merchant.union), shop=found, is_manager=True, now=clock.now()
    )
    return Status(201, {"token": token})
