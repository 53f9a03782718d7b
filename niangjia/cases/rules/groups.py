"""Many people with one claim: from when on, and by how many, they are represented.

Ten or more workers with a common claim may choose representatives (Law on Mediation and
Arbitration of Labour Disputes, Article 7). Of those who bring a matter to the authorities together
at most five speak (Regulations on Petition Work, 信访工作条例). The texts say "choose" and no
share; here it takes more than half of all members, those who say nothing included, as in a workers'
congress.
"""

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass

REPRESENTED_FROM = 10
MOST_REPRESENTATIVES = 5
#: Of one list that an officer enters.
MOST_ROWS = 500
NAME_LENGTH = 40
#: Without I, L, O, 0 and 1, so that it can be read out; 25 of 31 signs are 123 bits and more.
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 26


@dataclass(frozen=True)
class Tally:
    """How many members there are, and how many of them agree."""

    members: int
    agree: int

    @property
    def is_elected(self) -> bool:
        """Whether more than half of all agree."""
        return 2 * self.agree > self.members


def may_elect(members: int) -> bool:
    """Whether so many may choose who speaks for them."""
    return members >= REPRESENTED_FROM


def may_speak(member: uuid.UUID, elected: Collection[uuid.UUID]) -> bool:
    """Whether a member's words are the group's: of a representative, or of anybody as long as there
    is none."""
    return not elected or member in elected


def new_code() -> str:
    """A code to join by: at least 128 bits of chance."""
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def plain_code(typed: str) -> str:
    """A code as it is compared: without what people put between its signs."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def shown_code(code: str) -> str:
    """A code in groups, to be read out."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))
