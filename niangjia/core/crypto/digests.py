"""Keyed digests: equal texts can be found, and nothing can be read or tried without the key."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from cryptography.hazmat.primitives.hmac import HMAC

from niangjia.core.crypto import keys
from niangjia.core.crypto.macs import MOST_KEYS
from niangjia.core.crypto.sealing import current_suite
from niangjia.core.crypto.suites import SUITES, Suite

TOKEN_BYTES = 24


def digest(purpose: str, text: str) -> bytes:
    """HMAC of `text` under the digest key, bound to `purpose` ("phone", "identity-number").

    32 bytes; HMAC-SM3 or HMAC-SHA-256 by the node's suite. Promise 31: another key than the one
    that encrypts.
    """
    _number, key = keys.ring().current_key("digest")
    return current_suite().mac(key, message(purpose, text))


def digests_of(purpose: str, text: str) -> list[bytes]:
    """The digests `text` may be stored under, today's first: for look-ups while keys rotate."""
    [found] = digests_of_each(purpose, [text])
    return found


def digests_of_each(purpose: str, texts: Iterable[str]) -> Iterator[list[bytes]]:
    """`digests_of` for each of many texts."""
    ring = keys.ring()
    today = current_suite(), ring.current_key("digest")[1]
    every = product(SUITES.values(), ring.keys["digest"].values())
    codes = [begun(suite, key) for suite, key in dict.fromkeys([today, *every])]
    for text in texts:
        yield [coded(code.copy(), message(purpose, text)) for code in codes]


def coded(code: HMAC, text: bytes) -> bytes:
    code.update(text)
    return code.finalize()


@lru_cache(MOST_KEYS)
def begun(suite: Suite, key: bytes) -> HMAC:
    """A code that has taken in its key and nothing else: to be copied, since taking the key in
    costs more than the short texts do."""
    return HMAC(key, suite.hash())


def new_token() -> str:
    """The token of a link: 192 random bits, so that nobody guesses one."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(token: str) -> bytes:
    """What the database keeps of a token it gave out, in a link or to a program: 32 bytes, and no
    key. The token is chance (128 bits and more), so that nothing can be tried against them."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def message(purpose: str, text: str) -> bytes:
    return purpose.encode() + b"\0" + text.encode()
