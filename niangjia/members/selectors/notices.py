"""Reading the inbox."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet

from niangjia.core.pagination import BoundedCount
from niangjia.core.prepared import Asked, asked, together
from niangjia.members.models import Account, Notice

#: As many are counted.
MOST = 99


def unread_of(account: Account) -> Asked[BoundedCount]:
    """The question how many notices the account has not read, up to 99, by a partial index."""
    unread = Notice.objects.filter(account=account, read_at__isnull=True)
    return asked(unread.values_list("pk", flat=True)[: MOST + 1], counted)


def counted(found: Sequence[Any]) -> BoundedCount:
    """So many, or more than are counted."""
    return BoundedCount(min(len(found), MOST), len(found) <= MOST)


def unread_count(account: Account) -> BoundedCount:
    """The answer to `unread_of`. One query."""
    [count] = together(unread_of(account))
    return cast(BoundedCount, count)


def list_notices(account: Account) -> QuerySet[Notice]:
    """The account's notices; page them by ("-id",), the latest first."""
    return Notice.objects.filter(account=account)
