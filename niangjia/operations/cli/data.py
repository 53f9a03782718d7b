"""`demo` and `load`: what goes into a node."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from niangjia.operations import demo
from niangjia.operations.node import database, loading
from niangjia.operations.node.home import Home
from niangjia.operations.node.terminal import ProgressBar

if TYPE_CHECKING:
    from niangjia.regions.services.reports import LoadReport

MOST_SHOWN = 20


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Register the commands."""
    demo_parser = commands.add_parser(
        "demo",
        help="fill the node with a demonstration",
        description="Loads divisions, unions and made-up people, unless they are there. Everything "
        "made up is marked as such.",
    )
    demo_parser.set_defaults(do=load_demo)

    load_parser = commands.add_parser("load", help="load tables from files")
    tables = load_parser.add_subparsers(title="tables", metavar="TABLE", required=True)
    divisions_parser = tables.add_parser(
        "divisions",
        help="townships, from a folder of CSV files",
        description="PATH holds provinces.csv, cities.csv, areas.csv and streets.csv, each with "
        "the columns code and name. Loading again changes nothing; bad rows are named and left "
        "out.",
    )
    divisions_parser.add_argument("path", type=Path, metavar="PATH")
    divisions_parser.add_argument(
        "--unions",
        action="store_true",
        help="found the federation of every township and new county as well (seed data)",
    )
    divisions_parser.set_defaults(do=load_divisions)

    people_parser = tables.add_parser(
        "people",
        help="how many couriers work in zones, how many people live in townships",
        description="PATH is a CSV file with the columns division, name and people, and if known "
        "latitude, longitude (WGS-84) and radius_m. Loading again replaces; bad rows are named and "
        "left out. Whom stations reach is then measured anew in the background.",
    )
    people_parser.add_argument("path", type=Path, metavar="PATH")
    people_parser.add_argument("--who", choices=("couriers", "residents"), required=True)
    people_parser.add_argument("--source", required=True, help="where the table is from")
    people_parser.set_defaults(do=load_people)

    streets_parser = tables.add_parser(
        "streets",
        help="streets, from an extract of OpenStreetMap",
        description="PATH is an extract (.osm.pbf, .osm, .osm.bz2, .osm.gz). Its ways open to "
        "people on foot replace what was loaded under this name. Whom stations reach is then "
        "measured along them, in the background.",
    )
    streets_parser.add_argument("path", type=Path, metavar="PATH")
    streets_parser.add_argument("--name", help="such as zhejiang; by default that of the file")
    streets_parser.set_defaults(do=load_streets)


def load_demo(chosen: argparse.Namespace) -> None:
    """Load what is missing of the demonstration."""
    # Its accounts exist on a node that is one only; this must be said before settings are read.
    os.environ["NIANGJIA_DEMO"] = "1"
    with database.opened(Home.from_environment()):
        loading.load(demo.AREAS)


def load_divisions(chosen: argparse.Namespace) -> None:
    """Load townships; exit code 1 when rows were refused."""
    # Tens of thousands of unions are indexed faster by whoever may build the index anew.
    with database.opened(Home.from_environment()), database.as_owner():
        from niangjia.core.errors import DomainError
        from niangjia.regions import services

        loading.load(demo.SEED)
        bar = ProgressBar("Townships")
        try:
            report = services.load_townships(chosen.path, progress=bar)
        except DomainError as error:
            sys.exit(str(error.message))
        bar.finish()
        if chosen.unions:
            found_unions()
        say(report)


def load_people(chosen: argparse.Namespace) -> None:
    """Load a table of people, and have it measured; exit code 1 when rows were refused."""
    with database.opened(Home.from_environment()):
        from niangjia.core import clock
        from niangjia.core.errors import DomainError
        from niangjia.places import services

        try:
            report = services.load_zones(
                rows=services.read_zones(chosen.path),
                people=chosen.who,
                source=chosen.source,
                now=clock.now(),
                file=chosen.path.name,
            )
            services.ask_measurement(recounts=True, now=clock.now())
        except DomainError as error:
            sys.exit(str(error.message))
        say(report)


def load_streets(chosen: argparse.Namespace) -> None:
    """Load an extract of streets, and have it measured; exit code 1 when it cannot be read."""
    with database.opened(Home.from_environment()):
        from niangjia.core import clock
        from niangjia.core.errors import DomainError
        from niangjia.places import services

        bar = ProgressBar("Streets")
        name = chosen.name or chosen.path.name.partition(".")[0]
        try:
            made = services.load_streets(path=chosen.path, name=name, now=clock.now(), progress=bar)
            services.ask_measurement(recounts=False, again=True, now=clock.now())
        except DomainError as error:
            sys.exit(str(error.message))
        bar.finish()
        names = made.landmarks.count()
        print(f"{made.name}: {made.ways} ways, {made.kilometres} km, {names} names to look near.")


def say(report: "LoadReport") -> None:
    """How many rows went in and which did not."""
    for refusal in report.refusals[:MOST_SHOWN]:
        print(refusal, file=sys.stderr)
    print(f"{report.loaded} rows loaded, {len(report.refusals)} refused.")
    if report.refusals:
        sys.exit(1)


def found_unions() -> None:
    """Found the federations that the divisions call for and that are not there."""
    from niangjia.core import clock
    from niangjia.organisations import services

    bar = ProgressBar("Unions")
    founded = services.plant_federations(now=clock.now(), townships=True, progress=bar)
    bar.finish()
    print(f"{len(founded)} unions founded.")
