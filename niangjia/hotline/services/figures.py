"""What the hotline is counted as, up the tree. What a call was about is in no public figure."""

from niangjia.hotline.models import Line
from niangjia.organisations import services as organisations

CALLS = "hotline:calls"
ANSWERED = "hotline:answered"


def count(line: Line, metric: str) -> None:
    """One more at the union that runs the line."""
    organisations.count(union_id=line.union_id, metric=metric, change=1)
