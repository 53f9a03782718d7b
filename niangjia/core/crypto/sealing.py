"""Sealing texts under the node's keys."""

from cryptography.exceptions import InvalidTag
from django.conf import settings

from niangjia.core.crypto import keys
from niangjia.core.crypto.suites import BY_NUMBER, SUITES, Suite


def current_suite() -> Suite:
    """What new data is written with."""
    return SUITES[settings.NIANGJIA_CIPHER_SUITE]


def current_header() -> bytes:
    """Suite and key of what is written now: the first two bytes of every ciphertext."""
    number, _key = keys.ring().current_key("encryption")
    return bytes([current_suite().number, number])


def seal(text: str, *, context: str) -> bytes:
    """Encrypt `text`, bound to `context`, so that it cannot be moved to another column."""
    _number, key = keys.ring().current_key("encryption")
    return current_header() + current_suite().seal(key, text.encode(), context.encode())


def unseal(sealed: bytes, *, context: str) -> str:
    """The text that `seal` was given, whatever suite and key it was under.

    Raises `InvalidTag` when one bit or the context differs, or the key is gone.
    """
    try:
        suite, key = BY_NUMBER[sealed[0]], keys.ring().key("encryption", sealed[1])
    except (KeyError, IndexError) as error:
        raise InvalidTag from error
    return suite.unseal(key, sealed[2:], context.encode()).decode()
