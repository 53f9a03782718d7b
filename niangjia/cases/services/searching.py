"""Searching by what names a person: for a purpose, on record."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.cases.selectors import search as selectors
from niangjia.cases.selectors.search import Found, Sought
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding
from niangjia.members.services.personal_data import check_purpose, spend_look_up


@transactions.atomic
def search_cases(
    *,
    by: Account,
    posts: Sequence[Post],
    sought: Sought,
    purpose: str = "",
    cursor: str | None = None,
    now: dt.datetime,
) -> Found:
    """The cases within the reach of `posts` that are sought; see `selectors.search`.

    A list shows nobody's name. But whoever asks for somebody's cases learns what is theirs: that
    takes a purpose, counts as a look-up (promise 8), and stands in the audit chain with whose
    cases were asked for (promise 6). Raises `NotFound` without a post that handles cases,
    `Invalid` on `purpose` and `words`, `Throttled`.
    """
    if not holding(posts, Action.HANDLE_CASES):
        raise NotFound(_("There is no such page"))
    if sought.whom is not None:
        check_purpose(purpose)
        spend_look_up(by, purpose, now)
    with protection.viewing(account=by.pk):
        found = selectors.search(posts, sought, account=by, cursor=cursor)
        concerned = selectors.persons_concerned(found, sought.whom)
    for person_id in concerned:
        audit.record(
            action="case.searched",
            by=by.pk,
            subject=f"person:{person_id}",
            union_id=holding(posts, Action.HANDLE_CASES)[0].union_id,
            person_id=person_id,
            purpose=purpose,
        )
    return found
