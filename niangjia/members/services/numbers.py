"""Short numbers that people see."""

from niangjia.core import ids
from niangjia.members.models import Application, Membership

APPLICATION_DIGITS = 12
MEMBERSHIP_DIGITS = 16


def application_number() -> str:
    """A new application number: 12 digits, the last one a check digit."""
    return ids.new_number(Application, digits=APPLICATION_DIGITS)


def membership_number() -> str:
    """A new membership number: 16 digits, the last one a check digit. It says nothing of where or
    when somebody joined, and stays theirs through every transfer."""
    return ids.new_number(Membership, digits=MEMBERSHIP_DIGITS)


def unused_number() -> str:
    """A membership number for a bulk load into fifteen digits of free numbers: not looked up, since
    the unique constraint refuses the one in a hundred million that would be there already."""
    return ids.any_number(MEMBERSHIP_DIGITS)
