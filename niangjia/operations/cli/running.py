"""`run`, `status`, `manage`: a node at work."""

import argparse
import sys
from contextlib import nullcontext
from typing import Any

from niangjia.operations import postgres
from niangjia.operations.node import database
from niangjia.operations.node.home import Home
from niangjia.operations.node.supervisor import Supervisor


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Register the commands."""
    run_parser = commands.add_parser(
        "run",
        help="run the node until Ctrl-C",
        description="Starts the database, fills it on the first start, then serves the site and "
        "works off the jobs. What dies is started again. Ctrl-C stops everything in order.",
    )
    run_parser.add_argument("--port", type=port, default=8000, help="default: 8000")
    run_parser.add_argument("--host", default="127.0.0.1", help="default: this machine only")
    run_parser.set_defaults(do=run)

    commands.add_parser("status", help="say what runs").set_defaults(do=status)

    manage_parser = commands.add_parser(
        "manage",
        help="a command of Django's, such as shell, on this node's database",
        description="Example: niangjia manage shell",
    )
    manage_parser.add_argument("arguments", nargs=argparse.REMAINDER)
    manage_parser.set_defaults(do=manage)


def port(text: str) -> int:
    """A TCP port number."""
    number = int(text)
    if not 0 < number < 65_536:
        raise argparse.ArgumentTypeError("a number from 1 to 65535")
    return number


def run(chosen: argparse.Namespace) -> None:
    """Run the node."""
    Supervisor(Home.from_environment(), chosen.host, chosen.port).run()


def status(chosen: argparse.Namespace) -> None:
    """Say what runs; exit code 1 when the node does not."""
    home = Home.from_environment()
    print(f"home      {home.path}")
    if database.is_embedded(home):
        server = postgres.pid(home.postgres)
        print(f"database  {f'process {server}' if server else 'not running'}")
    else:
        print(f"database  the server that {database.URL} names")
    if not home.is_supervised():
        sys.exit("node      not running")
    said = home.running()
    print(f"node      {said.get('url')}, process {said.get('pid')}")
    for name, pid in said.get("processes", {}).items():
        print(f"  {name:<9} process {pid}")


def manage(chosen: argparse.Namespace) -> None:
    """Hand over to Django."""
    from django.apps import apps
    from django.core.management import execute_from_command_line

    makes_tables = chosen.arguments[:1] == ["migrate"]
    with (
        database.opened(Home.from_environment(), migrated=False),
        database.migrating() if makes_tables else nullcontext(),
        # Whoever names an app goes back or stops on the way, which Django does alone (ADR 145).
        database.quick_at_first()
        if makes_tables and not any(map(apps.app_configs.get, chosen.arguments))
        else nullcontext(),
    ):
        execute_from_command_line(["niangjia manage", *chosen.arguments])
