"""What happens when nobody answers: the union above takes over, by itself."""

import datetime as dt
import logging
import uuid

from django.db.models import Q
from django.urls import reverse

from niangjia.core import outbox, transactions
from niangjia.members.events.applications import ApplicationEscalated
from niangjia.members.models import Application, ApplicationStatus, StepKind
from niangjia.members.rules import applications as rules
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import applications as selectors
from niangjia.members.services import notices
from niangjia.members.services.applications import steps
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Union

logger = logging.getLogger(__name__)


def escalate_late_applications(*, now: dt.datetime, limit: int = 500) -> int:
    """Send each application whose promised moment has passed one union up; says how many went.

    The union above gets its own promise, counted from `now`: it cannot be late with what it has
    not seen, so after a night without a worker each application climbs one step, not several.
    It climbs up to the province (`rules.HIGHEST_HANDLER_DEPTH`), stays there as late, and the
    applicant is told so. Each goes in its own transaction: one that fails does not hold the others
    back, and running twice at once moves nothing twice.
    """
    moved = 0
    for pk in list(selectors.late_and_climbable(now=now)[:limit]):
        try:
            moved += _escalate(pk, now=now)
        except Exception:
            logger.exception("application %s could not be passed on", pk)
    return moved


@transactions.atomic
def _escalate(pk: uuid.UUID, *, now: dt.datetime) -> bool:
    application = (
        Application.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("account", "union", "handled_by")
        .filter(pk=pk)
        .first()
    )
    if application is None or not application.is_late(now):
        return False
    late = application.handled_by
    upper = rules.next_handler(late)
    if upper is None:
        return False
    pass_on(application, upper, now=now)
    facts = {
        "from_union": late.name,
        "to_union": upper.name,
        "number": application.number,
        "due_at": application.due_at.isoformat() if application.due_at else "",
    }
    notices.notify(
        account=application.account,
        kind="application.escalated",
        facts=facts,
        url=steps.page_of_application(application),
        now=now,
    )
    for union, kind in ((late, "desk.escalated_from"), (upper, "desk.escalated_to")):
        notices.notify_officers(
            union=union,
            action=Action.DECIDE_APPLICATIONS,
            kind=kind,
            facts=facts,
            url=reverse("members:desk_application", args=[application.number]),
            now=now,
        )
    return True


@transactions.atomic
def hand_over_applications(*, union: Union, now: dt.datetime) -> int:
    """Give what `union`, which is being dissolved, still had to answer to the union above, which is
    also where the applicant will be a member; says how many. Each applicant and the officers who
    answer now are told."""
    upper = rules.next_handler(union)
    if upper is None:
        return 0
    waiting = Application.objects.filter(
        Q(handled_by=union) | Q(union=union), status=ApplicationStatus.SUBMITTED
    )
    rows = waiting.select_for_update(of=("self",)).select_related("account", "handled_by")
    for application in (found := list(rows.order_by("pk"))):
        if application.union_id == union.pk:
            organisations.count(union_id=union.pk, metric=steps.OPEN, change=-1)
            organisations.count(union_id=upper.pk, metric=steps.OPEN, change=1)
            application.union = upper
        if application.handled_by_id == union.pk:
            pass_on(application, upper, now=now)
        else:
            application.save(update_fields=["union"])
        facts = {
            "from_union": union.name,
            "to_union": application.handled_by.name,
            "number": application.number,
            "due_at": application.due_at.isoformat() if application.due_at else "",
        }
        notices.notify(
            account=application.account,
            kind="application.handed_over",
            facts=facts,
            url=steps.page_of_application(application),
            now=now,
        )
        notices.notify_officers(
            union=application.handled_by,
            action=Action.DECIDE_APPLICATIONS,
            kind="desk.handed_over",
            facts=facts,
            url=reverse("members:desk_application", args=[application.number]),
            now=now,
        )
    return len(found)


def pass_on(application: Application, upper: Union, *, now: dt.datetime) -> None:
    """From now on `upper` answers a locked `application`, on its own clock. Recorded once."""
    below = application.handled_by_id
    application.handled_by = upper
    application.escalated_at = now
    application.answer_working_days = upper.answer_working_days
    application.due_at = steps.answer_due_at(upper, now)
    application.save(
        update_fields=["union", "handled_by", "escalated_at", "answer_working_days", "due_at"]
    )
    steps.record_step(application, StepKind.ESCALATED, by=None, now=now)
    outbox.publish(
        ApplicationEscalated(
            application_id=str(application.pk),
            from_union_id=str(below),
            to_union_id=str(upper.pk),
            due_at=application.due_at.isoformat(),
        )
    )
