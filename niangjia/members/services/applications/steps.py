"""What every change of an application has in common."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, working_calendar
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Application, ApplicationStep, StepKind
from niangjia.organisations.models import Union

OPEN = "applications:open"


def answer_due_at(union: Union, now: dt.datetime) -> dt.datetime:
    """Until when `union` must answer what reaches it `now`: the end of the n-th working day after,
    n being its own promise, by the calendar of its province."""
    return working_calendar.deadline(
        now.astimezone(clock.CHINA).date(),
        union.answer_working_days,
        province=union.division_id[:2],
    ).at


def lock_account(account: Account) -> Account:
    """The account's row, locked: whoever applies twice at once does so one after the other."""
    return (
        Account.objects.select_for_update(of=("self",)).select_related("person").get(pk=account.pk)
    )


def lock_application(pk: uuid.UUID) -> Application:
    """The application's row, locked and read anew, with its unions. Raises `NotFound`."""
    found = (
        Application.objects.select_for_update(of=("self",))
        .select_related("account", "person", "union", "handled_by")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such application."))
    return found


def record_step(
    application: Application,
    kind: StepKind,
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
    details: dict[str, Any] | None = None,
) -> None:
    """Add to the application's history and to the audit chain."""
    ApplicationStep.objects.create(
        application=application,
        kind=kind,
        at=now,
        union=application.handled_by,
        due_at=application.due_at if application.is_open else None,
        by_account_id=by,
    )
    audit.record(
        action=f"application.{kind}",
        by=by,
        subject=f"application:{application.pk}",
        union_id=application.union_id,
        person_id=application.person_id,
        details={"handled_by": str(application.handled_by_id), **(details or {})},
    )


def page_of_application(application: Application) -> str:
    """The address of the applicant's status page."""
    return reverse("members:application", args=[application.number])
