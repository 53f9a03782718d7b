"""Pools, and one's own claims of them."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Claim, Pool
from niangjia.core.errors import NotFound
from niangjia.members.models import Account


def access_pool(pool_id: uuid.UUID) -> Pool:
    """A pool with its stock. Raises `NotFound`."""
    found = Pool.objects.select_related("stock").filter(pk=pool_id).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_own_claims(account: Account) -> QuerySet[Claim]:
    """What somebody has, or had, of any pool. Order by "-id"."""
    return Claim.objects.filter(account=account).select_related("pool")


def access_own_claim(account: Account, claim_id: uuid.UUID) -> Claim:
    """A claim of one's own. Raises `NotFound`, for what is somebody else's alike."""
    found = list_own_claims(account).filter(pk=claim_id).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
