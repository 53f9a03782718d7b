"""Fields that only the key's holder can read, and digests to look them up by."""

from niangjia.core.crypto.digests import digest, digests_of
from niangjia.core.crypto.fields import EncryptedTextField
from niangjia.core.crypto.keys import KeyProvider, KeyRing
from niangjia.core.crypto.sealing import seal, unseal

__all__ = [
    "EncryptedTextField",
    "KeyProvider",
    "KeyRing",
    "digest",
    "digests_of",
    "seal",
    "unseal",
]
