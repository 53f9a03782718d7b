"""Text messages to members of a group who have nothing but a receipt, as to whoever asked with one
(`texting`, ADR 174). The number lies sealed with who they are, and no officer is shown it."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from procrastinate.contrib.django import app

from niangjia.cases.models import Case, GroupMember, MemberState
from niangjia.cases.rules.texting import moment_of
from niangjia.cases.services import texting, timeline
from niangjia.cases.services.contacts import Contact, contact_of, seal_contact
from niangjia.core import protection
from niangjia.members.clients import sms

#: The job that sends one; `tasks.text_member` is registered under this name.
TEXT = "niangjia.cases.text_member"


def plan(case: Case, opened: Collection[tuple[GroupMember, Contact]], *, now: dt.datetime) -> None:
    """There is news of a case: a message goes to each of those who agreed to it, unless one is on
    its way to them. `opened` are those who take part besides whoever asked. As background work. No
    query where nobody agreed, else four, however many did."""
    agreed = [member.pk for member, contact in opened if contact.news_to]
    if not agreed:
        return
    told: list[GroupMember] = []
    jobs: list[tuple[dt.datetime, dict[str, Any]]] = []
    for member in GroupMember.objects.select_for_update().filter(pk__in=agreed).order_by("pk"):
        contact = contact_of(case, member)
        last = dt.datetime.fromisoformat(contact.news_at) if contact.news_at else None
        if not contact.news_to or (last is not None and last > now):
            continue
        at = moment_of(now, last)
        reseal(case, member, replace(contact, news_at=at.isoformat()))
        told.append(member)
        jobs.append((at, {"member_id": str(member.pk)}))
    GroupMember.objects.bulk_update(told, ["contact"])
    for at in sorted({at for at, _args in jobs}):
        together = (args for when, args in jobs if when == at)
        app.configure_task(TEXT, queue="keeping", schedule_at=at).batch_defer(*together)


def reseal(case: Case, member: GroupMember, contact: Contact) -> None:
    """Let `contact` lie sealed in `member`; the caller saves it."""
    member.contact = seal_contact(case, contact, owner=bytes(member.owner_digest))


def text_member(*, member_id: uuid.UUID) -> bool:
    """Send one message; says whether it went out. Like `texting.text_news`."""
    with protection.working("cases.texting"):
        member = GroupMember.objects.select_related("case").filter(pk=member_id).first()
        phone = number_of(member) if member is not None else ""
    if member is None or not phone:
        return False
    case = member.case
    sms.client().send(phone=phone, template=texting.TEMPLATE, code="", language=case.language)
    texting.note_texted(case_id=case.pk)
    return True


def number_of(member: GroupMember) -> str:
    """Where messages to a member go; "" where nobody wants one any more. Of whoever the case is it
    stands in the case, also when it became theirs later. As background work."""
    case = member.case
    if member.state != MemberState.JOINED or not case.sealed_key:
        return ""
    if bytes(case.owner_digest) == bytes(member.owner_digest):
        return str(timeline.told_in(case).get(texting.TO, ""))
    return contact_of(case, member).news_to
