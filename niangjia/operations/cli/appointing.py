"""`appoint`: who governs a new node, said at its console."""

import argparse
import sys
from typing import Any

from niangjia.operations import demo
from niangjia.operations.node import database, loading
from niangjia.operations.node.home import Home


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "appoint",
        help="appoint the first officers of a node",
        description="Gives whoever signs in with PHONE a post. For the first administrator and the "
        "chair of a new node; all others are appointed at the desk by the union above. The number "
        "is proven when its holder signs in, and the desk demands a second factor.",
    )
    parser.add_argument("phone", metavar="PHONE")
    parser.add_argument("--union", metavar="NUMBER", help="default: the top of the tree")
    parser.add_argument("--role", default="administrator", choices=("administrator", "chair"))
    parser.set_defaults(do=appoint)


def appoint(chosen: argparse.Namespace) -> None:
    """Appoint, opening the account if there is none; exit with a sentence when refused."""
    with database.opened(Home.from_environment()):
        from niangjia.core.errors import DomainError
        from niangjia.members.models import Role

        loading.load(demo.SEED)
        try:
            union = appoint_at_console(chosen.phone, chosen.union, Role(chosen.role))
        except DomainError as error:
            sys.exit(str(error.message))
        print(f"Appointed at {union}.")


def appoint_at_console(phone: str, number: str | None, role: str) -> str:
    """The name of the union where whoever signs in with `phone` now holds `role`.

    Raises `Invalid` for what is no mobile number, `NotFound` for the union, `Conflict` when the
    post is held already.
    """
    from django.db import transaction

    from niangjia.core import clock
    from niangjia.members import services
    from niangjia.members.models import Account, Role
    from niangjia.members.rules import phones
    from niangjia.organisations import selectors

    now = clock.now()
    normalised = phones.normalised(phone)
    with transaction.atomic():
        union = selectors.access_union_by_number(number) if number else selectors.access_root()
        account = Account.objects.by_phone(normalised) or services.create_account(
            phone=normalised, now=now, verified=False
        )
        services.appoint_post(by=None, account=account, union=union, role=Role(role), now=now)
    return union.name
