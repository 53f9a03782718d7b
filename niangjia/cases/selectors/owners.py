"""Who a case belongs to, without saying who."""

import hashlib
import uuid

from niangjia.cases.rules import numbering
from niangjia.core.crypto import digest, keys
from niangjia.core.crypto.digests import digests_of
from niangjia.core.crypto.sealing import current_suite

FIRST_SUITE = 1
PURPOSE, OF_PERSON = "case-owner", "case-person"


def owner_of_account(account_id: uuid.UUID) -> bytes:
    """The digest by which the cases of an account are found: 32 bytes."""
    return digest(PURPOSE, of_account(account_id))


def of_account(account_id: uuid.UUID) -> str:
    """What is digested."""
    return f"account:{account_id}"


def owner_of_receipt(receipt: str) -> bytes:
    """The digest by which the case of a receipt, as typed, is found from when it is made."""
    return digest(PURPOSE, f"receipt:{numbering.plain_receipt(receipt)}")


def kept_of_receipt(receipt: str) -> str:
    """What lies sealed with a case so that a new key can digest its owner anew: a hash of the
    receipt's 128 random bits, from which nobody comes back to them (promise 5)."""
    return hashlib.sha256(numbering.plain_receipt(receipt).encode()).hexdigest()


def owner_of_kept(kept: str) -> bytes:
    """The digest of a receipt once keys have changed."""
    return digest(PURPOSE, of_kept(kept))


def of_kept(kept: str) -> str:
    """What is digested."""
    return f"receipt-hash:{kept}"


def owners_of_receipt(receipt: str) -> list[bytes]:
    """Every digest that a receipt may be found by, the likeliest first. Just one while the node's
    first digest key holds."""
    first = owner_of_receipt(receipt)
    if is_first_key():
        return [first]
    plain = f"receipt:{numbering.plain_receipt(receipt)}"
    anew = digests_of(PURPOSE, of_kept(kept_of_receipt(receipt)))
    return list(dict.fromkeys([first, *anew, *digests_of(PURPOSE, plain)]))


def is_first_key() -> bool:
    """Whether digests are what they have been from the beginning: no key and no suite after it."""
    number, _key = keys.ring().current_key("digest")
    return number == 1 and current_suite().number == FIRST_SUITE


def person_digest(person_id: uuid.UUID) -> bytes:
    """The digest by which a person's cases are found by officers who may see them."""
    return digest(OF_PERSON, str(person_id))
