"""Making a case one that others join."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseGroup, EntryKind, GroupMember, JoinedBy, State
from niangjia.cases.rules import groups as rules
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.groups import code_digest, phone_digest
from niangjia.cases.services import locking, timeline
from niangjia.cases.services.contacts import Contact, seal_contact
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Account, Post

OPEN_STATES = (State.OPEN, State.PAUSED)


@transactions.atomic
def open_group(*, by: Post, case_id: uuid.UUID, now: dt.datetime) -> CaseGroup:
    """An officer makes a case one of a group; twice is once. Raises `Conflict` "not-for-groups"."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
    with protection.working("cases.group"):
        return opened(case, by=by.account_id, now=now)


@transactions.atomic
def open_own_group(*, owner: bytes, case_id: uuid.UUID, now: dt.datetime) -> CaseGroup:
    """The applicant does; twice is once."""
    with protection.viewing(receipt=owner):
        case = locking.lock_for_applicant(case_id, owner)
        locking.check_open(case, states=OPEN_STATES)
    with protection.working("cases.group"):
        return opened(case, by=None, now=now)


def opened(case: Case, *, by: uuid.UUID | None, now: dt.datetime) -> CaseGroup:
    """The group of a locked case; whoever asked is its first member. As background work."""
    if found := CaseGroup.objects.filter(case=case).first():
        return found
    if not document_of(case.snapshot_id).group_allowed:
        raise Conflict(_("Each person asks for this service alone."), code="not-for-groups")
    code = rules.new_code()
    group = CaseGroup.objects.create(
        case=case,
        code_digest=code_digest(code),
        code=timeline.key_of(case).seal(code, part="group"),
        opened_at=now,
        opened_by_account_id=by,
    )
    told = timeline.told_in(case)
    account = Account.objects.filter(pk=told["account"]).first() if told["account"] else None
    add_member(
        case,
        owner=bytes(case.owner_digest),
        name=told["name"] or (account.person.name if account and account.person else ""),
        phone=told["phone"] or (account.phone if account else ""),
        account=account,
        joined_by=JoinedBy.ACCOUNT if account else JoinedBy.RECEIPT,
        kept=told.get("receipt", ""),
        now=now,
    )
    timeline.write_entry(
        case,
        EntryKind.GROUP,
        now=now,
        by=by,
        union=case.handler if by else None,
        facts={"what": "opened"},
        is_public=True,
    )
    return group


def code_of(case: Case, group: CaseGroup) -> str:
    """The code to join by, to be passed on."""
    opened = timeline.key_of(case).unseal(group.code, part="group")
    return rules.shown_code(opened)


def add_member(
    case: Case,
    *,
    owner: bytes,
    name: str,
    phone: str,
    account: Account | None,
    joined_by: str,
    kept: str = "",
    news_to: str = "",
    now: dt.datetime,
) -> GroupMember:
    """Somebody takes part in a locked case from now on; again after they left. As background
    work. `kept` is the hash of the receipt they have, if they have one; to `news_to` messages go
    that there is news."""
    contact = Contact(name, phone, account.pk if account else None, kept, news_to)
    member, _made = GroupMember.objects.update_or_create(
        case=case,
        owner_digest=owner,
        defaults={
            "phone_digest": phone_digest(case.pk, phone) if phone else None,
            "contact": seal_contact(case, contact, owner=owner),
            "joined_by": joined_by,
            "state": "joined",
            "joined_at": now,
            "left_at": None,
        },
    )
    count_people(case)
    return member


def count_people(case: Case) -> None:
    """A case says at least as many people as take part. As background work."""
    members = GroupMember.objects.filter(case=case, state="joined").count()
    if members > case.people_count:
        case.people_count = members
        case.save(update_fields=["people_count"])
