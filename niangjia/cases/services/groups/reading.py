"""A group as it is read: by an officer, with who takes part; by a member, without."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from niangjia.cases.models import Case, CaseEntry, GroupMember
from niangjia.cases.rules import groups as rules
from niangjia.cases.selectors import list_entries
from niangjia.cases.selectors.groups import (
    Standing,
    access_membership,
    group_of,
    is_kept_from,
    members_of,
    standing_of,
)
from niangjia.cases.services import texting_members, timeline
from niangjia.cases.services.contacts import Contact, contact_of
from niangjia.cases.services.groups.opening import code_of
from niangjia.cases.services.locking import not_found
from niangjia.cases.services.reading import read_case
from niangjia.cases.services.timeline import Said
from niangjia.core import audit, protection, transactions
from niangjia.core.prepared import asked, together
from niangjia.members.models import Account, Post


@dataclass(frozen=True)
class Stands:
    """Somebody who stands or represents, by name: they agreed to be known to the group."""

    standing: Standing
    name: str


@dataclass(frozen=True)
class GroupReading:
    """A group with its seals open, for officers."""

    case: Case
    code: str
    members: Sequence[tuple[GroupMember, Contact]]
    standing: Sequence[Stands]
    is_group: bool

    @property
    def may_elect(self) -> bool:
        return rules.may_elect(len(self.members))


@dataclass(frozen=True)
class GroupPart:
    """What a member reads: where the case stands, how many they are, who speaks. Of the others
    nothing; what the applicant wrote, and was written, only by whoever speaks for all. To `news_to`
    messages go that there is news."""

    case: Case
    member: GroupMember
    code: str
    count: int
    standing: Sequence[Stands]
    own: Standing | None
    may_speak: bool
    timeline: Sequence[tuple[CaseEntry, Said]]
    news_to: str

    @property
    def may_elect(self) -> bool:
        return rules.may_elect(self.count)


@transactions.atomic
def read_group(
    *, by: Account, posts: Sequence[Post], number: str, purpose: str = "", now: dt.datetime
) -> GroupReading:
    """Open who takes part in a case, for an officer: as opening the case itself (`read_case`), and
    recorded once more. Raises what that does."""
    case = read_case(by=by, posts=posts, number=number, purpose=purpose, now=now).case
    with protection.viewing(account=by.pk):
        group, members, standing = together(
            group_of(case), asked(members_of(case)), standing_of(case)
        )
    audit.record(
        action="case.members-read",
        by=by.pk,
        subject=f"case:{case.pk}",
        union_id=case.handler_id,
        details={"count": len(members)},
    )
    contacts = [(member, contact_of(case, member)) for member in members]
    return GroupReading(
        case=case,
        code=code_of(case, group) if group else "",
        members=contacts,
        standing=[
            Stands(each, contact_of(case, each.representative.member).name) for each in standing
        ],
        is_group=group is not None,
    )


@transactions.atomic
def read_part(*, owner: bytes, number: str) -> GroupPart:
    """What a member of a group reads of it. Whoever has come to hold an office on the side of the
    accused employer meanwhile reads nothing any more. Raises `NotFound`."""
    member = access_membership(owner, number)
    with protection.working("cases.group"):
        case = member.case
        contact = contact_of(case, member)
        if contact.account and is_kept_from(contact.account, case):
            raise not_found()
        group, count, standing, entries = together(
            group_of(case),
            asked(members_of(case).values_list("pk", flat=True), len),
            standing_of(case),
            asked(list_entries(case).filter(is_public=True)),
        )
        elected = {each.representative.member_id for each in standing if each.is_elected}
        is_first, represents = bytes(case.owner_digest) == owner, member.pk in elected
        opened = is_first or represents
        return GroupPart(
            case=case,
            member=member,
            code=code_of(case, group) if group and opened else "",
            count=count,
            standing=[
                Stands(each, contact_of(case, each.representative.member).name)
                for each in standing
                if each.representative.accepted_at
            ],
            own=next((s for s in standing if s.representative.member_id == member.pk), None),
            may_speak=rules.may_speak(member.pk, elected),
            timeline=[
                (entry, timeline.said_in(case, entry) if opened else Said()) for entry in entries
            ],
            news_to=texting_members.number_of(member),
        )
