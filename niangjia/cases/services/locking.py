"""Holding a case, by whoever may act on it."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, State
from niangjia.cases.selectors import visible_cases
from niangjia.core import clock
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.substitutions import stands_in_for

RELATED = (
    "item",
    "snapshot",
    "handler__division",
    "began_at",
    "raised_to",
    "applicant",
    "person",
    "assigned_to",
)


def lock_for_officer(
    case_id: uuid.UUID, by: Post, action: Action = Action.HANDLE_CASES
) -> tuple[Case, Post]:
    """The case, locked, and the post of `by` as it is now. In the scope of that account.

    Looked up again inside the lock, by the database's own rule as well: a post that ended a second
    ago, a case that moved away, an employer named meanwhile give `NotFound`.
    """
    posts = [
        post
        for post in current_posts(by.account)
        if post.pk == by.pk and permissions.may(post.role, action)
    ]
    case = locked(visible_cases(posts, account=by.account).filter(pk=case_id)) if posts else None
    if case is None:
        raise not_found()
    if case.applicant_id == by.account_id:
        raise Conflict(
            _("This is your own case. A colleague or the union above handles it."),
            code="own-case",
        )
    case.acting_for = find_absent(case, posts[0])
    return case, posts[0]


def locked(cases: QuerySet[Case]) -> Case | None:
    """The one of `cases`, locked, with what belongs to it.

    Whoever waited for a colleague who gave the case to another union finds the row changed, and
    PostgreSQL joins the changed row with the union that was read before: nothing fits, and it drops
    out as if there were no case. So what was not found is asked for once more, now that nobody
    holds it. One query; two where there is nothing.
    """
    held = cases.select_for_update(of=("self",)).select_related(*RELATED)
    return held.first() or held.all().first()


def find_absent(case: Case, post: Post) -> uuid.UUID | None:
    """For whom whoever holds `post` acts on `case`: whose post they were lent, or to whom it is
    assigned who is on leave. One query at most, none for one's own cases."""
    if post.lent_from is not None:
        return post.lent_from.account_id
    assigned = case.assigned_to_id
    if assigned is None or assigned == post.account_id:
        return None
    return assigned if assigned in stands_in_for(post.account_id, clock.now()) else None


def lock_for_applicant(case_id: uuid.UUID, owner: bytes) -> Case:
    """The applicant's own case, locked. In the scope of that receipt. Raises `NotFound`."""
    case = locked(Case.objects.filter(pk=case_id, owner_digest=owner))
    if case is None:
        raise not_found()
    return case


def check_open(case: Case, *, states: Collection[str] = (State.OPEN,)) -> None:
    """Raise `Conflict` when the case is not in one of `states`."""
    if case.state in states:
        return
    if case.state == State.PAUSED:
        raise Conflict(_("The clock of this case is paused. Let it go on first."), code="paused")
    if case.state == State.WITHDRAWN:
        raise Conflict(_("The applicant has withdrawn this case."), code="withdrawn")
    if case.state == State.CLOSED:
        raise Conflict(_("This case is finished already."), code="closed")
    raise Conflict(_("The clock of this case is not paused."), code="not-paused")


def check_handler(case: Case, post: Post) -> None:
    """Raise `NotFound` unless `post` reaches the union whose turn it is: to share a case is to see
    it and to speak, not to decide it."""
    if not post.scope.covers(case.handler_path):
        raise not_found()


def find_account(account_id: uuid.UUID | None) -> Account | None:
    """The account of this id, if there is one."""
    return Account.objects.filter(pk=account_id).first() if account_id else None


def not_found() -> NotFound:
    return NotFound(_("There is no such page"))
