"""Numbers of cases."""

import secrets

from niangjia.core import ids

DIGITS = 16
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def case_number() -> str:
    """A new case number: 16 digits, the last one a check digit. It says nothing of when."""
    return ids.any_number(DIGITS)


def is_case_number(text: str) -> bool:
    """Whether `text`, blanks and hyphens aside, is a case number that was typed without a slip."""
    plain = plain_receipt(text)
    return plain.isdecimal() and len(plain) == DIGITS and ids.check_digit_holds(plain)


def receipt() -> str:
    """A receipt for somebody who does not say who they are: 32 letters and digits that are not
    mistaken for each other, 157 random bits (promise 5), in groups of four to be written down."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(32))
    return "-".join(letters[i : i + 4] for i in range(0, 32, 4))


def is_receipt(text: str) -> bool:
    """Whether this is written like a receipt."""
    plain = plain_receipt(text)
    return len(plain) == 32 and set(plain) <= set(LETTERS)


def plain_receipt(text: str) -> str:
    """A typed receipt as it is digested: capitals, without blanks and hyphens."""
    return "".join(c for c in text.upper() if c.isalnum())
