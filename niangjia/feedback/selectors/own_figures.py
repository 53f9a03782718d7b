"""What each union itself counts of ratings, from the rows: to check the ledger of figures with."""

import uuid
from collections import Counter
from collections.abc import Iterator

from niangjia.feedback.models import Rating
from niangjia.feedback.rules import metrics

#: What the metrics counted here begin with.
METRICS = (metrics.FAMILY,)


def own_figures() -> Iterator[tuple[uuid.UUID, str, int]]:
    """Union, metric, and how many ratings, those of protected subjects left out."""
    found: Counter[tuple[uuid.UUID, str]] = Counter()
    rows = Rating.objects.filter(is_protected=False).values_list(
        "union_id", "item_key", "rated_at", "level"
    )
    for union_id, item_key, rated_at, level in rows.iterator():
        found[union_id, metrics.metric(item_key, rated_at, level)] += 1
    for (union_id, metric), count in found.items():
        yield union_id, metric, count
