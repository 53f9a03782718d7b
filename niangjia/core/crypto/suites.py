"""Cipher suites: Chinese or international algorithms, by the setting NIANGJIA_CIPHER_SUITE.

Every ciphertext names the suite it was made with, so that a change of setting reads what is there
and `rotation` writes it anew (promise 32).
"""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, algorithms, modes

SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16


@dataclass(frozen=True)
class Suite:
    """One block cipher in GCM and one hash. `number` is what ciphertexts begin with."""

    number: int
    name: str
    cipher: type[algorithms.SM4] | type[algorithms.AES]
    key_bytes: int
    hash: type[hashes.SM3] | type[hashes.SHA256]

    def seal(self, key: bytes, text: bytes, context: bytes) -> bytes:
        """Salt, nonce, tag, ciphertext.

        Each message has a key of its own, derived from `key` and 128 random bits, and a random
        nonce of 96: before one pair comes twice, more texts would have to be sealed than there are
        atoms in the sea.
        """
        salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
        sealed, tag = gcm_seal(self.cipher(self.message_key(key, salt)), nonce, text, context)
        return salt + nonce + tag + sealed

    def unseal(self, key: bytes, sealed: bytes, context: bytes) -> bytes:
        """The text. Raises `InvalidTag` when one bit, the key or the context is another."""
        if len(sealed) < SALT_BYTES + NONCE_BYTES + TAG_BYTES:
            raise InvalidTag
        salt, rest = sealed[:SALT_BYTES], sealed[SALT_BYTES:]
        nonce, rest = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        tag, body = rest[:TAG_BYTES], rest[TAG_BYTES:]
        return gcm_unseal(self.cipher(self.message_key(key, salt)), nonce, tag, body, context)

    def mac(self, key: bytes, data: bytes) -> bytes:
        """HMAC with this suite's hash: 32 bytes."""
        code = hmac.HMAC(key, self.hash())
        code.update(data)
        return code.finalize()

    def message_key(self, key: bytes, salt: bytes) -> bytes:
        return self.mac(key, self.name.encode() + salt)[: self.key_bytes]


def gcm_seal(
    cipher: BlockCipherAlgorithm, nonce: bytes, text: bytes, context: bytes
) -> tuple[bytes, bytes]:
    """Ciphertext and tag."""
    encryptor = Cipher(cipher, modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(context)
    return encryptor.update(text) + encryptor.finalize(), encryptor.tag


def gcm_unseal(
    cipher: BlockCipherAlgorithm, nonce: bytes, tag: bytes, body: bytes, context: bytes
) -> bytes:
    """The text; nothing of it leaves before the tag has held."""
    decryptor = Cipher(cipher, modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(context)
    return decryptor.update(body) + decryptor.finalize()


SUITES = {
    suite.name: suite
    for suite in (
        Suite(1, "sm4-gcm-sm3", algorithms.SM4, 16, hashes.SM3),
        Suite(2, "aes256-gcm-sha256", algorithms.AES, 32, hashes.SHA256),
    )
}
BY_NUMBER = {suite.number: suite for suite in SUITES.values()}
