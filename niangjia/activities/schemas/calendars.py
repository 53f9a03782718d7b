"""The address of one's calendar."""

import datetime as dt

from ninja import Schema


class CalendarAddressOut(Schema):
    made_at: dt.datetime | None


class CalendarAddressMade(Schema):
    """An iCalendar feed (RFC 5545): whoever knows the address reads it."""

    url: str
