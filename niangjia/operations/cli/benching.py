"""`bench`: how fast, on this machine."""

import argparse
import importlib
from pathlib import Path
from typing import Any

from niangjia.operations import bench


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Register the command."""
    whole = commands.add_parser(
        "bench",
        help="measure speed on the whole country",
        description="Measures on a node of its own (bench/ in the node's folder), which is filled "
        "on first use with every township and 300,000 made-up grassroots unions; for cases with "
        "3,000 unions of a province and 1,000,000 cases, for claims and activities with 60,000 "
        "members. Prints a table and, as the last line, JSON. "
        + " ".join(f"{name}: {what}." for name, what in bench.BENCHES.items()),
    )
    whole.add_argument("name", choices=list(bench.BENCHES))
    whole.add_argument(
        "--divisions", type=Path, help="folder with the township tables; made up when not given"
    )
    whole.add_argument("--grassroots", type=int, default=300_000, help="default: 300000")
    whole.add_argument("--cases", type=int, default=1_000_000, help="default: 1000000")
    whole.add_argument("--places", type=int, default=400_000, help="default: 400000")
    whole.set_defaults(do=run)


def data_for(chosen: argparse.Namespace) -> Any:
    """The data set of a benchmark."""
    from niangjia.operations.bench import stage

    if chosen.name == "cases":
        return stage.province_of_cases(chosen.cases)
    if chosen.name in {"activity-page", "claims"}:
        return stage.crowd_of_members()
    if chosen.name == "nearest":
        return stage.country_of_places(chosen.places)
    return stage.whole_country(divisions=chosen.divisions, grassroots=chosen.grassroots)


def module_of(name: str) -> Any:
    """The module that is a benchmark."""
    return importlib.import_module(f"niangjia.operations.bench.{name.replace('-', '_')}")


def run(chosen: argparse.Namespace) -> None:
    """Run one benchmark."""
    from niangjia.operations.bench import stage

    with stage.opened(data_for(chosen)) as opened:
        result: bench.Result = module_of(chosen.name).run(opened)
    print(result.table())
    print(result.json())
