"""`incident-pack`: who did what with whose data, for whoever has to answer for it."""

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from niangjia.operations.node import database
from niangjia.operations.node.home import Home


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "incident-pack",
        help="say what an account did and whose data it saw",
        description="For a data incident: writes into a new folder what the account of PHONE did "
        "from one day to another, whose data that was and how to reach them. Checks the audit "
        "chain first. The folder holds personal data; its owner alone may read it.",
    )
    parser.add_argument("phone", metavar="PHONE")
    parser.add_argument("path", type=Path, metavar="PATH", help="a folder that is not there yet")
    parser.add_argument("--since", type=dt.date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    parser.add_argument(
        "--until", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="default: today"
    )
    parser.set_defaults(do=gather)


def gather(chosen: argparse.Namespace) -> None:
    """Write the pack; exit with a sentence when that cannot be."""
    with database.opened(Home.from_environment(), migrated=False):
        from niangjia.core import clock
        from niangjia.core.audit import verification
        from niangjia.core.errors import DomainError
        from niangjia.members.models import Account
        from niangjia.members.rules import phones
        from niangjia.operations import incidents

        last = chosen.until or clock.today()
        if last < chosen.since:
            sys.exit("The last day is before the first.")
        since, until = (
            dt.datetime.combine(day, dt.time(), clock.CHINA)
            for day in (chosen.since, last + dt.timedelta(days=1))
        )
        try:
            account = Account.objects.by_phone(phones.normalised(chosen.phone))
        except DomainError as error:
            sys.exit(str(error.message))
        if account is None:
            sys.exit("Nobody signs in with this number.")
        report = verification.verify_node()
        try:
            pack = incidents.write_pack(
                account=account,
                span=incidents.Span(since, until),
                report=report,
                folder=chosen.path.absolute(),
            )
        except FileExistsError:
            sys.exit(f"{chosen.path} is there already.")
    print(f"{chosen.path}: {pack.acts} acts, {pack.people} people concerned.")
    if not report.is_clean:
        sys.exit(f"{len(report.problems)} entries of the log are not as they were written.")
