"""What somebody looks for, as the index understands it."""

from dataclasses import dataclass

from niangjia.organisations.rules import search_queries as queries
from niangjia.organisations.rules import search_words as words
from niangjia.organisations.rules.positions import Position

#: Further away nothing is near: who has to go there looks for it by its name.
REACH_METRES = 50_000.0
MOST_METRES = 200_000.0
PAGE = 20
#: Words alone are looked for from the middle of the country: the order is as good as any.
MIDDLE = Position(103.8, 35.9)


@dataclass(frozen=True)
class Criteria:
    """`wanted`: bits of facilities and kinds, all of which it must have. `only_open`: open now, and
    not said to be shut. Within `metres` over the ground from `near`."""

    near: Position
    wanted: int = 0
    only_open: bool = True
    metres: float = REACH_METRES
    words: str = ""


def tokens_of(texts: list[str], places: list[str]) -> list[str]:
    """The keys of a place: any part of its own words, the beginning of the divisions above it."""
    keys: set[str] = set()
    for text in texts:
        keys |= words.contained_keys(text)
    for place in places:
        keys |= words.leading_keys(place)
    return sorted(queries.ANYWHERE + key for key in keys)


def tsquery(text: str, *, loosely: bool = False) -> str:
    """A `tsquery` for all words of `text`; "" when there is not a letter in it. `loosely`: a space
    may be missing."""
    typed = queries.clip(queries.rejoined(words.runs(text[: queries.MAX_LETTERS * 8])))
    if not typed:
        return ""
    part = queries.cut if loosely else queries.anywhere
    return queries.all_of(*(part(word) for word in typed)).replace("'#", "'")
