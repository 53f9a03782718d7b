"""Taking an application back."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.events.applications import ApplicationWithdrawn
from niangjia.members.models import Account, Application, ApplicationStatus, StepKind
from niangjia.members.services import notices
from niangjia.members.services.applications import steps
from niangjia.organisations import services as organisations


@transactions.atomic
def withdraw_application(
    *, account: Account, application: Application, now: dt.datetime
) -> Application:
    """The applicant takes a waiting application back; twice is once.

    Raises `NotFound` for somebody else's, `Conflict` "already-decided" when the union was faster.
    """
    application = steps.lock_application(application.pk)
    if application.account_id != account.pk or application.status == ApplicationStatus.DRAFT:
        raise NotFound(_("There is no such application."))
    if application.status == ApplicationStatus.WITHDRAWN:
        return application
    if not application.is_open:
        raise Conflict(_("The union has answered already."), code="already-decided")
    application.status = ApplicationStatus.WITHDRAWN
    application.decided_at = now
    application.save(update_fields=["status", "decided_at"])
    steps.record_step(application, StepKind.WITHDRAWN, by=account.pk, now=now)
    outbox.publish(
        ApplicationWithdrawn(application_id=str(application.pk), union_id=str(application.union_id))
    )
    organisations.count(union_id=application.union_id, metric=steps.OPEN, change=-1)
    notices.notify(
        account=application.account,
        kind="application.withdrawn",
        facts={"union": application.union.name},
        url=steps.page_of_application(application),
        now=now,
    )
    return application
