"""Who works on a case: one officer, another union, two unions together."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind, State
from niangjia.cases.rules import clocks
from niangjia.cases.rules.chain import may_be_sent_back
from niangjia.cases.rules.story import MOVES
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.hands import workers_at
from niangjia.cases.selectors.surroundings import list_near, list_within
from niangjia.cases.services import (
    announcing,
    assigning,
    locking,
    moving,
    routing,
    telling,
    timeline,
    timing,
)
from niangjia.cases.services.pausing import check_reason
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid, TooLate
from niangjia.core.working_calendar import working_days_between
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.ties import untied
from niangjia.organisations.models import Union

OPEN_STATES = (State.OPEN, State.PAUSED)
#: A transfer may be objected to within this many working days (信访工作条例).
OBJECTION_DAYS = 5


@transactions.atomic
def assign_case(*, by: Post, case_id: uuid.UUID, to: Account, now: dt.datetime) -> Case:
    """Give a case to one officer of its union, or take it oneself; twice is once. Giving it to
    somebody else asks for the right to decide cases, and they are told.

    Raises `Invalid` on `to` for whoever holds no fitting post there or is tied to an employer the
    case accuses: the answer is the same, and says nothing about which.
    """
    action = Action.HANDLE_CASES if to.pk == by.account_id else Action.DECIDE_CASES
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by, action)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
        if not may_be_given(case, to):
            problem = _("This colleague cannot be given the case. Choose another.")
            raise Invalid(problem, code="not-assignable", fields={"to": problem})
    if case.assigned_to_id == to.pk:
        return case
    with protection.working("cases.assign"):
        case.assigned_to, case.changed_at = to, now
        case.save(update_fields=["assigned_to", "changed_at"])
        timeline.write_entry(
            case,
            EntryKind.ASSIGNED,
            now=now,
            by=by.account_id,
            union=case.handler,
            facts={"to": str(to.pk)},
        )
        telling.tell_assigned(case, to.pk, by=by.account_id, now=now)
    return case


def may_be_given(case: Case, to: Account) -> bool:
    """Whether `to` may handle `case`: by a post, by no tie, and not as its subject."""
    fit = any(
        permissions.may(post.role, Action.HANDLE_CASES) and post.scope.covers(case.handler_path)
        for post in current_posts(to)
    )
    return (
        fit
        and to.pk != case.applicant_id
        and to.pk not in case.excluded_ids
        and to.pk not in workers_at(case)
        and bool(untied([to.pk], case.accused_ids))
    )


@transactions.atomic
def take_over(*, by: Post, case_id: uuid.UUID, reason: str, now: dt.datetime) -> Case:
    """The union above takes a case that was late below, or that it finds should be its own."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by, Action.DECIDE_CASES)
        locking.check_open(case, states=OPEN_STATES)
        union = case.raised_to if case.raised_to_id == post.union_id else post.union
        if union is None or not case.handler_path.startswith(union.path):
            raise locking.not_found()
        if union.pk == case.handler_id:
            raise Conflict(_("Your union handles this case already."), code="already-yours")
        reason = check_reason(reason)
    with protection.working("cases.take-over"):
        move(case, union, EntryKind.TAKEN_OVER, by=by.account_id, reason=reason, now=now)
    return case


@transactions.atomic
def transfer_case(
    *,
    by: Post,
    case_id: uuid.UUID,
    to: Union,
    reason: str,
    action: Action = Action.DECIDE_CASES,
    within: Union | None = None,
    now: dt.datetime,
) -> Case:
    """Give a case to the union it belongs to: below the one that has it, above it, or beside it
    under the same union above. Its clock begins no new term; the step gets one of its own. `action`
    is what the post must entitle to, for rooms above whose officers give cases on: anywhere
    `within` a union, where they say so.

    Raises `Invalid` on `to` for a union that is none of `surroundings.list_near`, or of
    `list_within`, whatever the reason; on `reason`.
    """
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by, action)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
        reason = check_reason(reason)
        able = list_near(case) if within is None else list_within(case, within)
        if not able.filter(pk=to.pk).exists():
            problem = _("This union cannot take the case. Choose one near, and active.")
            raise Invalid(problem, code="not-transferable", fields={"to": problem})
    with protection.working("cases.transfer"):
        move(case, to, EntryKind.TRANSFERRED, by=by.account_id, reason=reason, now=now)
    return case


@transactions.atomic
def object_to_transfer(*, by: Post, case_id: uuid.UUID, reason: str, now: dt.datetime) -> Case:
    """The union a case was transferred to sends it back, within five working days
    (信访工作条例): it goes to whoever sent it, or, where that union is dissolved or tied to an
    accused employer by now, to the next one above it that may have it. Raises `TooLate`
    afterwards, `Conflict` "not-transferred"."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by, Action.DECIDE_CASES)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
        reason = check_reason(reason)
        moves = CaseEntry.objects.filter(case=case, kind__in=MOVES).order_by("number")
        last = may_be_sent_back(moves)
        if last is None:
            raise Conflict(_("This case was not transferred to you."), code="not-transferred")
        province = timing.province_of(case.handler)
        passed = working_days_between(timing.day_of(last.at), timing.day_of(now), province=province)
        if passed > OBJECTION_DAYS:
            raise TooLate(_("Transfers can be objected to within 5 working days."))
    sender = routing.able_from(case, uuid.UUID(last.facts["from"]))
    with protection.working("cases.object"):
        move(case, sender, EntryKind.OBJECTED, by=by.account_id, reason=reason, now=now)
    return case


def move(
    case: Case,
    to: Union,
    kind: EntryKind,
    *,
    by: uuid.UUID | None,
    reason: str,
    now: dt.datetime,
) -> None:
    """Hand a locked case over and tell everybody. As background work."""
    before, today = case.handler, timing.day_of(now)
    moving.hand_to(case, to, now=now)
    step = document_of(case.snapshot_id).step(case.step)
    timing.give_days(case, step.term.days if step and step.term else clocks.DAYS_ABOVE, today)
    case.reminded, case.changed_at = False, now
    calendar = timing.calendar_for(case, today)
    timing.set_clocks(case, calendar)
    case.save()
    announcing.follow(case, calendar)
    timeline.write_entry(
        case,
        kind,
        now=now,
        by=by,
        union=to,
        words=reason,
        facts={"from": str(before.pk), "to": str(to.pk)},
        is_public=True,
    )
    if kind != EntryKind.TAKEN_OVER:
        assigning.assign_by_rule(case, now=now)
    telling.tell_applicant(case, telling.applicant_of(case), "case.moved", now=now)
    telling.tell_officers(case, to, "desk.case_moved", now=now)
