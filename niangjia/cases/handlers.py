"""News from the rooms below."""

from niangjia.cases import services
from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.core.working_calendar import WorkingDayChanged


@subscribe(WorkingDayChanged)
def count_anew(event: WorkingDayChanged) -> None:
    """Terms that run across the day are counted anew."""
    services.recount(date=event.date, province=event.province, now=clock.now())
