"""A person's words as `tsquery` texts, best matches first.

The texts carry a `#` where the letter of a stratum goes (see `search_strata`). Each tier leaves
out what the tiers before it found, so that pages neither repeat nor miss a union.
"""

import re
from dataclasses import dataclass

from niangjia.organisations.rules import search_words as words

#: More than any name has; the rest of a longer text is not looked at.
MAX_LETTERS = 60
MAX_WORDS = 5
#: A run this long may hide two words without a space between: 义乌快递.
MAX_CUT_LENGTH = 12
#: Shorter pieces of pinyin begin too many keys to be worth their time.
LATIN_PART = 3
#: What can be said in pinyin, roughly: initials do not hide two words, nor does half a syllable.
PINYIN = re.compile(
    "(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:[iu]ang|[aeio]ng|iong|ian|iao|uai|uan|[aeiu]n|[aeu]i|[ao][ou]|er"
    "|i[aeu]|u[aeo]|ve|[aeiouv]))+"
)

EXACT, START, ANYWHERE, FACET = "=", "^", "~", "@"


@dataclass(frozen=True)
class Query:
    """What to look for: `tiers` are tsquery texts, best first; with words the first is exact.

    `contained` is all that holds every word but is not exact, for whoever has an order of their
    own; `loose` is what only matches when a missing space is put in, or nothing.
    """

    tiers: tuple[str, ...]
    contained: str
    loose: str = ""

    @property
    def exact(self) -> str:
        """The exact matches, or nothing when there are no words."""
        return self.tiers[0] if len(self.tiers) > 1 else ""


def lexeme(kind: str, key: str, *, prefix: bool = False) -> str:
    """One key of the index; keys hold letters and digits only, so there is nothing to escape."""
    return f"'#{kind}{key}'" + (":*" if prefix else "")


def all_of(*parts: str) -> str:
    return "(" + " & ".join(parts) + ")" if len(parts) > 1 else parts[0]


def any_of(*parts: str) -> str:
    return "(" + " | ".join(parts) + ")" if len(parts) > 1 else parts[0]


def parse(text: str, facets: list[str] | None = None) -> Query:
    """The query for `text` among the unions that have all `facets` ("kind:industrial", "330782").

    Words without letters or digits find everything, as no words do.
    """
    typed = clip(rejoined(words.runs(text[: MAX_LETTERS * 8])))
    conditions = [lexeme(FACET, facet) for facet in facets or []]
    if not typed:
        everything = all_of(*(conditions or [lexeme(FACET, "all")]))
        return Query(tiers=(everything,), contained=everything)
    joined = "".join(typed)
    exact = lexeme(EXACT, joined[: words.EXACT_LENGTH])
    start = start_of(joined)
    if len(typed) > 1:
        start = any_of(start, all_of(start_of(typed[0]), *(anywhere(w) for w in typed[1:])))
    contained = all_of(*(anywhere(word) for word in typed))
    loose = all_of(*(cut(word) for word in typed))
    tiers = [exact, start, contained]
    if loose != contained:
        tiers.append(loose)
    by_tier = tuple(
        all_of(tier, *conditions, *(f"!{earlier}" for earlier in tiers[:place]))
        for place, tier in enumerate(tiers)
    )
    return Query(
        tiers=by_tier,
        contained=all_of(any_of(start, contained), *conditions, f"!{exact}"),
        loose=by_tier[3] if len(by_tier) > 3 else "",
    )


def clip(typed: list[str]) -> list[str]:
    """The first words, up to as many letters as a name can have."""
    kept: list[str] = []
    left = MAX_LETTERS
    for word in typed[:MAX_WORDS]:
        if left <= 0:
            break
        kept.append(word[:left])
        left -= len(word)
    return kept


def rejoined(typed: list[str]) -> list[str]:
    """Single letters side by side are one word that somebody spaced out: 义 乌 市 → 义乌市."""
    kept: list[str] = []
    single = False
    for word in typed:
        joins = len(word) == 1 and single and words.is_han(word) == words.is_han(kept[-1])
        if joins:
            kept[-1] += word
        else:
            kept.append(word)
        single = len(word) == 1
    return kept


def grams(word: str, length: int) -> list[str]:
    """Pieces of `length` that cover `word`: 义乌市总工会 → 义乌市总, 市总工会."""
    pieces = [word[i : i + length] for i in range(0, len(word) - length + 1, length)]
    if len(word) % length:
        pieces.append(word[-length:])
    return pieces


def anywhere(word: str) -> str:
    """A word that stands anywhere: in the name, an employer's, the trade or the places above."""
    if words.is_han(word):
        if len(word) <= words.HAN_LENGTH:
            return lexeme(ANYWHERE, word, prefix=len(word) != words.HAN_WORD)
        return all_of(*(lexeme(ANYWHERE, gram) for gram in grams(word, words.HAN_LENGTH)))
    sound = lexeme(ANYWHERE, word[: words.PINYIN_LENGTH], prefix=len(word) <= words.PINYIN_LENGTH)
    if len(word) <= words.INITIALS_LENGTH:
        return sound
    initials = (lexeme(ANYWHERE, gram) for gram in grams(word, words.INITIALS_LENGTH))
    return any_of(sound, all_of(*initials))


def start_of(word: str) -> str:
    """A word the name begins with."""
    if words.is_han(word):
        if len(word) <= words.HAN_LENGTH:
            return lexeme(START, word, prefix=True)
        first, *rest = grams(word, words.HAN_LENGTH)
        return all_of(lexeme(START, first), *(lexeme(ANYWHERE, gram) for gram in rest))
    return lexeme(START, word[: words.PINYIN_LENGTH], prefix=True)


def cut(word: str) -> str:
    """A word, or the two words it may be when somebody left out the space."""
    is_han = words.is_han(word)
    shortest = words.HAN_WORD if is_han else LATIN_PART
    if len(word) > MAX_CUT_LENGTH:
        return anywhere(word)
    places = [
        at
        for at in range(shortest, len(word) - shortest + 1)
        if is_han or (PINYIN.fullmatch(word[:at]) and PINYIN.fullmatch(word[at:]))
    ]
    if not places:
        return anywhere(word)
    return any_of(*(all_of(anywhere(word[:at]), anywhere(word[at:])) for at in places))
