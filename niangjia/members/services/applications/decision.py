"""Answering an application."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.events.applications import ApplicationDecided
from niangjia.members.models import Application, ApplicationStatus, Membership, Post, StepKind
from niangjia.members.rules import applications as rules
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.services import memberships, notices
from niangjia.members.services.applications import steps
from niangjia.organisations import services as organisations

VERDICTS = {
    ApplicationStatus.ADMITTED: StepKind.ADMITTED,
    ApplicationStatus.REFUSED: StepKind.REFUSED,
}


@transactions.atomic
def decide_application(
    *, by: Post, application: Application, verdict: str, reason: str = "", now: dt.datetime
) -> Application:
    """Admit or refuse, once (《工会会员会籍管理办法》 2016, Article 6).

    `by` must still be held, entitle to deciding, and reach the union whose turn it is
    (`handled_by`). `verdict` is "admitted" or "refused"; a refusal needs a `reason` of 10
    characters or more, which the applicant reads. Admission makes a member, moves a membership
    that lies elsewhere, or wakes a reserved one; the applicant is never in two unions.

    Raises `NotFound` out of reach, `Conflict` "already-decided", "withdrawn" or "own-application",
    `Invalid` on `verdict` or `reason`.
    """
    step = VERDICTS.get(ApplicationStatus(verdict)) if verdict in VERDICTS else None
    if step is None:
        problem = _("Choose one: admit or refuse.")
        raise Invalid(problem, code="no-verdict", fields={"verdict": problem})
    application = steps.lock_application(application.pk)
    _check_post(by, application)
    if application.status == ApplicationStatus.WITHDRAWN:
        raise Conflict(_("The applicant has withdrawn this application."), code="withdrawn")
    if not application.is_open or application.submitted_at is None:
        raise Conflict(_("A colleague has answered this already."), code="already-decided")
    if application.account_id == by.account_id:
        raise Conflict(
            _("This is your own application. A colleague or the union above answers it."),
            code="own-application",
        )
    reason = rules.check_reason(verdict == ApplicationStatus.REFUSED, reason)

    application.status = ApplicationStatus(verdict)
    application.decided_at = now
    application.decided_by_account_id = by.account_id
    application.reason = reason
    application.save(update_fields=["status", "decided_at", "decided_by_account_id", "reason"])
    hours = rules.answer_hours(application.submitted_at, now)
    steps.record_step(
        application, step, by=by.account_id, now=now, details={"post": str(by.pk), "hours": hours}
    )
    if verdict == ApplicationStatus.ADMITTED:
        _welcome(application, by, now)
    else:
        _explain(application, now)
    outbox.publish(
        ApplicationDecided(
            application_id=str(application.pk),
            union_id=str(application.union_id),
            verdict=verdict,
            answer_hours=hours,
        )
    )
    for metric, change in {
        steps.OPEN: -1,
        "applications:decided": 1,
        f"answer_hours:{hours}": 1,
    }.items():
        organisations.count(union_id=application.union_id, metric=metric, change=change)
    return application


def _check_post(by: Post, application: Application) -> None:
    post = (
        Post.objects.select_related("union")
        .filter(pk=by.pk, ended_at__isnull=True, account__is_active=True)
        .first()
    )
    if (
        post is None
        or application.status == ApplicationStatus.DRAFT
        or not permissions.may(post.role, Action.DECIDE_APPLICATIONS)
        or not post.scope.covers(application.handled_by.path)
    ):
        raise NotFound(_("There is no such application."))


def _welcome(application: Application, by: Post, now: dt.datetime) -> None:
    """Make the applicant a member, and tell them."""
    union = application.union
    person = application.person
    if person is None:
        raise Invalid(_("First say who you are: name and document."), code="identity-needed")
    before = Membership.objects.filter(person=person).exclude(status="ended").first()
    membership = memberships.place_member(
        person=person,
        union=union,
        employer_name=application.employer_name,
        job=application.job,
        by_account_id=by.account_id,
        now=now,
    )
    moved = before is not None and before.union_id != union.pk
    notices.notify(
        account=application.account,
        kind="application.transferred" if moved else "application.admitted",
        facts={"union": union.name, "number": membership.spaced_number},
        url=reverse("members:card"),
        now=now,
    )


def _explain(application: Application, now: dt.datetime) -> None:
    notices.notify(
        account=application.account,
        kind="application.refused",
        facts={"union": application.union.name, "reason": application.reason},
        url=steps.page_of_application(application),
        now=now,
    )
