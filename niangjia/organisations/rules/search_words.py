"""What people type and what unions are called, cut into keys that an index can hold.

Every name gives three spellings: its characters, its pinyin and the initials of its pinyin. Each
spelling gives one key for every place a match may begin, cut off after a few letters; a query
then looks for keys that begin with its words. See docs/adr/0030.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pypinyin import lazy_pinyin

#: How many letters of each spelling a key keeps.
HAN_LENGTH = 4
#: Most Chinese words have two characters; they get keys of their own, which makes the commonest
#: ones ("公司") many times cheaper to intersect than a search for all keys that begin with them.
HAN_WORD = 2
PINYIN_LENGTH = 16
INITIALS_LENGTH = 6
#: Exact names longer than this are compared by their beginning.
EXACT_LENGTH = 60

#: What places are called besides their name: people leave it out (ywzgh for 义乌市总工会).
PLACE_SUFFIXES = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "街道",
    "地区",
    "林区",
    "省",
    "市",
    "州",
    "县",
    "区",
    "旗",
    "盟",
    "镇",
    "乡",
)

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")


def runs(text: str) -> list[str]:
    """The words of `text`: runs of Han characters and runs of other letters or digits.

    Full and half width, upper and lower case are the same; everything else only separates.
    """
    folded = unicodedata.normalize("NFKC", text.replace("\0", " ")).casefold().replace("ü", "v")
    return RUN.findall(folded)


def is_han(run: str) -> bool:
    """Whether a run is written in Han characters."""
    return bool(IS_HAN.match(run))


def without_place_suffix(name: str) -> str:
    """义乌市总工会 → 义乌总工会: the name as people say it; unchanged when nothing is left out."""
    match = FEDERATION.match(name)
    if not match:
        return name
    place, rest = match.groups()
    return short_place(place) + rest


FEDERATION = re.compile("^(.{3,}?)((?:总工会|工会联合会|联合工会|工会).*)$")


def short_place(name: str) -> str:
    """义乌市 → 义乌; at least two characters stay."""
    for suffix in PLACE_SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name[: -len(suffix)]
    return name


@lru_cache(maxsize=20_000)
def syllables(run: str) -> tuple[str, ...]:
    """The pinyin of a run of Han characters, one syllable each, without tones."""
    return tuple(lazy_pinyin(run))


@dataclass(frozen=True)
class Spelling:
    """One run of a name in its three spellings."""

    run: str

    @cached_property
    def pinyin(self) -> tuple[str, ...]:
        return syllables(self.run) if is_han(self.run) else (self.run,)

    @cached_property
    def initials(self) -> str:
        return "".join(s[0] for s in self.pinyin) if is_han(self.run) else self.run

    def keys_from(self, start: int) -> Iterator[str]:
        """The keys of a match that begins at character `start`."""
        if not is_han(self.run):
            yield self.run[start : start + PINYIN_LENGTH]
            return
        yield self.run[start : start + HAN_LENGTH]
        yield self.run[start : start + HAN_WORD]
        yield "".join(self.pinyin[start:])[:PINYIN_LENGTH]
        yield self.initials[start : start + INITIALS_LENGTH]


def contained_keys(text: str) -> set[str]:
    """Keys for every place in `text` where a match may begin."""
    keys: set[str] = set()
    for run in runs(text):
        spelling = Spelling(run)
        for start in range(len(run) if is_han(run) else 1):
            keys.update(spelling.keys_from(start))
    return keys


@lru_cache(maxsize=20_000)
def leading_keys(text: str) -> frozenset[str]:
    """Keys for a match that begins where `text` does, and for its last characters."""
    keys: set[str] = set()
    for run in runs(text):
        spelling = Spelling(run)
        keys.update(spelling.keys_from(0))
        # What a longer query asks for last: its last four characters.
        keys.update(run[i : i + HAN_LENGTH] for i in range(1, len(run) - HAN_LENGTH + 1))
    return frozenset(keys)


def start_keys(text: str) -> set[str]:
    """Keys for a match that begins where `text` does: nothing further in."""
    joined = "".join(runs(text))
    if not joined:
        return set()
    keys = {joined[:HAN_LENGTH]}
    if is_han(joined):
        keys |= {pinyin_of(text)[:PINYIN_LENGTH], initials_of(text)[:INITIALS_LENGTH]}
    else:
        keys = {joined[:PINYIN_LENGTH]}
    return keys


def exact_keys(text: str) -> set[str]:
    """The whole of `text` in each spelling."""
    whole = {"".join(runs(text)), pinyin_of(text), initials_of(text)}
    return {key[:EXACT_LENGTH] for key in whole if key}


def pinyin_of(text: str) -> str:
    """义乌市 → yiwushi."""
    return "".join("".join(Spelling(run).pinyin) for run in runs(text))


def initials_of(text: str) -> str:
    """义乌市 → yws."""
    return "".join(Spelling(run).initials for run in runs(text))
