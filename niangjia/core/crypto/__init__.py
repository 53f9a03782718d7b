"""Fields that only the key's holder can read, and digests to look them up by."""

from niangjia.core.crypto.digests import digest, digests_of, new_token, token_digest
from niangjia.core.crypto.envelopes import RecordKey, new_key, open_key
from niangjia.core.crypto.fields import EncryptedTextField
from niangjia.core.crypto.keys import KeyProvider, KeyRing
from niangjia.core.crypto.sealing import seal, unseal

__all__ = [
    "EncryptedTextField",
    "KeyProvider",
    "KeyRing",
    "RecordKey",
    "digest",
    "digests_of",
    "new_key",
    "new_token",
    "open_key",
    "seal",
    "token_digest",
    "unseal",
]
