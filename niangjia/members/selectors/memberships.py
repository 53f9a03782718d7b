"""Reading memberships."""

import uuid
from typing import Any

from django.db.models import QuerySet

from niangjia.members.models import (
    Account,
    Membership,
    MembershipChange,
    MembershipStatus,
    Workplace,
)
from niangjia.members.rules.particulars import LABELS, OF_THE_PERSON
from niangjia.organisations.models import Union


def find_membership(account: Account) -> Membership | None:
    """The membership of the account's person: there is one at most that has not ended."""
    return list_memberships_of(account).first() if account.person_id else None


def list_memberships_of(account: Account) -> QuerySet[Membership]:
    """The same as a list: of one, or empty."""
    own = Membership.objects.filter(person__account=account)
    return own.exclude(status=MembershipStatus.ENDED).select_related("union__division", "person")


def list_changes(account: Account) -> QuerySet[MembershipChange]:
    """Everything that ever happened to the person's memberships, the latest first."""
    return (
        MembershipChange.objects.select_related("membership", "union", "from_union")
        .filter(membership__person__account=account)
        .order_by("-at", "-id")
    )


def last_change_id(membership: Membership) -> uuid.UUID:
    """The last step of the history: another one says that something has changed since."""
    last: uuid.UUID = membership.changes.order_by("-id").values_list("id", flat=True)[0]
    return last


def count_outdoors(union: Union) -> int:
    """How many members of a union work outdoors, as it says. One query."""
    found = Membership.objects.filter(union=union, workplace=Workplace.OUTDOORS)
    return found.exclude(status=MembershipStatus.ENDED).count()


def particulars_of(membership: Membership) -> dict[str, Any]:
    """What stands in the register now, field by field."""
    return {
        field: getattr(membership.person if field in OF_THE_PERSON else membership, field)
        for field in LABELS
    }
