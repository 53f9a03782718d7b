"""One answer to many applications."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from niangjia.core.errors import DomainError, Invalid, Text
from niangjia.members import selectors
from niangjia.members.models import Account
from niangjia.members.rules.applications import BULK_LIMIT
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
    item by item and holds up none of the others. Raises `Invalid` on "numbers" for more than
    `rules.applications.BULK_LIMIT` at once, before any is answered.
    """
    if len(numbers) > BULK_LIMIT:
        problem = _("Tick at most %(limit)d at once.") % {"limit": BULK_LIMIT}
        raise Invalid(problem, code="too-many", fields={"numbers": problem})
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
