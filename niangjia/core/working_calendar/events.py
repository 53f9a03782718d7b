"""Facts about the calendar."""

import datetime as dt
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class WorkingDayChanged(Event):
    """Whether `date` is worked has changed, in one `province` (two digits) or, with "", in the
    country. Dates promised before may move."""

    date: dt.date
    province: str
