"""Reading applications."""

import datetime as dt
import json
import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Application, ApplicationStatus, ApplicationStep
from niangjia.members.rules import applications as rules


def access_application(*, account: Account, number: str) -> Application:
    """The account's own application with this number. Raises `NotFound`, also for another's."""
    found = (
        Application.objects.select_related("union", "handled_by", "reviews", "review")
        .filter(account=account, number=number.replace(" ", ""))
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such application."))
    return found


def find_open_application(account: Account) -> Application | None:
    """The account's draft or waiting application: there is one at most."""
    return (
        Application.objects.select_related("union", "handled_by")
        .filter(account=account, status__in=[ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED])
        .first()
    )


def list_drafts(account: Account) -> QuerySet[Application]:
    """What the account has begun and not sent: one at most."""
    drafts = Application.objects.filter(account=account, status=ApplicationStatus.DRAFT)
    return drafts.select_related("union")


def draft_answers(application: Application) -> dict[str, str]:
    """What was typed so far, as typed; empty once submitted."""
    answers: dict[str, str] = json.loads(application.draft or "{}")
    return answers


def list_applications(account: Account) -> QuerySet[Application]:
    """Everything the account has applied for, the latest first; drafts aside."""
    return (
        Application.objects.select_related("union", "handled_by")
        .filter(account=account)
        .exclude(status=ApplicationStatus.DRAFT)
        .order_by("-id")
    )


def list_steps(application: Application) -> QuerySet[ApplicationStep]:
    """The application's history in order."""
    return application.steps.select_related("union").order_by("at", "id")


def late_and_climbable(*, now: dt.datetime) -> QuerySet[Application, uuid.UUID]:
    """Ids of the applications that are late and have a union above to go to, the latest due
    first in line."""
    return (
        Application.objects.filter(
            status=ApplicationStatus.SUBMITTED,
            due_at__lt=now,
            handled_by__parent__depth__gte=rules.HIGHEST_HANDLER_DEPTH,
        )
        .order_by("due_at", "id")
        .values_list("id", flat=True)
    )
