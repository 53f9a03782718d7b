"""Who looked at somebody's data (promise 6)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from niangjia.core.models import AuditEntry
from niangjia.core.prepared import Asked, asked, together
from niangjia.members.models import Account
from niangjia.organisations.models import Union


def list_views_of_data(account: Account) -> QuerySet[AuditEntry]:
    """Each time somebody else looked at the person behind `account`, and why. Newest first."""
    if account.person_id is None:
        return AuditEntry.objects.none()
    return (
        AuditEntry.objects.filter(person_id=account.person_id)
        .exclude(purpose="")
        .exclude(account_id=account.id)
        .order_by("-at", "-id")
    )


def unions_named(ids: Iterable[UUID | None]) -> Asked[dict[UUID, str]]:
    """The question for the names of some unions, by id."""
    wanted = {union_id for union_id in ids if union_id}
    return asked(Union.objects.filter(id__in=wanted).values_list("id", "name"), dict)


def names_of_unions(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of some unions, by id. One query, none without any."""
    wanted = [union_id for union_id in ids if union_id]
    return together(unions_named(wanted))[0] if wanted else {}
