"""Whether two names mean one place: 江滨路工会驿站, 江滨路户外劳动者服务站点."""

import re
import unicodedata

#: What stations are called besides their own name, the longest first.
COMMON = re.compile(
    r"户外劳动者|新就业形态|快递小哥|劳动者|爱心|暖心|职工|工会|总工会|服务|综合|之家"
    r"|驿站|站点|港湾|小站|站|点|室"
)
SIGNS = re.compile(r"[\W_]+")
BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


def key_of(name: str) -> str:
    """What is left of a name without what all stations are called, without signs, and without what
    stands in brackets; where nothing is left, what stands there after all."""
    plain = unicodedata.normalize("NFKC", name).lower()
    for kept in (BRACKETS.sub("", plain), plain):
        if own := SIGNS.sub("", COMMON.sub("", kept)):
            return own
    return SIGNS.sub("", plain)


def sound_alike(one: str, other: str) -> bool:
    """Whether these are the same name but for what all stations are called."""
    return key_of(one) == key_of(other)
