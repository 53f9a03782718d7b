"""Reading moments: nearly every row has some, and the driver takes them apart in Python."""

import datetime as dt
from functools import lru_cache
from typing import Any

from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader


class MomentLoader(TimestamptzLoader):
    """A moment in UTC, as Django has them, read by what Python has in C; whatever that cannot read
    (the year 44 before, infinity) goes the driver's way."""

    timezone = dt.UTC

    def load(self, data: Any) -> dt.datetime:
        try:
            moment = dt.datetime.fromisoformat(bytes(data).decode())
        except ValueError:
            return super().load(data).replace(tzinfo=dt.UTC)
        return moment if moment.tzinfo is dt.UTC else moment.astimezone(dt.UTC)


@lru_cache
def quick(adapters: AdaptersMap) -> AdaptersMap:
    """The same, with moments read so."""
    here = AdaptersMap(adapters)
    here.register_loader("timestamptz", MomentLoader)
    return here
