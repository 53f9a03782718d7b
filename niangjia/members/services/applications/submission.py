"""Applying."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.events.applications import ApplicationSubmitted
from niangjia.members.models import (
    Account,
    Application,
    ApplicationKind,
    ApplicationStatus,
    Membership,
    MembershipStatus,
    Person,
    StepKind,
)
from niangjia.members.rules import applications as rules
from niangjia.members.rules.applications import Answers
from niangjia.members.services import notices, numbers
from niangjia.members.services.applications import drafts, steps
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Union


@transactions.atomic
def submit_application(
    *,
    account: Account,
    union: Union,
    answers: Answers,
    version: int | None = None,
    window: str = "",
    now: dt.datetime,
) -> Application:
    """Apply to `union`: from now on its clock runs (《工会会员会籍管理办法》2016, Art. 5).

    Whoever is a member elsewhere applies for a transfer (一次入会、动态接转). Pressing twice
    gives the same application twice. The account must have said who they are (`person`) before.

    Raises `Conflict`: "open-application" (waiting for another union), "already-member" (of this
    very union), "not-joinable", "draft-changed" (see `save_draft`); `Invalid`: "identity-needed",
    "not-admitted-here" (a kind of worker this union does not take).
    """
    account = steps.lock_account(account)
    union = Union.objects.get(pk=union.pk)
    draft = drafts.find_open(account)
    if draft is not None and draft.status == ApplicationStatus.SUBMITTED:
        if draft.union_id == union.pk:
            return draft
        raise Conflict(_("You have an application waiting for an answer."), code="open-application")
    if draft is not None:
        drafts.refuse_if_changed(draft, version, window)
    person = account.person
    if person is None:
        raise Invalid(_("First say who you are: name and document."), code="identity-needed")
    _check_union(union, answers)
    kind = _kind_for(person, union)

    application = draft or Application(account=account, created_at=now)
    application.number = numbers.application_number()
    application.person = person
    application.union = application.handled_by = union
    application.kind = kind
    application.status = ApplicationStatus.SUBMITTED
    application.worker_kind = answers.worker_kind
    application.employment_status = answers.employment_status
    application.employer_name = answers.employer_name
    application.job = answers.job
    application.statement = answers.statement
    application.draft = None
    application.submitted_at = now
    application.answer_working_days = union.answer_working_days
    application.due_at = steps.answer_due_at(union, now)
    application.save()

    steps.record_step(application, StepKind.SUBMITTED, by=account.pk, now=now)
    outbox.publish(
        ApplicationSubmitted(
            application_id=str(application.pk),
            union_id=str(union.pk),
            kind=kind,
            due_at=application.due_at.isoformat(),
        )
    )
    organisations.count(union_id=union.pk, metric=steps.OPEN, change=1)
    notices.notify(
        account=account,
        kind="application.submitted",
        facts={
            "union": union.name,
            "number": application.number,
            "due_at": application.due_at.isoformat(),
        },
        url=steps.page_of_application(application),
        now=now,
    )
    return application


def _check_union(union: Union, answers: Answers) -> None:
    if not rules.is_joinable(union):
        raise Conflict(
            _("Nobody applies to this union directly. Let us find the one that takes you."),
            code="not-joinable",
        )
    if not rules.admits(union, answers.worker_kind):
        problem = _("This union does not take this kind of work. Choose one from the list.")
        raise Invalid(problem, code="not-admitted-here", fields={"worker_kind": problem})


def _kind_for(person: Person, union: Union) -> ApplicationKind:
    membership = (
        Membership.objects.filter(person=person).exclude(status=MembershipStatus.ENDED).first()
    )
    if membership is None:
        return ApplicationKind.JOIN
    if membership.union_id != union.pk:
        return ApplicationKind.TRANSFER
    if membership.status == MembershipStatus.ADMITTED:
        raise Conflict(_("You are a member of this union already."), code="already-member")
    return ApplicationKind.JOIN
