"""The end of founding: a union begins its work."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.organisations import events
from niangjia.organisations.models import Status, Union
from niangjia.organisations.services.acting import account_id
from niangjia.organisations.services.checking import check, save
from niangjia.organisations.services.editing import lock_union
from niangjia.organisations.services.search_index import index_union


@transactions.atomic
def confirm_union(
    *, union_id: uuid.UUID, committee_elected_date: dt.date, by: Any, now: dt.datetime
) -> Union:
    """The upper union approves the election of a union that is being founded, and with it the
    union: from now on it is active and workers may apply to it (Trade Union Law, Articles 10 to
    12: a committee is elected by the members, and founding needs the upper union's approval).

    Raises `Conflict` "active-already" for one that is, `Invalid` beside the field for a day that
    has not come yet or lies before the founding, `NotFound`, and `Conflict` once dissolved.
    """
    union = lock_union(union_id)
    if union.status != Status.PREPARING:
        raise Conflict(_("This union is active already."), code="active-already")
    if union.founded_date and committee_elected_date < union.founded_date:
        problem = _("The committee cannot be elected before the union was founded.")
        raise Invalid(problem, fields={"committee_elected_date": problem})
    union.status = Status.ACTIVE
    union.committee_elected_date = committee_elected_date
    union.committee_ends_date = None
    check(union, now=now)
    save(union)
    index_union(union.pk)
    audit.record(
        action="union.confirmed", by=account_id(by), subject=f"union:{union.pk}", union_id=union.pk
    )
    outbox.publish(events.UnionConfirmed(union_id=union.pk))
    return union
