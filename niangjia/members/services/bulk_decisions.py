"""One answer to many applications."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.core.errors import DomainError, Text
from niangjia.members import selectors
from niangjia.members.models import Account
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.inbox import access_application_within
from niangjia.members.services.applications import decide_application


@dataclass(frozen=True)
class Outcome:
    """What became of one application; `problem` is None when it was answered."""

    number: str
    problem: Text | None = None


def decide_applications(
    *, by: Account, numbers: Sequence[str], verdict: str, reason: str, now: dt.datetime
) -> list[Outcome]:
    """Give the same answer to each application, each in a transaction of its own.

    What cannot be answered (decided by a colleague meanwhile, withdrawn, out of reach) is reported
    item by item and holds up none of the others.
    """
    posts = selectors.current_posts(by)
    outcomes = []
    for number in numbers:
        try:
            application = access_application_within(posts, number)
            decide_application(
                by=selectors.access_acting_post(
                    posts, Action.DECIDE_APPLICATIONS, application.handled_by.path
                ),
                application=application,
                verdict=verdict,
                reason=reason,
                now=now,
            )
        except DomainError as error:
            outcomes.append(Outcome(number, error.message))
        else:
            outcomes.append(Outcome(number))
    return outcomes
