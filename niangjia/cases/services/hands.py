"""Steps that are left to somebody else: whoever calls back did none of the work (回访)."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case
from niangjia.cases.rules.content import Step
from niangjia.cases.selectors.assigning import list_staff, who_may_have
from niangjia.cases.selectors.hands import has_another, workers_at, workers_on
from niangjia.cases.services import assigning, routing
from niangjia.core.errors import Conflict
from niangjia.organisations.models import Union


def check_another(case: Case, step: Step, account: uuid.UUID) -> None:
    """Raise `Conflict` "own-work" for whoever took an earlier step, where `step` is left to others
    and there is one: where nobody else can, the person is called all the same. No query for other
    steps."""
    worked = workers_on(case, step)
    if account in worked and has_another(case, worked):
        raise Conflict(
            _("You took a step of this case yourself. Somebody who took none does this one."),
            code="own-work",
        )


def union_with_another(
    case: Case, step: Step | None, union: Union, *, by: uuid.UUID | None
) -> Union:
    """The union whose turn `step` is: `union`, or the next one above with somebody who had no hand
    in the case, `by` having ended the step before. Where no union has one it stays. No query for
    what is left to nobody else; as background work."""
    if step is None or not step.another:
        return union
    worked = {*workers_on(case, step), by}
    here: Union | None = union
    while here is not None:
        if set(who_may_have(case, list_staff(here.pk))) - worked:
            return here
        here = routing.union_above(case, here)
    return union


def release(case: Case, *, now: dt.datetime) -> None:
    """A locked case that is left to others is whose it was no longer: the rules of its union find
    somebody, or it is nobody's. As background work."""
    if case.assigned_to_id is not None and case.assigned_to_id in workers_at(case):
        case.assigned_to = None
        case.save(update_fields=["assigned_to"])
        assigning.assign_by_rule(case, now=now)
