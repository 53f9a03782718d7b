"""Short numbers that people see."""

import secrets

from niangjia.core import ids
from niangjia.members.models import Application, Membership

APPLICATION_DIGITS = 12
MEMBERSHIP_DIGITS = 16


def application_number() -> str:
    """A new application number: 12 digits, the last one a check digit."""
    return _draw(Application, APPLICATION_DIGITS)


def membership_number() -> str:
    """A new membership number: 16 digits, the last one a check digit. It says nothing of where or
    when somebody joined, and stays theirs through every transfer."""
    return _draw(Membership, MEMBERSHIP_DIGITS)


def unused_number() -> str:
    """A membership number for a bulk load into fifteen digits of free numbers: not looked up, since
    the unique constraint refuses the one in a hundred million that would be there already."""
    return _any_number(MEMBERSHIP_DIGITS)


def _draw(model: type[Application] | type[Membership], digits: int) -> str:
    while True:
        number = _any_number(digits)
        if not model._default_manager.filter(number=number).exists():
            return number


def _any_number(digits: int) -> str:
    lowest = 10 ** (digits - 2)
    return ids.with_check_digit(str(lowest + secrets.randbelow(9 * lowest)))
