"""Becoming a member, and moving between unions."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, outbox, transactions
from niangjia.core.errors import Conflict
from niangjia.members.events.memberships import (
    MemberAdmitted,
    MembershipRestored,
    MembershipTransferred,
)
from niangjia.members.models import ChangeKind, Membership, MembershipStatus, Person
from niangjia.members.rules import applications as rules
from niangjia.members.services import numbers
from niangjia.members.services.memberships.recording import (
    MEMBERS,
    lock_live,
    record_change,
    tell,
)
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Union


@transactions.atomic
def place_member(
    *,
    person: Person,
    union: Union,
    employer_name: str,
    job: str,
    by_account_id: uuid.UUID | None,
    kind: ChangeKind = ChangeKind.ADMITTED,
    admitted_date: dt.date | None = None,
    now: dt.datetime,
) -> Membership:
    """Make `person` a member of `union`, whatever they were before.

    Nobody: a new membership and number. A member elsewhere: the membership moves, keeping number
    and date (一次入会、动态接转). Reserved: it becomes active. The person's row is locked first:
    two unions that admit somebody at once do so one after the other, and the second moves what
    the first made. `admitted_date` (default: today) is for those entered from paper.
    """
    membership = lock_live(person)
    if membership is None:
        membership = Membership.objects.create(
            number=numbers.membership_number(),
            person=person,
            union=union,
            status=MembershipStatus.ADMITTED,
            employer_name=employer_name,
            job=job,
            admitted_date=admitted_date or now.astimezone(clock.CHINA).date(),
        )
        organisations.count(union_id=union.pk, metric=MEMBERS, change=1)
        record_change(membership, kind, by=by_account_id, now=now)
        outbox.publish(MemberAdmitted(membership_id=str(membership.pk), union_id=str(union.pk)))
        return membership
    was, rested = membership.union, membership.status == MembershipStatus.RESERVED
    membership.employer_name, membership.job = employer_name, job
    membership.status = MembershipStatus.ADMITTED
    if was.pk != union.pk:
        membership.workplace = ""
        _move(membership, union, ChangeKind.TRANSFERRED, by=by_account_id, now=now)
        return membership
    membership.save()
    change = ChangeKind.RESTORED if rested else ChangeKind.CORRECTED
    record_change(membership, change, by=by_account_id, now=now)
    if rested:
        outbox.publish(MembershipRestored(membership_id=str(membership.pk), union_id=str(union.pk)))
    return membership


@transactions.atomic
def hold_members(*, union: Union, by_account_id: uuid.UUID | None, now: dt.datetime) -> int:
    """Move every membership of `union`, which is being dissolved, to the union above, which keeps
    it (Trade Union Law, Article 13: membership survives the unit). Says how many.

    Raises `Conflict` "nobody-above" when there are members and no union above.
    """
    rows = (
        Membership.objects.select_for_update(of=("self",))
        .filter(union=union)
        .exclude(status=MembershipStatus.ENDED)
        .select_related("union", "person__account")
        .order_by("person_id")
    )
    upper = rules.next_handler(union)
    for membership in (found := list(rows)):
        if upper is None:
            raise Conflict(_("No union above could keep the members."), code="nobody-above")
        _move(membership, upper, ChangeKind.HELD, by=by_account_id, now=now)
        tell(
            membership,
            "membership.held",
            {"union": union.name, "to_union": upper.name},
            now=now,
        )
    return len(found)


def _move(
    membership: Membership,
    to: Union,
    kind: ChangeKind,
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
) -> None:
    origin = membership.union
    membership.union = to
    membership.save()
    organisations.count(union_id=origin.pk, metric=MEMBERS, change=-1)
    organisations.count(union_id=to.pk, metric=MEMBERS, change=1)
    record_change(membership, kind, by=by, now=now, origin=origin)
    outbox.publish(
        MembershipTransferred(
            membership_id=str(membership.pk),
            from_union_id=str(origin.pk),
            to_union_id=str(to.pk),
            held=kind == ChangeKind.HELD,
        )
    )
