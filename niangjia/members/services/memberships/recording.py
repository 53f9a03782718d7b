"""What every change of a membership has in common."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit
from niangjia.core.errors import NotFound
from niangjia.members.models import (
    Account,
    ChangeKind,
    Membership,
    MembershipChange,
    MembershipStatus,
    Person,
    Post,
)
from niangjia.members.rules import permissions
from niangjia.members.rules.particulars import Differences
from niangjia.members.rules.permissions import Action
from niangjia.members.services import notices
from niangjia.organisations.models import Union

MEMBERS = "members"


def lock_live(person: Person) -> Membership | None:
    """The person's membership that has not ended, locked. The person's row is locked first, so
    that whoever looks for a membership that is not there yet waits as well."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("union")
        .filter(person=person)
        .exclude(status=MembershipStatus.ENDED)
        .first()
    )


def lock_within(by: Post, membership: Membership) -> Membership:
    """The membership, locked, if the post, read anew, may change it. Raises `NotFound`."""
    post = (
        Post.objects.select_related("union")
        .filter(pk=by.pk, ended_at__isnull=True, account__is_active=True)
        .first()
    )
    Person.objects.select_for_update(of=("self",)).get(pk=membership.person_id)
    found = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("union", "person__account")
        .get(pk=membership.pk)
    )
    if (
        post is None
        or not permissions.may(post.role, Action.CHANGE_MEMBERSHIPS)
        or not post.scope.covers(found.union.path)
    ):
        raise NotFound(_("There is no such member."))
    return found


def record_change(
    membership: Membership,
    kind: ChangeKind,
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
    origin: Union | None = None,
    reason: str = "",
    particulars: Differences | None = None,
) -> None:
    """Add to the membership's history and to the audit chain, which learns the names of changed
    particulars and never what stood there: nothing can be erased from it."""
    details: dict[str, Any] = {"from_union": str(origin.pk)} if origin else {}
    MembershipChange.objects.create(
        membership=membership,
        kind=kind,
        at=now,
        status=membership.status,
        union=membership.union,
        from_union=origin,
        by_account_id=by,
        reason=reason,
        particulars=particulars or {},
    )
    audit.record(
        action=f"membership.{kind}",
        by=by,
        subject=f"membership:{membership.pk}",
        union_id=membership.union_id,
        person_id=membership.person_id,
        details=details | ({"particulars": sorted(particulars)} if particulars else {}),
    )


def tell(membership: Membership, kind: str, facts: dict[str, Any], *, now: dt.datetime) -> None:
    """Put a notice into the member's inbox, if they have an account."""
    account = Account.objects.filter(person=membership.person_id, is_active=True).first()
    if account:
        notices.notify(
            account=account, kind=kind, facts=facts, url=reverse("members:membership"), now=now
        )
