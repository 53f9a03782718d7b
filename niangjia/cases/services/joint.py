"""Two unions on one case: one answers for it and its clock, the other does a part of it."""

import datetime as dt
import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseUnit, EntryKind
from niangjia.cases.selectors.surroundings import list_of_province
from niangjia.cases.services import locking, moving, telling, timeline
from niangjia.cases.services.speaking import check_words
from niangjia.cases.services.workload import OPEN_STATES
from niangjia.core import protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union


@transactions.atomic
def join_unit(
    *, by: Post, case_id: uuid.UUID, union: Union, task: str = "", now: dt.datetime
) -> Case:
    """Let another union handle the case as well, and say what it is asked to do: it sees the case,
    writes in it and does its part; the handler decides, and its clock alone runs. Twice is once.
    Raises `Invalid` on `union` for one that is none of `surroundings.list_of_province`."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by, Action.DECIDE_CASES)
        locking.check_handler(case, post)
        locking.check_open(case, states=OPEN_STATES)
        if not list_of_province(case).filter(pk=union.pk).exists():
            problem = _("This union cannot take part in the case.")
            raise Invalid(problem, code="not-joinable", fields={"union": problem})
        if joint_units(case, union).exists():
            return case
    with protection.working("cases.join"):
        moving.share(case, union, now=now, is_joint=True)
        case.changed_at = now
        case.save(update_fields=["sharing_paths", "changed_at"])
        timeline.write_entry(
            case,
            EntryKind.JOINED,
            now=now,
            by=by.account_id,
            union=union,
            words=task.strip(),
            is_public=True,
        )
        telling.tell_officers(case, union, "desk.case_joined", now=now)
    return case


@transactions.atomic
def finish_part(*, by: Post, case_id: uuid.UUID, words: str, now: dt.datetime) -> Case:
    """A union that takes part has done its part, and says what; the handler is told and goes on
    answering for the whole. Raises `NotFound` for a union that takes no part, `Conflict`
    "part-done", `Invalid` on `words`."""
    words = check_words(words)
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        locking.check_open(case, states=OPEN_STATES)
        unit = CaseUnit.objects.filter(case=case, is_joint=True, until=None, union=post.union)
        found = unit.first()
        if found is None:
            raise locking.not_found()
        if found.done_at is not None:
            raise Conflict(_("Your union has done its part already."), code="part-done")
    with protection.working("cases.join"):
        unit.update(done_at=now)
        timeline.write_entry(
            case,
            EntryKind.JOINED,
            now=now,
            by=by.account_id,
            union=post.union,
            words=words,
            facts={"what": "part-done"},
        )
        telling.tell_officers(case, case.handler, "desk.case_part_done", now=now)
    return case


@transactions.atomic
def leave_unit(*, by: Post, case_id: uuid.UUID, union: Union, now: dt.datetime) -> Case:
    """End a union's joint handling, as the handler or as that union; it sees the case no longer,
    unless it had it before. Twice is once."""
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by, Action.DECIDE_CASES)
        if not post.scope.covers(union.path):
            locking.check_handler(case, post)
        if not joint_units(case, union).exists():
            return case
    with protection.working("cases.leave"):
        joint_units(case, union).update(until=now)
        if not CaseUnit.objects.filter(case=case, union=union, until=None).exists():
            case.sharing_paths = [path for path in case.sharing_paths if path != union.path]
        case.changed_at = now
        case.save(update_fields=["sharing_paths", "changed_at"])
        timeline.write_entry(
            case, EntryKind.LEFT, now=now, by=by.account_id, union=union, is_public=True
        )
    return case


def joint_units(case: Case, union: Union) -> QuerySet[CaseUnit]:
    """The joint handling of `case` by `union` that has not ended."""
    return CaseUnit.objects.filter(case=case, union=union, is_joint=True, until=None)
