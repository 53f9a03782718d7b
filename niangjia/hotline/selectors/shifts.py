"""Who is on duty, and what was handed over."""

from collections.abc import Sequence

from django.db.models import QuerySet

from niangjia.hotline.models import HandOver, Line, Shift
from niangjia.hotline.selectors.calls import visible_calls
from niangjia.members.models import Account, Post


def find_own_shift(account: Account) -> Shift | None:
    """The shift somebody is on."""
    return Shift.objects.filter(account=account, ended_at=None).select_related("line").first()


def list_on_duty(line: Line) -> QuerySet[Shift]:
    """Who answers a line now."""
    found = Shift.objects.filter(line=line, ended_at=None).select_related("account__person")
    return found.order_by("began_at")


def list_to_acknowledge(line: Line, account: Account) -> QuerySet[Shift]:
    """What colleagues handed over and nobody has taken over yet, the oldest first."""
    found = Shift.objects.filter(line=line, ended_at__isnull=False, acknowledged_at=None)
    return found.exclude(account=account).select_related("account__person").order_by("ended_at")


def list_hand_overs(
    shifts: Sequence[Shift], posts: Sequence[Post], *, account: Account
) -> QuerySet[HandOver]:
    """The calls those shifts left, as far as they may be seen. In the scope of `account`."""
    calls = visible_calls(posts, account=account)
    found = HandOver.objects.filter(shift__in=shifts, call__in=calls)
    return found.select_related("call").order_by("call__rang_at")
