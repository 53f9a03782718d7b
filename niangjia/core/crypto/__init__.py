"""Fields that only the key's holder can read, and digests to look them up by."""

from niangjia.core.crypto.digests import digest
from niangjia.core.crypto.fields import EncryptedTextField

__all__ = ["EncryptedTextField", "digest"]
