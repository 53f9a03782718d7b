"""Terms as the search rows hold them: keyed digests, cut to 32 bits."""

from collections.abc import Iterable
from functools import lru_cache

from niangjia.core.crypto import keys
from niangjia.core.crypto.sealing import current_suite
from niangjia.core.crypto.suites import BY_NUMBER

PURPOSE = b"case-term\0"
#: What stands between the number of a suite and that of a key in `CaseSearch.made_under`.
SUITE = 1 << 8


def made_under() -> int:
    """Under which suite and digest key terms are written today."""
    number, _key = keys.ring().current_key("digest")
    return current_suite().number * SUITE + number


def made_under_any() -> list[int]:
    """Under which the rows may have been written, today's first: while keys rotate a search is
    asked once for each. Rows of another suite are found once the rotation has written them anew."""
    suite = current_suite().number * SUITE
    numbers = sorted(map(int, keys.ring().keys["digest"]), reverse=True)
    return list(dict.fromkeys([made_under(), *(suite + number for number in numbers)]))


def digests(terms: Iterable[str], under: int) -> list[int]:
    """What stands for `terms` in the rows, in their order."""
    key = keys.ring().key("digest", under % SUITE)
    return [digest_of(term, key, under // SUITE) for term in terms]


# The same few ten thousand pairs of characters come again and again.
@lru_cache(maxsize=100_000)
def digest_of(term: str, key: bytes, suite: int) -> int:
    code = BY_NUMBER[suite].mac(key, PURPOSE + term.encode())
    return int.from_bytes(code[:4], "big", signed=True)
