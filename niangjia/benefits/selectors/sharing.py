"""What of a benefit is kept for unions below."""

from niangjia.allocation.models import Share
from niangjia.benefits.models import Benefit


def list_shares(benefit: Benefit) -> list[Share]:
    """With their unions, the biggest first; those that have flowed back too. One query."""
    if benefit.pool_id is None:
        return []
    shares = Share.objects.filter(pool=benefit.pool_id).select_related("union")
    return list(shares.order_by("-supply", "union__path")[:500])
