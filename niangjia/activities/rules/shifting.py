"""Several dates moved at once: what each of them becomes. Pure."""

import datetime as dt
from dataclasses import dataclass

from django.utils.timezone import localtime

from niangjia.activities.models import Session
from niangjia.activities.rules.plans import Meeting


@dataclass(frozen=True, kw_only=True)
class Where:
    """A place with all that is about it, or a link."""

    place: str = ""
    address: str = ""
    longitude: float | None = None
    latitude: float | None = None
    link: str = ""

    @classmethod
    def of(cls, session: Session) -> "Where":
        """Where one meets as it is."""
        return cls(
            place=session.place,
            address=session.address,
            longitude=session.longitude,
            latitude=session.latitude,
            link=session.link,
        )


@dataclass(frozen=True, kw_only=True)
class Shift:
    """So many days later, from and to other times of the day in China, somewhere else. What is None
    stays as it is; what only begins at another time lasts as long as it did."""

    days: int = 0
    begins: dt.time | None = None
    ends: dt.time | None = None
    where: Where | None = None

    def of(self, session: Session) -> Meeting:
        """The session as it becomes. One that ends on a later day still does."""
        starts_at = at(session.starts_at, self.days, self.begins)
        ends_at = at(session.ends_at, self.days, self.ends)
        if self.begins and not self.ends:
            ends_at = starts_at + (session.ends_at - session.starts_at)
        where = self.where or Where.of(session)
        return Meeting(
            starts_at=starts_at,
            ends_at=ends_at,
            name=session.name,
            place=where.place,
            address=where.address,
            longitude=where.longitude,
            latitude=where.latitude,
            link=where.link,
        )


def at(moment: dt.datetime, days: int, time: dt.time | None) -> dt.datetime:
    """So many days later, at another time of the day if one is said."""
    local = localtime(moment) + dt.timedelta(days=days)
    return (
        local.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
        if time
        else local
    )
