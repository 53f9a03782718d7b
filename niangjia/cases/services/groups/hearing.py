"""A member without an account hears by text message that there is news, if they agree."""

import uuid
from dataclasses import replace

from niangjia.cases.models import GroupMember, MemberState
from niangjia.cases.services import contacts, locking, texting, texting_members
from niangjia.core import protection, transactions


@transactions.atomic
def set_member_texts(*, owner: bytes, case_id: uuid.UUID, phone: str) -> None:
    """Whoever takes part with a receipt says to which number messages go that there is news, or
    with "" that none go any more, also once the case is over (ADR 174). Raises `Invalid` on
    `phone`, `NotFound`."""
    to = texting.agreed_number(phone) if phone.strip() else ""
    with protection.working("cases.group"):
        member = (
            GroupMember.objects.select_for_update(of=("self",))
            .select_related("case")
            .filter(case=case_id, owner_digest=owner, state=MemberState.JOINED)
            .first()
        )
        if member is None or not contacts.is_sealed(member.case, member):
            raise locking.not_found()
        if bytes(member.case.owner_digest) != owner:
            told = replace(contacts.contact_of(member.case, member), news_to=to, news_at="")
            texting_members.reseal(member.case, member, told)
            member.save(update_fields=["contact"])
            return
    texting.set_texts(owner=owner, case_id=case_id, phone=to)
