"""News from the rooms below."""

from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.core.working_calendar import WorkingDayChanged
from niangjia.feedback import services
from niangjia.organisations import selectors as organisations
from niangjia.organisations.events import UnionDissolved


@subscribe(WorkingDayChanged)
def move_due_dates(event: WorkingDayChanged) -> None:
    """Terms of orders are counted anew."""
    services.move_due_dates(date=event.date, province=event.province, now=clock.now())


@subscribe(UnionDissolved)
def hand_over_orders(event: UnionDissolved) -> None:
    """What a dissolved union still had to put right goes to the one above."""
    union = organisations.access_union(event.union_id)
    services.hand_over_orders(union=union, now=clock.now())
