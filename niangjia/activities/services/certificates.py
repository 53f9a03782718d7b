"""Giving certificates for what was attended, and taking them back."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import (
    Activity,
    Attendance,
    Certificate,
    CertificateKind,
    CourseRule,
    Kind,
    Run,
    SignUp,
)
from niangjia.activities.selectors import certificates as selectors
from niangjia.activities.services.acting import hold, record
from niangjia.core import audit, documents, ids, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members import services as members
from niangjia.members.models import Account, Post

#: So many certificates are issued at once; the rest when it is asked again.
BATCH = 500
DIGITS = 10


@transactions.atomic
def set_rule(*, by: Post, activity: Activity, needed: int) -> CourseRule:
    """Whoever was at `needed` sessions of their run is given a certificate; those that were issued
    stay. Raises `Invalid` on `needed` for more sessions than there are."""
    held, most = hold(activity.pk), selectors.most_sessions(activity)
    if not 1 <= needed <= most:
        problem = _("From 1 to %(most)s sessions.") % {"most": most}
        raise Invalid(problem, fields={"needed": problem})
    rule, _is_new = CourseRule.objects.update_or_create(activity=held, defaults={"needed": needed})
    record(held, by, "certificates-ruled", {"needed": needed})
    return rule


def follow_sessions(run: Run, by: Post | None) -> None:
    """One of a run's dates was called off: where that leaves fewer than one must have come to, so
    many are enough; the weather costs nobody a certificate. In the caller's transaction."""
    rule = selectors.find_rule(run.activity)
    left = run.sessions.filter(cancelled_at=None).count()
    if rule and rule.needed == left + 1:
        rule.needed = left
        rule.save(update_fields=["needed"])
        record(run.activity, by, "certificates-ruled", {"needed": left})


@transactions.atomic
def issue_certificates(*, by: Post, activity: Activity, now: dt.datetime) -> int:
    """A certificate for each who came often enough and has none; each is told. Says how many.
    Again issues what has come about since. Raises `Conflict` where there is no rule (`no-rule`)."""
    held = hold(activity.pk)
    rule = selectors.find_rule(held)
    if rule is None:
        raise Conflict(_("Say first how often one must have come."), code="no-rule")
    found = list(selectors.list_deserving(held, rule.needed).order_by("id")[:BATCH])
    totals = {run.pk: run.sessions.filter(cancelled_at=None).count() for run in held.runs.all()}
    numbers = ids.new_numbers(Certificate, len(found), digits=DIGITS)
    for sign_up, number in zip(found, numbers, strict=True):
        made = course_certificate(held, sign_up, number, totals[sign_up.run_id], now)
        tell(made, "activity.certificate", {"name": held.name, "union": held.union.name}, now)
    if found:
        record(held, by, "certificates-issued", {"count": len(found)})
    return len(found)


def course_certificate(
    activity: Activity, sign_up: SignUp, number: str, total: int, now: dt.datetime
) -> Certificate:
    """One certificate, from a row of `list_deserving`, in the name they signed up with."""
    lasted: dt.timedelta = sign_up.lasted  # type: ignore[attr-defined]
    return Certificate.objects.create(
        number=number,
        code=documents.new_code(),
        kind=CertificateKind.COURSE,
        union=activity.union,
        account=sign_up.account,
        sign_up=sign_up,
        name=sign_up.told.get("name", ""),
        title=activity.name,
        times=sign_up.times,  # type: ignore[attr-defined]
        times_of=total,
        minutes=int(lasted.total_seconds()) // 60,
        is_made_up=activity.is_made_up,
        issued_at=now,
    )


@transactions.atomic
def certify_hours(*, by: Account, union_id: uuid.UUID, now: dt.datetime) -> Certificate:
    """A certificate of the volunteer hours that somebody has served with a union until now; one
    from before stays, with the hours of its day. Raises `NotFound` where there are none,
    `Conflict` without a name (`no-name`)."""
    Account.objects.select_for_update().get(pk=by.pk)
    served = next((each for each in selectors.list_served(by) if each.union_id == union_id), None)
    if served is None:
        raise NotFound(_("There is no such page"))
    if by.person is None:
        raise Conflict(_("Confirm your name first: it stands on the certificate."), code="no-name")
    same = Certificate.objects.filter(
        account=by, union_id=union_id, kind=CertificateKind.VOLUNTEER, revoked_at=None
    )
    if before := same.filter(minutes=served.minutes, times=served.times).first():
        return before
    made_up = Attendance.objects.filter(
        sign_up__account=by,
        session__run__activity__union_id=union_id,
        session__run__activity__kind=Kind.VOLUNTEER,
        session__run__activity__is_made_up=True,
    )
    made = Certificate.objects.create(
        number=ids.new_number(Certificate, digits=DIGITS),
        code=documents.new_code(),
        kind=CertificateKind.VOLUNTEER,
        union_id=union_id,
        account=by,
        name=by.person.name,
        title=str(Kind.VOLUNTEER.label),
        times=served.times,
        times_of=served.times,
        minutes=served.minutes,
        is_made_up=made_up.exists(),
        issued_at=now,
    )
    note(made, "issued", by.pk)
    return made


@transactions.atomic
def revoke_certificate(
    *, by: Post, certificate: Certificate, reason: str, now: dt.datetime
) -> Certificate:
    """From now on it does not count; whoever checks it reads so, and its holder is told why. Twice
    is once. Raises `Invalid` on `reason`."""
    words = reason.strip()
    if not 1 <= len(words) <= 300:
        problem = _("Say why, in up to 300 characters. They read it.")
        raise Invalid(problem, fields={"reason": problem})
    held = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if held.revoked_at:
        return held
    held.revoked_at, held.revoke_reason = now, words
    held.revoked_by_account_id = by.account_id
    held.save(update_fields=["revoked_at", "revoke_reason", "revoked_by_account_id"])
    note(held, "revoked", by.account_id)
    facts = {"name": held.title, "union": held.union.name, "reason": words}
    tell(held, "activity.certificate-revoked", facts, now)
    return held


def note(certificate: Certificate, what: str, by: uuid.UUID) -> None:
    audit.record(
        action=f"certificate.{what}",
        by=by,
        subject=f"certificate:{certificate.pk}",
        union_id=certificate.union_id,
    )


def tell(certificate: Certificate, kind: str, facts: dict[str, str], now: dt.datetime) -> None:
    url = reverse("activities:certificates")
    members.notify(account=certificate.account, kind=kind, facts=facts, url=url, now=now)
