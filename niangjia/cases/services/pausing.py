"""Letting the clock of a case stand still, go on, and run longer."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, EntryKind, State
from niangjia.cases.selectors import document_of
from niangjia.cases.services import announcing, locking, telling, timeline, timing
from niangjia.cases.services.stepping import REASON_MIN_LENGTH
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid, TooLate
from niangjia.core.working_calendar import end_of_day
from niangjia.members.models import Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action


@transactions.atomic
def pause_case(
    *, by: Post, case_id: uuid.UUID, until: dt.date, reason: str, now: dt.datetime
) -> Case:
    """The clock stands still until `until`, or until it is told to go on, for a reason the item
    allows; the applicant reads it. All pauses together are no longer than the item says.

    Raises `Conflict` "no-pause", "paused" and what `locking` does; `Invalid` on `until`, `reason`.
    """
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case)
        rule = document_of(case.snapshot_id).suspension
        if not rule.allowed:
            raise Conflict(_("The clock of this service is never paused."), code="no-pause")
        today = timing.day_of(now)
        days = (until - today).days
        if days < 1 or case.paused_days + days > rule.most_days:
            problem = _("Choose a day within the next %(days)s days.") % {
                "days": max(0, rule.most_days - case.paused_days)
            }
            raise Invalid(problem, code="pause-too-long", fields={"until": problem})
        reason = check_reason(reason)
    with protection.working("cases.pause"):
        case.state = State.PAUSED
        case.paused_at, case.resume_by, case.changed_at = now, end_of_day(until), now
        calendar = timing.calendar_for(case, today)
        timing.set_clocks(case, calendar)
        case.save()
        announcing.follow(case, calendar)
        timeline.write_entry(
            case,
            EntryKind.PAUSED,
            now=now,
            by=by.account_id,
            union=case.handler,
            words=reason,
            facts={"until": until.isoformat()},
            is_public=True,
        )
        telling.tell_applicant(case, telling.applicant_of(case), "case.paused", now=now)
    return case


@transactions.atomic
def resume_case(*, by: Post, case_id: uuid.UUID, now: dt.datetime) -> Case:
    """The clock goes on with what was left. Raises `Conflict` "not-paused"."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        if case.state != State.PAUSED:
            locking.check_open(case, states=(State.PAUSED,))
    with protection.working("cases.resume"):
        go_on(case, by=by.account_id, now=now)
    return case


def go_on(case: Case, *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """Resume a locked, paused case. As background work. Each count goes on from today with the days
    that were left when it stopped (see `rules.clocks.Count.resumed`)."""
    if case.paused_at is None:
        return
    today, stopped = timing.day_of(now), timing.day_of(case.paused_at)
    calendar = timing.calendar_for(case, today)
    timing.resume_counts(case, stopped, today, calendar)
    case.state = State.OPEN
    case.paused_days += (today - stopped).days
    case.paused_at = case.resume_by = None
    case.changed_at = now
    timing.set_clocks(case, calendar)
    case.save()
    announcing.follow(case, calendar)
    timeline.write_entry(
        case, EntryKind.RESUMED, now=now, by=by, union=case.handler, is_public=True
    )


@transactions.atomic
def extend_case(*, by: Post, case_id: uuid.UUID, reason: str, now: dt.datetime) -> Case:
    """Make the term of a case longer, as often and by as much as its item allows, before it has run
    out. The applicant reads the reason. Past the law's own term only whoever decides cases may:
    those who answer for the union approve it (Regulations on Petition Work, Article 34).

    Raises `TooLate` once the term is over, `Conflict` "no-extension", "past-legal-term", `Invalid`
    on `reason`.
    """
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case)
        document = document_of(case.snapshot_id)
        rule, legal = document.extension, document.legal_term
        if rule is None or case.extended_times >= rule.times:
            raise Conflict(_("The term of this case cannot be made longer."), code="no-extension")
        if case.due_breached_at is not None or case.due_at < now:
            raise TooLate(_("The term has run out; it can only be extended before."))
        reason = check_reason(reason)
        calendar = timing.calendar_for(case, timing.day_of(now))
        longer = timing.due_count(case).longer(rule.days, rule.unit, calendar)
        is_past = legal and longer.at(calendar) > timing.legal_count(case, legal).at(calendar)
        if is_past and not permissions.may(post.role, Action.DECIDE_CASES):
            raise Conflict(
                _("This goes past the term of the law. Ask a colleague who decides cases."),
                code="past-legal-term",
            )
    with protection.working("cases.extend"):
        case.due_days = longer.days
        case.extended_times += 1
        case.reminded = False
        case.changed_at = now
        timing.set_clocks(case, calendar)
        case.save()
        timeline.write_entry(
            case,
            EntryKind.EXTENDED,
            now=now,
            by=by.account_id,
            union=case.handler,
            words=reason,
            facts={"days": rule.days, "due_at": case.due_at.isoformat()},
            is_public=True,
        )
        telling.tell_applicant(case, telling.applicant_of(case), "case.extended", now=now)
    return case


def check_reason(reason: str) -> str:
    """`reason` without blanks around it. Raises `Invalid` on the field `reason`."""
    reason = reason.strip()
    if not REASON_MIN_LENGTH <= len(reason) <= 500:
        problem = _("Say why, in 10 to 500 characters: the applicant reads it.")
        raise Invalid(problem, code="reason-needed", fields={"reason": problem})
    return reason
