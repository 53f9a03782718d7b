"""Which division an address names: pure matching of names found in a text.

An address names a chain from large to small, often with rungs left out (义乌市稠城街道, 杭州西湖).
Every division whose name or short name occurs in the text is a candidate; one is worth the
characters it and its ancestors explain, each found after the one above it. The most characters
win; among equals the higher division, since nothing in the text speaks for the lower.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from niangjia.regions.models import Division, Level

LONGEST_ADDRESS = 100
LONGEST_NAME = 16
SHORTEST_NAME = 2
#: A short name may be part of another word; a full name hardly ever is.
FULL_NAME_BONUS = 0.5
SEPARATORS = " \t\r\n　,，.。;；、-—_/|"


@dataclass(frozen=True)
class Candidate:
    """A division that the text may mean. `score` is the characters explained, bonuses included."""

    division: Division
    score: float


@dataclass(frozen=True)
class AddressMatch:
    """The best reading of an address. `confidence` is 1 for an only reading, and one share each
    when several explain the text equally well: those stand in `alternatives`."""

    division: Division | None
    confidence: float
    alternatives: list[Division]


NOTHING = AddressMatch(None, 0.0, [])


def normalise(text: str) -> str:
    """`text` without separators, cut to a bounded length."""
    return "".join(char for char in text[:LONGEST_ADDRESS] if char not in SEPARATORS)


def possible_names(text: str) -> set[str]:
    """Every run of the (normalised) text that is long enough to be a division's name."""
    return {
        text[start : start + length]
        for start in range(len(text))
        for length in range(SHORTEST_NAME, min(LONGEST_NAME, len(text) - start) + 1)
    }


def best_match(text: str, found: Iterable[Division]) -> AddressMatch:
    """The division that `text` (normalised) names, among those whose names occur in it."""
    by_code = {division.code: division for division in found if division.level > Level.COUNTRY}
    candidates = [
        Candidate(division, _explained(text, division, by_code)) for division in by_code.values()
    ]
    if not candidates:
        return NOTHING
    highest = max(candidate.score for candidate in candidates)
    best = [candidate.division for candidate in candidates if candidate.score == highest]
    top = min(division.level for division in best)
    equals = sorted((d for d in best if d.level == top), key=lambda d: d.code)
    return AddressMatch(equals[0], 1 / len(equals), equals[1:])


def beyond(text: str, chain: Iterable[Division]) -> str:
    """What is left of `text` (normalised) when it begins with the names of these divisions, the
    higher ones first, some left out: 义乌市人民路 → 人民路. All of it when it begins with none."""
    for rung in chain:
        for name in (rung.name, rung.short_name):
            if text.startswith(name):
                text = text[len(name) :]
                break
    return text


def _explained(text: str, division: Division, by_code: dict[str, Division]) -> float:
    """The most characters of `text` that a chain ending at `division` explains, left to right."""
    codes = division.path.rstrip("/").split("/")[:-1]
    above = [by_code[code] for code in codes if code in by_code]
    return _most(text, (*above, division), 0)


def _most(text: str, chain: tuple[Division, ...], position: int) -> float:
    """As `_explained`, from `position` on. Upper rungs may be left out: 吉林市 is not 吉林省."""
    rung, below = chain[0], chain[1:]
    best = _most(text, below, position) if below else 0.0
    for name, bonus in ((rung.name, FULL_NAME_BONUS), (rung.short_name, 0.0)):
        start = text.find(name, position)
        if start < 0:
            continue
        rest = _most(text, below, start + len(name)) if below else 0.0
        if rest or not below:
            best = max(best, len(name) + bonus + rest)
    return best
