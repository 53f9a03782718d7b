"""`backup`, `restore`, `verify-audit`, `verify-figures`, `rotate-keys`: keeping what is there."""

import argparse
import datetime as dt
import os
import sys
from pathlib import Path
from typing import Any

import psycopg

from niangjia.operations import backup
from niangjia.operations.node import database
from niangjia.operations.node.home import Home

MOST_SHOWN = 50


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Register the commands."""
    backup_parser = commands.add_parser(
        "backup",
        help="write the database, as of now, into a folder",
        description="Works while the node runs. The folder gets a dump and a manifest with the "
        "number of rows and a digest for each table. The node's keys are NOT in the dump: without "
        "keys.json nobody can read the encrypted fields. Keep a copy of it in another place.",
    )
    backup_parser.add_argument("path", type=Path, nargs="?", help="default: a new one in backups/")
    backup_parser.add_argument(
        "--with-keys", action="store_true", help="put keys.json (readable by you only) beside it"
    )
    backup_parser.set_defaults(do=make)

    restore_parser = commands.add_parser(
        "restore",
        help="put a backup back",
        description="The backup is restored beside what is there and takes its place only when "
        "every digest is equal. Whoever was erased since the backup is erased again. The node must "
        "not be running.",
    )
    restore_parser.add_argument("path", type=Path, metavar="PATH")
    restore_parser.add_argument(
        "--force", action="store_true", help="replace a database that is not empty"
    )
    restore_parser.set_defaults(do=restore)

    commands.add_parser(
        "verify-audit",
        help="check the audit chain from outside",
        description="Names every audit entry that was changed, removed, moved or made up; exit "
        "code 1 when there is one.",
    ).set_defaults(do=verify_audit)

    commands.add_parser(
        "verify-figures",
        help="add every figure up anew from its rows",
        description="Compares what the ledger says of every union, in both trees, with what its "
        "unions, members and applications add up to; exit code 1 when one differs. The node may "
        "be running.",
    ).set_defaults(do=verify_figures)

    rotate_parser = commands.add_parser(
        "rotate-keys",
        help="write encrypted columns and their digests under a new key or cipher suite",
        description="Without --new it goes on with a rotation that was stopped, or follows a "
        "change of NIANGJIA_CIPHER_SUITE. The node may be running. Old keys stay in the key file.",
    )
    rotate_parser.add_argument(
        "--new",
        choices=("encryption", "digest", "envelope", "scope"),
        action="append",
        default=[],
        help="make a key",
    )
    rotate_parser.set_defaults(do=rotate_keys)


def make(chosen: argparse.Namespace) -> None:
    """Make a backup."""
    home = Home.from_environment()
    moment = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    folder = (chosen.path or home.backups / moment).absolute()
    with database.opened(home, migrated=False):
        try:
            backup.make_backup(
                home=home,
                url=os.environ[database.OWNER_URL],
                folder=folder,
                with_keys=chosen.with_keys,
            )
        except backup.Refused as error:
            sys.exit(str(error))
    said = backup.Manifest.read(folder)
    rows = sum(count for count, _digest in said.tables.values())
    print(f"{folder}: {len(said.tables)} tables, {rows} rows, PostgreSQL {said.server}.")
    if not chosen.with_keys:
        print("The keys are not in it. Keep a copy of keys.json in another place.")


def restore(chosen: argparse.Namespace) -> None:
    """Put a backup back."""
    home = Home.from_environment()
    with home.supervised(), database.opened(home, migrated=False):
        database.disconnect()
        try:
            said = backup.restore_backup(
                home=home,
                url=os.environ[database.OWNER_URL],
                app_url=os.environ[database.URL],
                folder=chosen.path.absolute(),
                force=chosen.force,
            )
        except backup.Refused as error:
            sys.exit(str(error))
    rows = sum(count for count, _digest in said.tables.values())
    print(f"{len(said.tables)} tables, {rows} rows restored as of {said.made_at}; digests equal.")


def verify_audit(chosen: argparse.Namespace) -> None:
    """Check the audit chain."""
    with database.opened(Home.from_environment(), migrated=False):
        from niangjia.core.audit import verification

        report = verification.verify_node()
    for problem in report.problems[:MOST_SHOWN]:
        print(problem, file=sys.stderr)
    signed = f"{report.checkpoints} signed checkpoints, the last {report.last_checkpoint_at}"
    print(f"{report.entries} entries, {signed if report.checkpoints else 'no signed checkpoint'}.")
    if not report.is_clean:
        sys.exit(f"{len(report.problems)} entries are not as they were written.")
    print("Every entry is as it was written.")


def verify_figures(chosen: argparse.Namespace) -> None:
    """Check the ledger of figures."""
    with database.opened(Home.from_environment(), migrated=False):
        from niangjia.cases.selectors import own_figures as cases
        from niangjia.core import protection
        from niangjia.feedback.selectors import own_figures as ratings
        from niangjia.hotline.selectors.tallies import wrong_tallies
        from niangjia.members.selectors import own_figures as members
        from niangjia.organisations import services
        from niangjia.places.selectors import own_figures as visits

        differences = services.verify_figures(
            members.own_figures,
            ratings.own_figures,
            cases.own_figures,
            visits.own_figures,
            metrics=(*members.METRICS, *ratings.METRICS, *cases.METRICS, *visits.METRICS),
        )
    for each in differences[:MOST_SHOWN]:
        said = f"the ledger says {each.ledger}, the rows {each.rows}"
        print(f"union {each.union_id}, {each.tree} tree, {each.metric}: {said}", file=sys.stderr)
        with protection.working("cli.verify_figures"):
            tallies = list(wrong_tallies())
    for cell in tallies:
        print(f"hotline {cell}", file=sys.stderr)
    if differences or tallies:
        sys.exit(f"{len(differences) + len(tallies)} figures are not what their rows add up to.")
    print("Every figure is what its rows add up to.")


def rotate_keys(chosen: argparse.Namespace) -> None:
    """Write what is encrypted anew."""
    with database.opened(Home.from_environment(), migrated=False):
        from niangjia.core import protection
        from niangjia.core.crypto import keys, rotation

        for use in chosen.new:
            if use == "scope":
                with psycopg.connect(os.environ[database.OWNER_URL]) as owner:
                    number = protection.rotate_keys(owner)
            else:
                number = keys.provider().rotate(use)
            print(f"Key {number} is the {use} key now.")
        # As the app, rows that are shown to their viewers only would be left behind.
        with database.as_owner():
            print(f"{rotation.rotate_all()} rows written anew.")
