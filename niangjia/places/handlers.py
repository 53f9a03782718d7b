"""News from the rooms below: a day is worked, or is not."""

import datetime as dt

from niangjia.core import clock
from niangjia.core.outbox import subscribe
from niangjia.core.working_calendar import WorkingDayChanged
from niangjia.places import services
from niangjia.places.rules.opening import DAYS_AHEAD


@subscribe(WorkingDayChanged)
def compute_again(event: WorkingDayChanged) -> None:
    """Hours of the coming days may be others now; those of later days are not computed yet."""
    if event.date <= clock.today() + dt.timedelta(days=DAYS_AHEAD):
        services.refresh_openings(now=clock.now())
