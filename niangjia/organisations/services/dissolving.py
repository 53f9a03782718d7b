"""The end of a union."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, outbox, transactions
from niangjia.core.errors import Conflict
from niangjia.organisations import events, selectors
from niangjia.organisations.models import Status, Union
from niangjia.organisations.services import locking
from niangjia.organisations.services.acting import account_id
from niangjia.organisations.services.counting import count
from niangjia.organisations.services.editing import lock_union
from niangjia.organisations.services.search_index import index_union


@transactions.atomic
def dissolve_union(*, union_id: uuid.UUID, by: Any, now: dt.datetime) -> Union:
    """Dissolve a union that nobody needs any more; its record and number stay.

    Membership outlives the union (Trade Union Law, Article 13), so nobody may be lost with it:
    raises `Conflict`, saying what to do first, while unions stand below it in either tree, while it
    has members, and while applications wait for its answer.
    """
    locking.take_trees()
    union = lock_union(union_id, against_references=True)
    if union.parent_id is None:
        raise Conflict(_("The national federation cannot be dissolved."), code="is-root")
    below = union.children.exclude(status=Status.DISSOLVED).exists()
    if below or union.industry_children.exclude(status=Status.DISSOLVED).exists():
        raise Conflict(
            _("Other unions stand below this one. Please move or dissolve them first."),
            code="has-unions-below",
        )
    figures = selectors.figures(union)
    if figures.get("members"):
        raise Conflict(
            _(
                "This union still has members. Please transfer them, or let the upper union hold "
                "their membership, first."
            ),
            code="has-members",
        )
    if figures.get("applications:open"):
        raise Conflict(
            _("Applications are waiting for this union's answer. Please decide them first."),
            code="has-open-applications",
        )
    count(union_id=union.pk, metric=f"unions:{union.kind}", change=-1)
    union.status = Status.DISSOLVED
    union.dissolved_date = now.astimezone(clock.CHINA).date()
    union.save()
    index_union(union.pk)
    audit.record(
        action="union.dissolved", by=account_id(by), subject=f"union:{union.pk}", union_id=union.pk
    )
    outbox.publish(events.UnionDissolved(union_id=union.pk))
    return union
