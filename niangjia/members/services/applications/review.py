"""Asking the union above to look again."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.events.applications import ApplicationSubmitted
from niangjia.members.models import Account, Application, ApplicationStatus, StepKind
from niangjia.members.rules import applications as rules
from niangjia.members.rules.permissions import Action
from niangjia.members.services import notices, numbers
from niangjia.members.services.applications import drafts, steps
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Status


@transactions.atomic
def request_review(
    *, account: Account, application: Application, statement: str, now: dt.datetime
) -> Application:
    """Ask the union above the one that refused to decide anew.

    The refused application stays as it is; a new one, with the same answers and the applicant's
    `statement` (up to 1,000 characters), is put before the union above on its own clock; when the
    union that refused is no more, that is also where the applicant would be a member. Once for
    each refusal; again gives the same one. Raises `NotFound` for somebody else's; `Conflict`:
    "not-refused", "nobody-above" (a province refused), "open-application".
    """
    account = steps.lock_account(account)
    refused = steps.lock_application(application.pk)
    if refused.account_id != account.pk or refused.status == ApplicationStatus.DRAFT:
        raise NotFound(_("There is no such application."))
    if existing := Application.objects.filter(reviews=refused).first():
        return existing
    if refused.status != ApplicationStatus.REFUSED:
        raise Conflict(_("Only a refusal can be reviewed."), code="not-refused")
    upper = rules.next_handler(refused.handled_by)
    if upper is None or refused.person is None:
        raise Conflict(_("There is no union above that could review it."), code="nobody-above")
    if drafts.find_open(account):
        raise Conflict(
            _("You have another application open. Finish or withdraw it first."),
            code="open-application",
        )
    review = Application.objects.create(
        number=numbers.application_number(),
        account=account,
        person=refused.person,
        union=upper if refused.union.status == Status.DISSOLVED else refused.union,
        handled_by=upper,
        reviews=refused,
        kind=refused.kind,
        status=ApplicationStatus.SUBMITTED,
        worker_kind=refused.worker_kind,
        employment_status=refused.employment_status,
        employer_name=refused.employer_name,
        job=refused.job,
        statement=statement.strip()[:1000],
        created_at=now,
        submitted_at=now,
        answer_working_days=upper.answer_working_days,
        due_at=steps.answer_due_at(upper, now),
    )
    steps.record_step(review, StepKind.SUBMITTED, by=account.pk, now=now)
    due = review.due_at.isoformat() if review.due_at else ""
    outbox.publish(
        ApplicationSubmitted(
            application_id=str(review.pk),
            union_id=str(review.union_id),
            kind=review.kind,
            due_at=due,
        )
    )
    organisations.count(union_id=review.union_id, metric=steps.OPEN, change=1)
    notices.notify(
        account=account,
        kind="application.submitted",
        facts={"union": upper.name, "number": review.number, "due_at": due},
        url=steps.page_of_application(review),
        now=now,
    )
    notices.notify_officers(
        union=upper,
        action=Action.DECIDE_APPLICATIONS,
        kind="desk.review_requested",
        facts={"from_union": refused.handled_by.name, "number": review.number, "due_at": due},
        url=reverse("members:desk_application", args=[review.number]),
        now=now,
    )
    return review
