"""A union sets how long an order may take there and below."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, transactions
from niangjia.core.errors import Invalid, NotFound
from niangjia.feedback.models import RectificationTerm
from niangjia.feedback.rules import orders as rules
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action, may
from niangjia.organisations.models import Union


@transactions.atomic
def set_term(*, by: Post, union: Union, working_days: int, now: dt.datetime) -> RectificationTerm:
    """From now on orders at `union` and below have so many working days, 1 to 15; those that run
    keep theirs. Raises `Invalid` for more than the fifteen of the national rule, `NotFound` for a
    post that does not reach `union`."""
    if not may(by.role, Action.EDIT_UNION) or not by.scope.covers(union.path):
        raise NotFound(_("There is no such page"))
    if not 1 <= working_days <= rules.WORKING_DAYS:
        problem = _("From 1 to 15 working days.")
        raise Invalid(problem, code="bad-term", fields={"working_days": problem})
    term, _is_new = RectificationTerm.objects.update_or_create(
        union=union,
        defaults={
            "working_days": working_days,
            "set_at": now,
            "set_by_account_id": by.account_id,
        },
    )
    audit.record(
        action="order.term_set",
        by=by.account_id,
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details={"working_days": working_days},
    )
    return term
