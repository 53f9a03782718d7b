"""What stands between a worker and a union, and what the union promises."""

import datetime as dt
from dataclasses import dataclass

from niangjia.core import clock, working_calendar
from niangjia.core.working_calendar import DueDate
from niangjia.members.models import (
    Account,
    Application,
    ApplicationStatus,
    Membership,
    MembershipStatus,
)
from niangjia.members.rules import applications as rules
from niangjia.members.selectors.applications import find_open_application
from niangjia.members.selectors.memberships import find_membership
from niangjia.organisations.models import Union


@dataclass(frozen=True)
class Standing:
    """Where an account stands before a union it wants to join."""

    union: Union
    draft: Application | None = None
    waiting: Application | None = None
    membership: Membership | None = None

    @property
    def is_joinable(self) -> bool:
        return rules.is_joinable(self.union)

    @property
    def is_member_here(self) -> bool:
        """Whether nothing is left to apply for."""
        return (
            self.membership is not None
            and self.membership.union_id == self.union.pk
            and self.membership.status == MembershipStatus.ADMITTED
        )

    @property
    def moves_from(self) -> Union | None:
        """The union the membership would leave, when this is a transfer."""
        if self.membership is None or self.membership.union_id == self.union.pk:
            return None
        return self.membership.union


def standing(account: Account | None, union: Union) -> Standing:
    """Where `account` (None: a visitor) stands before `union`. Two queries at most."""
    if account is None:
        return Standing(union)
    opened = find_open_application(account)
    is_draft = opened is not None and opened.status == ApplicationStatus.DRAFT
    return Standing(
        union,
        draft=opened if is_draft else None,
        waiting=None if is_draft else opened,
        membership=find_membership(account),
    )


def promised_answer(union: Union, now: dt.datetime) -> DueDate:
    """By when `union` answers what is submitted `now`, and whether the calendar is sure of it."""
    return working_calendar.deadline(
        now.astimezone(clock.CHINA).date(),
        union.answer_working_days,
        province=union.division_id[:2],
    )
