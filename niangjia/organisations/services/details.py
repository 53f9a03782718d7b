"""What may be said about a union besides its name and its place in the trees."""

import datetime as dt
from typing import TypedDict


class UnionDetails(TypedDict, total=False):
    """The fields an officer may fill in and change. Coordinates in degrees, WGS-84."""

    trade: str
    uscc: str | None
    founded_date: dt.date | None
    committee_term_years: int | None
    committee_elected_date: dt.date | None
    committee_ends_date: dt.date | None
    introduction: str
    address: str
    phone: str
    email: str
    opening_hours: str
    longitude: float | None
    latitude: float | None
    admits_directly: list[str]
    answer_working_days: int
