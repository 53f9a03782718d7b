"""Who a case belongs to, without saying who."""

import uuid

from niangjia.cases.rules import numbering
from niangjia.core.crypto import digest


def owner_of_account(account_id: uuid.UUID) -> bytes:
    """The digest by which the cases of an account are found: 32 bytes."""
    return digest("case-owner", f"account:{account_id}")


def owner_of_receipt(receipt: str) -> bytes:
    """The digest by which the case of a receipt, as typed, is found."""
    return digest("case-owner", f"receipt:{numbering.plain_receipt(receipt)}")


def person_digest(person_id: uuid.UUID) -> bytes:
    """The digest by which a person's cases are found by officers who may see them."""
    return digest("case-person", str(person_id))
