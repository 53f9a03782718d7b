"""Reading the inbox."""

from django.db.models import QuerySet

from niangjia.core import pagination
from niangjia.core.pagination import BoundedCount
from niangjia.members.models import Account, Notice


def unread_count(account: Account) -> BoundedCount:
    """How many notices the account has not read, up to 99: one query on a partial index."""
    return pagination.bounded_count(
        Notice.objects.filter(account=account, read_at__isnull=True), 99
    )


def list_notices(account: Account) -> QuerySet[Notice]:
    """The account's notices; page them by ("-id",), the latest first."""
    return Notice.objects.filter(account=account)
