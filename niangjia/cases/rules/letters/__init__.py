"""What letters say, whom they must not name, and which are owed. No query, no clock."""

from niangjia.cases.rules.letters.composing import (
    Composed,
    checked,
    compose,
    filled,
    shown,
    started,
    words_of_term,
)
from niangjia.cases.rules.letters.guarding import Identity, check_names_nobody, given_away
from niangjia.cases.rules.letters.owing import Owed, owed

__all__ = [
    "Composed",
    "Identity",
    "Owed",
    "check_names_nobody",
    "checked",
    "compose",
    "filled",
    "given_away",
    "owed",
    "shown",
    "started",
    "words_of_term",
]
