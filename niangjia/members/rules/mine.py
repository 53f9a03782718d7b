"""What stands on the page Mine: every room says what it has for its reader, and what waits."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from niangjia.members.models import Account


@dataclass(frozen=True)
class Line:
    """One line that leads to a page. `waits`: its reader has something to do there, and soon."""

    title: str
    hint: str
    url: str
    icon: str
    waits: bool = False


#: What one room has for an account at a moment, in a bounded number of queries.
Source = Callable[[Account, dt.datetime], Iterable[Line]]

sources: list[Source] = []


def register(source: Source) -> None:
    """Show what `source` has. For `AppConfig.ready`, which runs from the lowest room to the
    highest; what the highest rooms have stands first."""
    sources.insert(0, source)


def lines(account: Account, now: dt.datetime) -> tuple[list[Line], list[Line]]:
    """What waits for the account, and everything else it has."""
    found = [line for source in sources for line in source(account, now)]
    return [line for line in found if line.waits], [line for line in found if not line.waits]
