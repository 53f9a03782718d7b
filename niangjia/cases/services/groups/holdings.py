"""What groups hold about people: they find themselves by digests."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import GroupMember, Representative, RepresentativeVoice
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.services import contacts
from niangjia.core import personal_data
from niangjia.core.personal_data import Holding, Subject
from niangjia.members.services.holdings.reasons import DIGEST, internal


def members_of(subject: Subject) -> QuerySet[GroupMember]:
    """Their parts in groups."""
    return GroupMember.objects.filter(owner_digest=owner_of_account(subject.account_id))


def stands_of(subject: Subject) -> QuerySet[Any]:
    return Representative.objects.filter(member__in=members_of(subject))


def voices_of(subject: Subject) -> QuerySet[Any]:
    return RepresentativeVoice.objects.filter(member__in=members_of(subject))


def contact_in(member: GroupMember) -> Any:
    """The name and number they gave, opened for themselves."""
    case = member.case
    return contacts.text_of(case, member) if contacts.is_sealed(case, member) else ""


HOLDINGS = (
    Holding(
        model="cases.GroupMember",
        link="owner_digest",
        to="account",
        title=_("Groups you took part in"),
        exported=("case_id", "contact", "state", "joined_at", "left_at"),
        withheld={"phone_digest": DIGEST, **internal("joined_by")},
        erased={"contact": b"", "phone_digest": None},
        kept="how many took part in a case, without who",
        find=members_of,
        readers={"contact": contact_in},
    ),
    Holding(
        model="cases.Representative",
        link="member_id",
        to="account",
        title=_("Groups you stood for"),
        exported=("nominated_at", "accepted_at", "elected_at", "ended_at"),
        kept="that somebody spoke for a group, without who",
        find=stands_of,
    ),
    Holding(
        model="cases.RepresentativeVoice",
        link="member_id",
        to="account",
        title=_("What you said about representatives"),
        exported=("agrees", "at"),
        withheld=internal("representative_id", "on_paper"),
        kept="how a representative was chosen, without by whom",
        find=voices_of,
    ),
    Holding(
        model="cases.CaseGroup",
        link="opened_by_account_id",
        to="account",
        title=_("Groups you opened as an officer"),
        exported=("opened_at",),
        withheld={"code_digest": DIGEST, **internal("case_id", "code")},
        kept="which officer opened a case to others is part of the record",
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*HOLDINGS)
