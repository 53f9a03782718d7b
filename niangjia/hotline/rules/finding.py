"""Finding a topic or an article by what an agent types while listening."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Findable(Protocol):
    """What can be found: a name, its pinyin initials, and words of callers."""

    name: str
    initials: str
    keywords: list[str]


T = TypeVar("T", bound=Findable)
#: How well something fits; less is better.
WHOLE, BEGINS, INITIALS, KEYWORD, WITHIN, LETTERS, NOT = range(7)


def fit(topic: Findable, typed: str) -> int:
    """How well `typed` (lower case, no blanks) names `topic`."""
    name, words = topic.name.lower(), [word.lower() for word in topic.keywords]
    if typed in (name, topic.initials, *words):
        return WHOLE
    if name.startswith(typed):
        return BEGINS
    if topic.initials.startswith(typed):
        return INITIALS
    if any(word.startswith(typed) for word in words):
        return KEYWORD
    if typed in name or any(typed in word or word in typed for word in words):
        return WITHIN
    return LETTERS if len(typed) > 1 and typed in topic.initials else NOT


def found(topics: Iterable[T], typed: str, *, most: int = 12) -> list[T]:
    """The topics that `typed` may mean, the best first; for nothing all of them."""
    plain = "".join(typed.split()).lower()
    if not plain:
        return list(topics)
    fits = [(fit(topic, plain), topic) for topic in topics]
    return [topic for how, topic in sorted(fits, key=lambda each: each[0]) if how != NOT][:most]
