"""Benchmarks: each prints a table for people and, as its last line, JSON for machines.

A benchmark is a module here with `run(stage: Stage) -> Result`; `niangjia bench NAME` finds it by
its name, a hyphen being an underscore.
"""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field

#: Name → what it measures.
BENCHES = {
    "activity-page": "the page of an activity while people sign up, as a ratio to an empty view",
    "cases": "queue, search, opening, steps and the clock, beside the bare SQL and bare inserts",
    "claims": "a burst on one hot pool over HTTP, beside the hot row in the database alone",
    "find": "searching unions: in the database, and over HTTP as a ratio to the bare SQL",
    "nearest": "the nearest open places with what one needs, beside the bare index and PostGIS",
    "pages": "portal home, union, inbox and national page as a ratio to an empty view",
}


@dataclass
class Result:
    """`ratios` are throughput over throughput, so 1 is the limit; `figures` are in milliseconds
    (`…_ms`), requests per second (`…_per_s`) or plain counts."""

    bench: str
    columns: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)
    ratios: dict[str, float] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)

    def table(self) -> str:
        """The rows under their columns, and the machine they were measured on."""
        cells = [[str(cell) for cell in row] for row in [self.columns, *self.rows]]
        widths = [max(len(row[at]) for row in cells) for at in range(len(self.columns))]
        lines = [
            "  ".join(
                cell.ljust(width) if at == 0 else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            for row in cells
        ]
        lines.insert(1, "-" * len(lines[0]))
        return "\n".join([*lines, "", machine()])

    def json(self) -> str:
        """One line."""
        rounded = {name: round(ratio, 3) for name, ratio in self.ratios.items()}
        figures = {name: round(figure, 3) for name, figure in self.figures.items()}
        return json.dumps({"bench": self.bench, "ratios": rounded, "figures": figures})


def machine() -> str:
    """Which machine this is, and how busy it was with other things."""
    processor = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as lines:
            processor = next(
                line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")
            )
    except (OSError, StopIteration):
        pass
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} × {processor}, {platform.system()}, load before and during {load:.1f}"
