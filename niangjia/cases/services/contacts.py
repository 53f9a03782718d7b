"""Who a member of a group is: sealed under the key of the case, to where the member is found."""

import json
import uuid
from dataclasses import dataclass

from niangjia.cases.models import Case, GroupMember
from niangjia.cases.services import timeline


@dataclass(frozen=True)
class Contact:
    """Who a member is, opened; of a receipt the hash (`owners.kept_of_receipt`), where messages go
    that there is news, and when the last went or goes out (ADR 174)."""

    name: str
    phone: str
    account: uuid.UUID | None = None
    receipt: str = ""
    news_to: str = ""
    news_at: str = ""


#: Of whom nothing is left.
NOBODY = Contact("", "")


def is_sealed(case: Case, member: GroupMember) -> bool:
    """Whether anything is left that says who it is."""
    return bool(case.sealed_key and member.contact)


def contact_of(case: Case, member: GroupMember) -> Contact:
    """Who a member is. Whoever calls has recorded why it is read, or hands none of it out."""
    if not is_sealed(case, member):
        return NOBODY
    told = json.loads(text_of(case, member))
    account = uuid.UUID(told["account"]) if told["account"] else None
    return Contact(
        told["name"],
        told["phone"],
        account,
        told.get("receipt", ""),
        told.get("news_to", ""),
        told.get("news_at", ""),
    )


def text_of(case: Case, member: GroupMember) -> str:
    """What lies sealed, as it was written."""
    return timeline.key_of(case).unseal(member.contact, part=part_of(bytes(member.owner_digest)))


def seal_contact(case: Case, contact: Contact, *, owner: bytes) -> bytes:
    """What lies sealed of whoever is found by `owner`."""
    told = {
        "name": contact.name,
        "phone": contact.phone,
        "account": str(contact.account) if contact.account else None,
        "receipt": contact.receipt,
        **({"news_to": contact.news_to, "news_at": contact.news_at} if contact.news_to else {}),
    }
    text = json.dumps(told, ensure_ascii=False)
    return timeline.key_of(case).seal(text, part=part_of(owner))


def part_of(owner: bytes) -> str:
    """Where a member's `contact` is sealed to."""
    return f"member:{owner.hex()}"
