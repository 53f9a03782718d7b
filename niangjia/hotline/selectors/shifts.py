"""Who is on duty, and what was handed over."""

import uuid
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import NotFound
from niangjia.hotline.models import HandOver, Line, Shift
from niangjia.hotline.selectors.calls import visible_calls
from niangjia.hotline.selectors.lines import lines_of
from niangjia.members.models import Account, Post


def list_own_shifts(account: Account) -> QuerySet[Shift]:
    """The shift somebody is on: one, or none."""
    return Shift.objects.filter(account=account, ended_at=None).select_related("line")


def find_own_shift(account: Account) -> Shift | None:
    """The same; None for whoever is on none."""
    return list_own_shifts(account).first()


def access_shift(posts: Sequence[Post], shift_id: uuid.UUID | None) -> Shift:
    """A shift at a line that `posts` may answer, with its line. Raises `NotFound`."""
    found = Shift.objects.filter(line__in=lines_of(posts))
    if shift_id and (
        shift := found.select_related("line__union", "account__person").filter(pk=shift_id).first()
    ):
        return shift
    raise NotFound(_("There is no such page"))


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
