"""The draw of a run as the pages about its activity tell of it."""

import datetime as dt
from dataclasses import dataclass

from niangjia.allocation.models import Draw, Source


@dataclass(frozen=True)
class ShownDraw:
    """What is told of a draw beside the run that it is for."""

    number: str
    source: str
    issue: str
    known_at: dt.datetime
    is_sealed: bool
    is_drawn: bool

    @property
    def source_name(self) -> str:
        """Which lottery decides."""
        return str(Source(self.source).label)


def shown_draw(draw: Draw | None) -> ShownDraw | None:
    """A draw of `allocation`, if there is one."""
    if draw is None:
        return None
    return ShownDraw(
        number=draw.number,
        source=draw.source,
        issue=draw.issue,
        known_at=draw.known_at,
        is_sealed=draw.sealed_at is not None,
        is_drawn=draw.drawn_at is not None,
    )
