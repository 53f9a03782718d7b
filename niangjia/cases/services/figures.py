"""What cases are counted as, up the tree. Complaints are in no figure that everybody can read."""

from niangjia.cases.models import Case
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.organisations import services as organisations

OPEN = "cases:open"
OPENED = "cases:opened"


def standing(case: Case) -> str:
    """What a case is counted as where it is now: among those at work, or by its result."""
    return OPEN if case.is_open else f"cases:{case.result}"


def count(case: Case, metric: str, change: int) -> None:
    """Count an ordinary case at the union that handles it; a decoy nowhere."""
    if not case.is_complaint and not is_decoy(case):
        organisations.count(union_id=case.handler_id, metric=metric, change=change)
