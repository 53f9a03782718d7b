"""`open-hotline`: a union runs a line from now on. `play-hotline`: calls come in without anybody
calling, for a demonstration or a trial of one's own set-up."""

import argparse
import sys
import time
from typing import Any

from niangjia.operations.node import database
from niangjia.operations.node.home import Home


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Register the commands."""
    opening = commands.add_parser(
        "open-hotline",
        help="a union runs a hotline from now on",
        description="Opens the line that people reach under NUMBER (010-12351) at the union with "
        "this number. Its chair appoints agents at the desk; terms are set there as well.",
    )
    opening.add_argument("union", metavar="UNION")
    opening.add_argument("number", metavar="NUMBER")
    opening.set_defaults(do=open_hotline)
    playing = commands.add_parser(
        "play-hotline",
        help="play calls to a line, as a telephone system would report them",
        description="Sends signed reports of made-up calls to the running node at ADDRESS, through "
        "the same door as a telephone system. For demonstrations and trials.",
    )
    playing.add_argument("number", metavar="NUMBER")
    playing.add_argument("--address", default="http://127.0.0.1:8000")
    playing.add_argument("--calls", type=int, default=10)
    playing.add_argument("--minutes", type=int, default=10, help="over which they begin")
    playing.add_argument("--speed", type=float, default=1.0, help="60: an hour in a minute")
    playing.set_defaults(do=play_hotline)


def open_hotline(chosen: argparse.Namespace) -> None:
    """Open the line; exit with a sentence when refused."""
    with database.opened(Home.from_environment()):
        from niangjia.core import clock
        from niangjia.core.errors import DomainError
        from niangjia.hotline.services import open_line
        from niangjia.organisations.selectors import access_union_by_number

        try:
            union = access_union_by_number(chosen.union)
            open_line(union=union, number=chosen.number, by=None, now=clock.now())
        except DomainError as error:
            sys.exit(str(error.message))
        print(f"{chosen.number} is run by {union.name}.")


def play_hotline(chosen: argparse.Namespace) -> None:
    """Report each call at its moment; exit with what the node said when it refuses."""
    with database.opened(Home.from_environment()):
        from niangjia.core import clock
        from niangjia.hotline.clients import played, telephony

        secret = telephony.secret()
        happening = played.calls(
            chosen.number,
            began_at=clock.now(),
            number=chosen.calls,
            minutes=chosen.minutes,
            speed=max(chosen.speed, 0.01),
        )
        for arrives_at, event in happening:
            time.sleep(max((arrives_at - clock.now()).total_seconds(), 0))
            try:
                telephony.report(event, address=chosen.address, secret=secret, now=clock.now())
            except OSError as failure:
                sys.exit(f"The node at {chosen.address} does not take it: {failure}")
            print(f"{event.at:%H:%M:%S} {event.kind} {event.call[-6:]}")
