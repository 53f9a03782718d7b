"""Whom a line can fetch."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from niangjia.hotline.models import Line, OnCall, WorkOrder
from niangjia.hotline.rules import on_call
from niangjia.hotline.selectors.lines import ROLES
from niangjia.members.models import Post, Role
from niangjia.members.selectors.ties import untied


def list_on_call(line: Line) -> QuerySet[OnCall]:
    """The on-call list of a line, in the order in which it is gone through."""
    found = OnCall.objects.filter(line=line, ended_at__isnull=True)
    return found.select_related("account__person").order_by("position")


def list_people(line: Line) -> list[uuid.UUID]:
    """The accounts that may be put on a line's list: those who answer at its union."""
    posts = Post.objects.filter(
        union=line.union_id, ended_at__isnull=True, role__in=ROLES, account__is_active=True
    )
    return list(dict.fromkeys(posts.order_by("role", "id").values_list("account_id", flat=True)))


def people_to_page(order: WorkOrder, *, now: dt.datetime) -> Sequence[uuid.UUID]:
    """The accounts to page about an order at this hour, in order: those on the list whose post
    still stands; where it has nobody who may know of it, everybody who answers at the line's union,
    chairs first. Never anybody tied to an employer the order accuses, nor excluded from it (promise
    1)."""
    line = order.line
    posts = Post.objects.filter(
        union=line.union_id, ended_at__isnull=True, role__in=ROLES, account__is_active=True
    )
    held = list(posts.order_by("role", "appointed_at").values_list("account_id", "role"))
    answering = {account for account, _role in held}
    allowed = untied(answering, order.accused_ids) if order.accused_ids else answering
    entitled = allowed.difference(order.excluded_ids)
    duties = [each for each in list_on_call(line) if each.account_id in entitled]
    listed = [each.account_id for each in duties if on_call.is_on_call(each, now)]
    chairs_first = sorted(held, key=lambda pair: pair[1] != Role.CHAIR)
    others = [account for account, _role in chairs_first if account in entitled]
    return list(dict.fromkeys(listed or others))
