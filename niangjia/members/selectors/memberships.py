"""Reading memberships."""

from django.db.models import QuerySet

from niangjia.members.models import Account, Membership, MembershipChange, MembershipStatus


def find_membership(account: Account) -> Membership | None:
    """The membership of the account's person: there is one at most that has not ended."""
    if account.person_id is None:
        return None
    return (
        Membership.objects.select_related("union", "person")
        .filter(person_id=account.person_id)
        .exclude(status=MembershipStatus.ENDED)
        .first()
    )


def list_changes(account: Account) -> QuerySet[MembershipChange]:
    """Everything that ever happened to the person's memberships, the latest first."""
    return (
        MembershipChange.objects.select_related("membership", "union", "from_union")
        .filter(membership__person__account=account)
        .order_by("-at", "-id")
    )
