"""Membership rested, woken, ended. History in the same transaction."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, outbox, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.events.memberships import (
    MembershipEnded,
    MembershipReserved,
    MembershipRestored,
)
from niangjia.members.models import (
    Account,
    ChangeKind,
    Membership,
    MembershipStatus,
    Person,
    Post,
)
from niangjia.members.rules import applications as rules
from niangjia.members.services.memberships.recording import (
    MEMBERS,
    lock_live,
    lock_within,
    record_change,
    tell,
)
from niangjia.organisations import services as organisations


@transactions.atomic
def reserve_membership(
    *, by: Post, membership: Membership, reason: str, now: dt.datetime
) -> Membership:
    """会籍保留: somebody retired or lost their job; they stay a member (2016 rules, Article 14).

    Raises `NotFound` out of reach, `Conflict` unless it is active, `Invalid` on `reason`.
    """
    membership = lock_within(by, membership)
    reason = rules.check_reason(True, reason)
    _require(membership, MembershipStatus.ADMITTED)
    membership.status = MembershipStatus.RESERVED
    membership.save(update_fields=["status"])
    record_change(membership, ChangeKind.RESERVED, by=by.account_id, now=now, reason=reason)
    outbox.publish(
        MembershipReserved(membership_id=str(membership.pk), union_id=str(membership.union_id))
    )
    facts = {"union": membership.union.name, "reason": reason}
    tell(membership, "membership.reserved", facts, now=now)
    return membership


@transactions.atomic
def restore_membership(*, by: Post, membership: Membership, now: dt.datetime) -> Membership:
    """A reserved membership becomes active again. Raises as `reserve_membership`."""
    membership = lock_within(by, membership)
    _require(membership, MembershipStatus.RESERVED)
    membership.status = MembershipStatus.ADMITTED
    membership.save(update_fields=["status"])
    record_change(membership, ChangeKind.RESTORED, by=by.account_id, now=now)
    outbox.publish(
        MembershipRestored(membership_id=str(membership.pk), union_id=str(membership.union_id))
    )
    tell(membership, "membership.restored", {"union": membership.union.name}, now=now)
    return membership


@transactions.atomic
def end_membership(
    *, by: Post, membership: Membership, reason: str, now: dt.datetime
) -> Membership:
    """The union ends a membership (death, entered twice, ...). Raises as `reserve_membership`."""
    membership = lock_within(by, membership)
    reason = rules.check_reason(True, reason)
    _end(membership, by=by.account_id, reason=reason, now=now)
    tell(
        membership,
        "membership.ended",
        {"union": membership.union.name, "reason": reason},
        now=now,
    )
    return membership


@transactions.atomic
def resign(*, account: Account, reason: str = "", now: dt.datetime) -> Membership:
    """The member leaves of their own free will (Constitution of the Chinese trade unions, Article
    5: 会员有退会自由). No reason is asked for. Raises `NotFound` when there is no membership."""
    person = Person.objects.filter(account=account).first()
    membership = lock_live(person) if person else None
    if membership is None:
        raise NotFound(_("You are not a member."))
    _end(membership, by=account.pk, reason=reason.strip()[:500], now=now)
    return membership


def _require(membership: Membership, status: MembershipStatus) -> None:
    if membership.status != status:
        raise Conflict(_("The membership has changed meanwhile."), code="membership-changed")


def _end(membership: Membership, *, by: uuid.UUID, reason: str, now: dt.datetime) -> None:
    if membership.status == MembershipStatus.ENDED:
        raise Conflict(_("This membership has ended."), code="membership-ended")
    membership.status = MembershipStatus.ENDED
    membership.ended_date = now.astimezone(clock.CHINA).date()
    membership.save(update_fields=["status", "ended_date"])
    organisations.count(union_id=membership.union_id, metric=MEMBERS, change=-1)
    record_change(membership, ChangeKind.ENDED, by=by, now=now, reason=reason)
    outbox.publish(
        MembershipEnded(membership_id=str(membership.pk), union_id=str(membership.union_id))
    )
