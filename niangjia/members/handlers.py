"""News from the rooms below."""

from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.core.working_calendar import WorkingDayChanged
from niangjia.members import services


@subscribe(WorkingDayChanged)
def move_due_dates(event: WorkingDayChanged) -> None:
    """Promised days are counted anew."""
    services.move_due_dates(date=event.date, province=event.province, now=clock.now())
