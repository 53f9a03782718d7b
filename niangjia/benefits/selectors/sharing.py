"""What of a benefit is kept for unions below."""

from niangjia.allocation.models import Pool, Share
from niangjia.benefits.models import Benefit
from niangjia.organisations.models import Union


def list_shares(benefit: Benefit) -> list[Share]:
    """With their unions, the biggest first; those that have flowed back too. One query."""
    if benefit.pool_id is None:
        return []
    shares = Share.objects.filter(pool=benefit.pool_id).select_related("union")
    return list(shares.order_by("-supply", "union__path")[:500])


def list_also(pool: Pool | None) -> list[Union]:
    """Whose members can have it besides, by name. One query where there are any."""
    if pool is None or not pool.also_reach:
        return []
    return list(Union.objects.filter(pk__in=pool.also_reach).order_by("name", "id"))
