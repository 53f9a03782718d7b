"""What is counted up the tree."""

from niangjia.activities.models import Activity
from niangjia.organisations.services import count as count_up

#: What the metrics counted here begin with.
FAMILY = "activities:"


def count(activity: Activity, what: str, change: int = 1) -> None:
    """Count for the union that puts it on: "published", "attended"."""
    count_up(union_id=activity.union_id, metric=FAMILY + what, change=change)
