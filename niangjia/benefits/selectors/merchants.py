"""Merchants as officers see them."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from niangjia.benefits.models import Merchant, MerchantImport, MerchantState, Shop
from niangjia.benefits.selectors.within_reach import one, within
from niangjia.core import ids
from niangjia.members.models import Post
from niangjia.organisations.models import Union
from niangjia.organisations.rules import ancestor_paths

OPEN_SHOPS = Count("shops", filter=Q(shops__closed_at=None))


def list_merchants_within(posts: Iterable[Post], words: str = "") -> QuerySet[Merchant]:
    """Under contract with unions within reach, by a part of the name or the whole code. Order by
    "-id"."""
    found = Merchant.objects.filter(within(posts)).select_related("union")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(uscc=words.upper()) | Q(number=words))
    return found


def with_shops(found: QuerySet[Merchant]) -> QuerySet[Merchant]:
    """With how many open shops each has, as `open_shops`."""
    return found.annotate(open_shops=OPEN_SHOPS)


def access_merchant_within(posts: Iterable[Post], number: str) -> Merchant:
    """One of those. Raises `NotFound`."""
    return one(list_merchants_within(posts).filter(number=number))


def list_shops_within(posts: Iterable[Post]) -> QuerySet[Shop]:
    """The shops of merchants within reach."""
    found = Shop.objects.filter(within(posts, "merchant__union__path"))
    return found.select_related("merchant__union", "division")


def access_shop_within(posts: Iterable[Post], number: str) -> Shop:
    """One of those. Raises `NotFound`."""
    return one(list_shops_within(posts).filter(number=number))


def access_import_within(posts: Iterable[Post], import_id: str) -> MerchantImport:
    """A list that is being entered at a union within reach. Raises `NotFound`."""
    key = ids.parse_uuid(import_id)
    found = MerchantImport.objects.filter(within(posts), pk__in=[key] if key else [])
    return one(found.select_related("union").defer("rows"))


def list_merchants_for(union: Union) -> list[Merchant]:
    """The merchants that a union's benefits can name: its own and those of unions above it."""
    found = Merchant.objects.filter(union__path__in=ancestor_paths(union.path))
    return list(found.filter(state=MerchantState.ACTIVE).order_by("name", "id")[:200])
