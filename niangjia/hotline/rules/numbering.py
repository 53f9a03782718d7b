"""Numbers of work orders."""

from niangjia.core import ids

DIGITS = 12


def order_number() -> str:
    """A new order number: 12 digits, the last one a check digit, short enough to be read out on
    the phone. It says nothing of when or where."""
    return ids.any_number(DIGITS)
