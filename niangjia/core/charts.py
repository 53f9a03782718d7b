"""Charts: what each one says and draws.

`web/components/chart.html` draws one, and has the same numbers as a table: its own, or the one of
the page that `table_url` leads to. A chart whose numbers stand nowhere as a table cannot be made.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from niangjia.core.errors import Text


@dataclass(frozen=True)
class Point:
    """A bar, a spot of a line, or a place of a map: its name, how much it is, where it leads.
    `parts` are what a bar of several parts is made of, in the order of the chart's; `code` is a
    place's division."""

    name: str
    value: float | Decimal = 0
    url: str = ""
    code: str = ""
    parts: tuple[float | Decimal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`title` says the finding in a sentence. `kind` is "bar"; "parts", bars of several parts named
    in `part_labels`; "line", scores of 1 to 5; "count", how many one after the other; or
    "choropleth", the map of `division`. `date` is the day that the numbers are of."""

    id: str
    title: Text
    points: Sequence[Point]
    row_label: Text
    value_label: Text = ""
    source: Text
    date: dt.date
    kind: str = "bar"
    part_labels: Sequence[Text] = ()
    table_url: str = ""
    division: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """What the browser draws."""
        return {
            "points": [
                asdict(point)
                | {"value": number(point.value), "parts": [number(part) for part in point.parts]}
                for point in self.points
            ],
            "parts": [str(label) for label in self.part_labels],
        }


def number(exact: float | Decimal) -> float:
    """As the browser draws it: to draw a sum of money, it need not be exact; the table is."""
    return float(exact) if isinstance(exact, Decimal) else exact
