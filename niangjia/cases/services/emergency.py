"""Emergency access: one officer asks, another agrees, the database counts the hours (promise 7)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EmergencyGrant, GrantState
from niangjia.cases.rules import emergency as rules
from niangjia.cases.selectors import visible_cases
from niangjia.cases.selectors.emergency import list_to_decide
from niangjia.cases.services import locking, routing, timeline
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound, Throttled, TooLate
from niangjia.core.models import AuditEntry
from niangjia.members.models import Account, Post, Role
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.ties import untied
from niangjia.members.services import notices

RELATED = ("case__handler", "account__person")


def ask_emergency_access(
    *, by: Account, number: str, reason: str, now: dt.datetime
) -> EmergencyGrant:
    """Ask to read a case out of one's reach, for a reason that whoever decides reads.

    Raises `NotFound` on `number` for one that is none, and alike for whoever is tied to an employer
    the case accuses, is excluded from it or handles no cases; `Invalid` on `reason`; `Conflict`
    "within-reach", "asked-already"; `Throttled` past five a day.
    """
    reason = check_reason(reason)
    spend_asking(by=by, now=now)
    return ask(by=by, number=number, reason=reason, now=now)


@transactions.atomic
def ask(*, by: Account, number: str, reason: str, now: dt.datetime) -> EmergencyGrant:
    """See `ask_emergency_access`, which has counted the attempt."""
    posts = holding(current_posts(by), Action.HANDLE_CASES)
    with protection.working("cases.emergency"):
        case = Case.objects.select_related("handler").filter(number=number.strip()).first()
        if case is None or not posts or not may_ever_see(case, by):
            problem = _("There is no case of this number that you may ask for.")
            raise NotFound(problem, fields={"number": problem})
    with protection.viewing(account=by.pk):
        if visible_cases(posts, account=by).filter(pk=case.pk).exists():
            raise Conflict(_("This case is within your reach. Open it."), code="within-reach")
    with protection.working("cases.emergency"):
        EmergencyGrant.objects.filter(
            case=case,
            account=by,
            state=GrantState.ASKED,
            asked_at__lte=now - rules.ANSWERED_WITHIN,
        ).delete()
        if EmergencyGrant.objects.filter(case=case, account=by, state=GrantState.ASKED).exists():
            raise Conflict(_("You have asked for this case already."), code="asked-already")
        grant = EmergencyGrant.objects.create(
            case=case,
            account=by,
            reason=timeline.key_of(case).seal(reason, part=f"emergency:{by.pk}"),
            asked_at=now,
        )
        record("asked", grant, by)
        tell_deciders(grant, now=now)
    return grant


@transactions.atomic
def decide_emergency_access(
    *,
    by: Account,
    grant_id: uuid.UUID,
    granted: bool,
    hours: int = rules.MOST_HOURS,
    now: dt.datetime,
) -> EmergencyGrant:
    """Grant a request, for `hours` from now, or refuse it: by another account, which decides cases
    at the handler or above it and may see this one.

    Raises `NotFound` for whoever may not decide it, their own request among them; `Conflict`
    "decided" the second time; `TooLate` after a day; `Invalid` on `hours`; `Conflict` "not-fit"
    when the one who asked has become tied, excluded, or has no post any more.
    """
    grant = lock_for_decider(grant_id, by)
    if grant.state != GrantState.ASKED:
        raise Conflict(_("This request has been answered already."), code="decided")
    if grant.asked_at <= now - rules.ANSWERED_WITHIN:
        raise TooLate(_("This request is older than a day. Let them ask again."))
    if not 1 <= hours <= rules.MOST_HOURS:
        problem = _("Between one hour and four.")
        raise Invalid(problem, code="too-long", fields={"hours": problem})
    if granted and not is_fit(grant):
        raise Conflict(_("This officer may not read this case."), code="not-fit")
    with protection.working("cases.emergency"):
        grant.state = GrantState.GRANTED if granted else GrantState.REFUSED
        grant.decided_by, grant.decided_at = by, now
        grant.expires_at = now + dt.timedelta(hours=hours) if granted else None
        grant.save()
        record(grant.state, grant, by)
        notices.notify(
            account=grant.account,
            kind=f"desk.emergency_{grant.state}",
            facts={
                "number": grant.case.number,
                "until": grant.expires_at.isoformat() if grant.expires_at else "",
            },
            now=now,
        )
    return grant


@transactions.atomic
def access_grant_to_decide(*, by: Account, grant_id: uuid.UUID) -> EmergencyGrant:
    """A request that `by` may decide, answered or not. Raises `NotFound`."""
    return lock_for_decider(grant_id, by)


@transactions.atomic
def revoke_emergency_access(
    *, by: Account, grant_id: uuid.UUID, now: dt.datetime
) -> EmergencyGrant:
    """Take a grant back, by whoever has it or whoever could decide it; twice is once. Raises
    `NotFound`, `Conflict` "not-granted"."""
    with protection.working("cases.emergency"):
        own = (
            EmergencyGrant.objects.filter(pk=grant_id, account=by)
            .select_related(*RELATED)
            .select_for_update(of=("self",))
            .first()
        )
    grant = own or lock_for_decider(grant_id, by)
    if grant.state == GrantState.REVOKED:
        return grant
    if grant.state != GrantState.GRANTED:
        raise Conflict(_("This request was not granted."), code="not-granted")
    with protection.working("cases.emergency"):
        grant.state, grant.ended_at = GrantState.REVOKED, now
        grant.save(update_fields=["state", "ended_at"])
        record("revoked", grant, by)
    return grant


@transactions.atomic
def requests_to_decide(
    *, by: Account, posts: Sequence[Post], now: dt.datetime
) -> list[tuple[EmergencyGrant, str]]:
    """The requests `by` may decide, with their reasons opened; that they were read is recorded."""
    waiting = list_to_decide(posts, account=by, now=now)
    with protection.viewing(account=by.pk):
        for grant in waiting:
            record("request_read", grant, by)
        return [(grant, reason_of(grant)) for grant in waiting]


def reason_of(grant: EmergencyGrant) -> str:
    """Why somebody asked. Whoever calls has recorded who reads it."""
    return timeline.key_of(grant.case).unseal(grant.reason, part=f"emergency:{grant.account_id}")


def lock_for_decider(grant_id: uuid.UUID, by: Account) -> EmergencyGrant:
    """The request, locked, for whoever may decide it. Raises `NotFound`."""
    posts = holding(current_posts(by), Action.DECIDE_CASES)
    with protection.working("cases.emergency"):
        grant = (
            EmergencyGrant.objects.select_for_update(of=("self",))
            .select_related(*RELATED)
            .filter(pk=grant_id)
            .exclude(account=by)
            .first()
        )
    if grant is None or not any(p.scope.covers(grant.case.handler_path) for p in posts):
        raise locking.not_found()
    with protection.viewing(account=by.pk):
        if not visible_cases(posts, account=by).filter(pk=grant.case_id).exists():
            raise locking.not_found()
    return grant


def is_fit(grant: EmergencyGrant) -> bool:
    """Whether the one who asked may be shown the case at all, as things are now."""
    posts = holding(current_posts(grant.account), Action.HANDLE_CASES)
    return bool(posts) and may_ever_see(grant.case, grant.account)


def may_ever_see(case: Case, account: Account) -> bool:
    """Whether nothing forbids `account` the case for good: ties, exclusion, its being theirs."""
    if account.pk in case.excluded_ids or case.applicant_id == account.pk:
        return False
    return not case.accused_ids or account.pk in untied([account.pk], case.accused_ids)


@transactions.atomic
def spend_asking(*, by: Account, now: dt.datetime) -> None:
    """Count an attempt to ask, also one that is refused, so that numbers are not tried out: a
    transaction of its own, under a lock. Raises `Throttled`."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    asked = AuditEntry.objects.filter(
        subject=f"emergencies-by:{by.pk}", at__gt=now - dt.timedelta(days=1)
    )
    if asked.count() >= rules.ASKED_A_DAY:
        raise Throttled(
            _("You have asked for many cases today. Call the union that handles this one."),
            retry_after_seconds=24 * 3600,
        )
    audit.record(action="case.emergency_tried", by=by.pk, subject=f"emergencies-by:{by.pk}")


def check_reason(reason: str) -> str:
    """`reason` without blanks around it. Raises `Invalid`."""
    reason = reason.strip()
    least, most = rules.REASON_LENGTHS
    if not least <= len(reason) <= most:
        problem = _("Say in 10 to 500 characters why you have to read this case now.")
        raise Invalid(problem, code="no-reason", fields={"reason": problem})
    return reason


def tell_deciders(grant: EmergencyGrant, *, now: dt.datetime) -> None:
    """A notice to the chairs at the handler and at the union above it, those who may see it."""
    case = grant.case
    above = routing.union_above(case, case.handler)
    unions = [case.handler_id] + ([above.pk] if above else [])
    chairs = Post.objects.filter(
        union_id__in=unions, role=Role.CHAIR, ended_at__isnull=True, account__is_active=True
    ).exclude(account=grant.account)
    accounts = {post.account_id: post.account for post in chairs.select_related("account")}
    allowed = untied(list(accounts), case.accused_ids) if case.accused_ids else set(accounts)
    for pk in allowed - set(case.excluded_ids):
        notices.notify(
            account=accounts[pk],
            kind="desk.emergency_asked",
            facts={"number": case.number, "union": case.handler.name},
            now=now,
        )


def record(what: str, grant: EmergencyGrant, by: Account) -> None:
    """Write down what happened to a grant, with whose case it is about."""
    audit.record(
        action=f"case.emergency_{what}",
        by=by.pk,
        subject=f"case:{grant.case_id}",
        union_id=grant.case.handler_id,
        person_id=grant.case.person_id,
        purpose=rules.PURPOSE,
        details={"grant": str(grant.pk), "for": str(grant.account_id)},
    )
