"""Keyed digests: equal texts can be found, and nothing can be read or tried without the key."""

from cryptography.hazmat.primitives import hashes, hmac

from niangjia.core.crypto import keys


def digest(purpose: str, text: str) -> bytes:
    """HMAC-SM3 of `text` under the digest key, bound to `purpose` ("phone", "identity-number").

    32 bytes. Promise 31: another key than the one that encrypts.
    """
    ring = keys.ring()
    mac = hmac.HMAC(ring.keys["digest"][ring.current["digest"]], hashes.SM3())
    mac.update(purpose.encode() + b"\0" + text.encode())
    return mac.finalize()
