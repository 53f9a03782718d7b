"""The command `niangjia`: everything a person does to a node from outside."""

import argparse
import sys
from collections.abc import Sequence

from niangjia.operations import postgres
from niangjia.operations.cli import (
    appointing,
    benching,
    data,
    hotline,
    incident,
    keeping,
    running,
)
from niangjia.operations.node.database import Unreachable
from niangjia.operations.node.home import AlreadyRuns
from niangjia.operations.node.roles import WrongRole
from niangjia.operations.node.supervisor import CannotRun

EPILOG = """\
environment:
  NIANGJIA_HOME          where the node keeps database, keys, logs and backups (default: var)
  NIANGJIA_DATABASE_URL  a PostgreSQL 18 server to use instead of the embedded one
  NIANGJIA_DATABASE_OWNER_URL
                         the account that owns its tables, when the one above is only to serve
  NIANGJIA_DEMO          1: fill a new node with made-up data and offer its accounts at sign-in
  NIANGJIA_HOSTS         names under which the site may be asked for, with commas between
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    whole = argparse.ArgumentParser(
        prog="niangjia",
        description="Niangjia 娘家, an open-source digital trade union.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for area in (running, data, appointing, hotline, keeping, incident, benching):
        area.add(commands)
    return whole


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line says. Refusals a person can act on are one line, not a traceback."""
    chosen = parser().parse_args(arguments)
    try:
        chosen.do(chosen)
    except AlreadyRuns as error:
        said = error.args[0] or {}
        where = f" at {said['url']} (process {said['pid']})" if said else ""
        sys.exit(f"This node runs already{where}.")
    except (CannotRun, Unreachable, WrongRole, postgres.CannotStart) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
