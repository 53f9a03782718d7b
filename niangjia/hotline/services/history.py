"""Writing down what happens to a work order, and moving it along in its order of states."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit
from niangjia.core.errors import NotFound
from niangjia.hotline.models import OrderEntry, OrderEntryKind, State, WorkOrder
from niangjia.hotline.rules import aftercare
from niangjia.hotline.selectors import visible_orders
from niangjia.hotline.services import sealing
from niangjia.members.models import Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts

RELATED = ("line__union__division", "topic", "call", "case__handler", "agent", "called_back_by")


def lock_order(
    by: Post, order_id: uuid.UUID, action: Action = Action.ANSWER_HOTLINE
) -> tuple[WorkOrder, Post]:
    """An order of a line that `by` runs, locked, and the post as it is now. In the scope of that
    account. Raises `NotFound`: also for a post that ended a second ago."""
    posts = posts_of(by, action)
    found = (
        visible_orders(posts, account=by.account)
        .filter(pk=order_id)
        .select_for_update(of=("self",))
        .select_related(*RELATED)
        .first()
    )
    if found is None or not posts or not posts[0].scope.covers(found.line.union.path):
        raise not_found()
    return found, posts[0]


def posts_of(by: Post, action: Action) -> list[Post]:
    """The post `by` as it is now, in a list; none where it has ended or does not entitle."""
    held = current_posts(by.account)
    return [post for post in held if post.pk == by.pk and permissions.may(post.role, action)]


def access_seen(by: Post, order_id: uuid.UUID, action: Action) -> tuple[WorkOrder, Post]:
    """An order that `by` may see though its line is not theirs, because its case is; not locked,
    since its call is none of theirs. In the scope of that account. Raises `NotFound`."""
    posts = posts_of(by, action)
    found = visible_orders(posts, account=by.account).filter(pk=order_id).first()
    if found is None or not posts:
        raise not_found()
    return found, posts[0]


def not_found() -> NotFound:
    """What is missing and what is none of theirs alike."""
    return NotFound(_("There is no such page"))


def check_open(order: WorkOrder) -> None:
    """Raise `Conflict` once the unions are done with an order."""
    aftercare.check_state(order, State.OPEN)


def lock_at_work(**wanted: Any) -> WorkOrder | None:
    """The same for background work, which has no post. None when there is none."""
    return (
        WorkOrder.objects.select_for_update(of=("self",))
        .select_related(*RELATED)
        .filter(**wanted)
        .first()
    )


def move(order: WorkOrder, to: State, *, now: dt.datetime) -> None:
    """Bring a locked order to its next state, and save it. Raises `Conflict` when that does not
    follow; the database would refuse it as well."""
    aftercare.check_follows(order, to)
    order.state = to
    order.closed_at = now if to == State.CLOSED else None
    order.save()


def write(
    order: WorkOrder,
    kind: OrderEntryKind,
    *,
    now: dt.datetime,
    by: uuid.UUID | None = None,
    words: str = "",
    facts: Mapping[str, Any] | None = None,
) -> OrderEntry:
    """Add to a locked order's history, and to the audit chain. As background work, or in the scope
    of whoever may see it. `words` are sealed; `facts` hold no personal data."""
    last = order.entries.aggregate(last=Max("number"))["last"] or 0
    said = sealing.key_of(order).seal(words, part=f"entry:{last + 1}") if words else None
    entry = OrderEntry.objects.create(
        order=order,
        number=last + 1,
        kind=kind,
        at=now,
        account_id=by,
        words=said,
        facts=dict(facts or {}),
    )
    audit.record(
        action=f"hotline.order_{kind}",
        by=by,
        subject=f"work-order:{order.pk}",
        union_id=order.line.union_id,
        details={"number": entry.number, **json.loads(json.dumps(entry.facts))},
    )
    return entry


def words_of(order: WorkOrder, entry: OrderEntry) -> str:
    """What was said in an entry; "" for nothing, and once the order's key is gone."""
    if entry.words is None or not order.sealed_key:
        return ""
    return sealing.key_of(order).unseal(entry.words, part=f"entry:{entry.number}")
