"""Leaving a group, and being taken out of it."""

import datetime as dt
import uuid
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import (
    Case,
    EntryKind,
    GroupMember,
    MemberState,
    Representative,
)
from niangjia.cases.services import contacts, locking, texting_members, timeline
from niangjia.cases.services.groups import electing, handing
from niangjia.cases.services.pausing import check_reason
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Post


@transactions.atomic
def leave_group(*, owner: bytes, case_id: uuid.UUID, now: dt.datetime) -> None:
    """Take part no longer: from now on one sees nothing of it, speaks no more for others, and is
    counted no more. Twice is once. When whoever asked first leaves, the case is another member's;
    the last one takes it back instead. Raises `Conflict` "last-member"."""
    with protection.working("cases.group"):
        case, member = electing.lock_member(owner, case_id, any_state=True)
        if member.state != MemberState.JOINED:
            return
        if bytes(case.owner_digest) == owner and not handing.hand_on(case):
            raise Conflict(
                _("You are the last one. Take the case back if you want it to end."),
                code="last-member",
            )
        end_part(case, member, MemberState.LEFT, by=None, now=now)


@transactions.atomic
def remove_member(*, by: Post, member_id: uuid.UUID, reason: str, now: dt.datetime) -> None:
    """An officer takes somebody out who does not belong to it, or has turned to the other side: at
    once they see nothing any more, and no code lets them in again. Twice is once. Raises `Conflict`
    for whoever asked first, `Invalid` on `reason`."""
    reason = check_reason(reason)
    with protection.working("cases.group"):
        case_id = GroupMember.objects.filter(pk=member_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise locking.not_found()
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
    with protection.working("cases.group"):
        member = GroupMember.objects.select_for_update().get(pk=member_id)
        if member.state == MemberState.REMOVED:
            return
        if bytes(member.owner_digest) == bytes(case.owner_digest):
            raise Conflict(
                _("It is their own case. They can only leave it themselves."), code="first-member"
            )
        end_part(case, member, MemberState.REMOVED, by=by.account_id, reason=reason, now=now)


def end_part(
    case: Case,
    member: GroupMember,
    state: MemberState,
    *,
    by: uuid.UUID | None,
    reason: str = "",
    now: dt.datetime,
) -> None:
    """A locked member takes part no longer; what they stood for ends, where messages to them went
    is forgotten, and the voices are counted anew, for now fewer are more than half. As background
    work."""
    member.state, member.left_at = state, now
    contact = contacts.contact_of(case, member)
    if contact.news_to:
        texting_members.reseal(case, member, replace(contact, news_to="", news_at=""))
    member.save(update_fields=["state", "left_at", "contact"])
    Representative.objects.filter(member=member, ended_at=None).update(ended_at=now)
    timeline.write_entry(
        case,
        EntryKind.GROUP,
        now=now,
        by=by,
        union=case.handler if by else None,
        words=reason,
        facts={"what": str(state)},
    )
    electing.count_voices(case, now=now)
