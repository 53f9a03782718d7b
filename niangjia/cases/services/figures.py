"""What cases are counted as, up the tree. Complaints are in no figure that everybody can read."""

from niangjia.cases.models import Case
from niangjia.organisations import services as organisations

OPEN = "cases:open"
OPENED = "cases:opened"


def count(case: Case, metric: str, change: int) -> None:
    """Count an ordinary case at the union that handles it."""
    if not case.is_complaint:
        organisations.count(union_id=case.handler_id, metric=metric, change=change)
