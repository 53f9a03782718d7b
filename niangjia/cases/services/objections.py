"""Answering objections to a public notice: silence counts for nothing until somebody has."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, EntryKind, State
from niangjia.cases.rules.objections import UNFOUNDED, last_unanswered
from niangjia.cases.selectors import document_of
from niangjia.cases.services import locking, timeline
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action

REASON_LENGTHS = (10, 500)


def find_unanswered(case: Case) -> CaseEntry | None:
    """The latest objection to the present notice of `case` that nobody has answered. One query."""
    kinds = [EntryKind.OBJECTED_TO_NOTICE, EntryKind.STEP, EntryKind.NOTE]
    return last_unanswered(CaseEntry.objects.filter(case=case, kind__in=kinds).order_by("number"))


@transactions.atomic
def dismiss_objections(
    *, by: Post, case_id: uuid.UUID, seen: int, reason: str, now: dt.datetime
) -> Case:
    """An officer has looked into what was objected to the notice, and it is unfounded: from now on
    the end of the term counts again. Whoever finds it founded takes the step. `seen` is the number
    of the last objection that they read; colleagues read the reason, the applicant is shown
    neither.

    Raises `Invalid` on `reason`, `Conflict` "nothing-objected" and "objected-again", `NotFound` for
    whoever may not take the step, and what `locking` does.
    """
    reason = reason.strip()
    if not REASON_LENGTHS[0] <= len(reason) <= REASON_LENGTHS[1]:
        problem = _("Say why, in 10 to 500 characters: your colleagues read it.")
        raise Invalid(problem, code="reason-needed", fields={"reason": problem})
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_handler(case, post)
        locking.check_open(case, states=(State.OPEN, State.PAUSED))
        step = document_of(case.snapshot_id).step(case.step)
        if step and step.decides and not permissions.may(post.role, Action.DECIDE_CASES):
            raise locking.not_found()
    with protection.working("cases.objection"):
        last = find_unanswered(case)
        if last is None:
            raise Conflict(_("No objection waits for an answer."), code="nothing-objected")
        if last.number > seen:
            raise Conflict(
                _("Somebody has objected again meanwhile. Read that first."), code="objected-again"
            )
        timeline.write_entry(
            case,
            EntryKind.NOTE,
            now=now,
            by=by.account_id,
            union=case.handler,
            words=reason,
            facts={UNFOUNDED: last.number},
        )
    return case
