"""The on-call list of a line: who is fetched, in which order, in which hours."""

import datetime as dt
import uuid

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.hotline.models import Line, OnCall, PageWay
from niangjia.hotline.selectors.lines import ROLES
from niangjia.members.models import Account, Post


@transactions.atomic
def add_on_call(
    *,
    by: Post,
    line: Line,
    account: Account,
    from_time: dt.time,
    until_time: dt.time,
    way: str,
    now: dt.datetime,
) -> OnCall:
    """Put somebody who answers the line at the end of its on-call list. Raises `Invalid` on
    `account` for whoever holds no such post at its union, on `way`; `Conflict` when they are on the
    list with these hours."""
    line = Line.objects.select_for_update().get(pk=line.pk)
    posts = Post.objects.filter(union=line.union_id, account=account, ended_at=None)
    if not posts.filter(role__in=ROLES).exists():
        problem = _("Choose somebody who answers this hotline.")
        raise Invalid(problem, code="not-at-the-line", fields={"account": problem})
    if way not in PageWay.values:
        problem = _("Choose how they are reached.")
        raise Invalid(problem, code="unknown-way", fields={"way": problem})
    current = OnCall.objects.filter(line=line, ended_at=None)
    if current.filter(account=account, from_time=from_time, until_time=until_time).exists():
        raise Conflict(_("They are on the list with these hours already."), code="on-the-list")
    last = current.aggregate(last=Max("position"))["last"] or 0
    duty = OnCall.objects.create(
        line=line,
        account=account,
        position=last + 1,
        from_time=from_time,
        until_time=until_time,
        way=way,
        added_at=now,
    )
    record(line, by, "on_call_added")
    return duty


@transactions.atomic
def end_on_call(*, by: Post, line: Line, duty_id: uuid.UUID, now: dt.datetime) -> OnCall:
    """Take somebody off the list. Twice is once. Raises `NotFound`."""
    duty = OnCall.objects.select_for_update().filter(pk=duty_id, line=line).first()
    if duty is None:
        raise NotFound(_("There is no such page"))
    if duty.ended_at is None:
        duty.ended_at = now
        duty.save(update_fields=["ended_at"])
        record(line, by, "on_call_ended")
    return duty


def record(line: Line, by: Post, what: str) -> None:
    """An entry of the audit chain about a line's list."""
    audit.record(
        action=f"hotline.{what}",
        by=by.account_id,
        subject=f"hotline-line:{line.pk}",
        union_id=line.union_id,
    )
