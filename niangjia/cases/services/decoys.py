"""Decoys: cases of nobody, whose opening says that somebody looks around (promise 8).

A decoy is a row like any other, in every list and under every rule. What it is stands in `mark`,
a keyed digest where other cases have chance, so that neither a page nor a copy of the database
tells them apart. It is counted nowhere, calls nobody and ends by itself before its term does.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from niangjia.cases.models import Case, EntryKind, State, Way
from niangjia.cases.rules import content
from niangjia.cases.selectors.overseers import overseers_of
from niangjia.cases.services import timeline
from niangjia.cases.services.locking import not_found
from niangjia.cases.services.opening import Asking, Matter, open_case
from niangjia.core import audit, transactions
from niangjia.core.crypto import new_token
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.posts import find_acting_post
from niangjia.members.services import notices
from niangjia.organisations.models import Union


@transactions.atomic
def plant_decoy(
    *,
    by: Post,
    union: Union,
    item_key: str,
    answers: Mapping[str, Any],
    name: str = "",
    now: dt.datetime,
) -> Case:
    """Put a decoy among the cases of `union`, made up by an officer of a union above, who decides
    cases there; it names no employer. That it was done is recorded without saying which it is.

    Raises `NotFound` for whoever has no such post above, and what `open_case` raises.
    """
    posts = [post for post in current_posts(by.account) if post.union_id != union.pk]
    if find_acting_post(posts, Action.DECIDE_CASES, union.path) is None:
        raise not_found()
    opened = open_case(
        matter=Matter(item_key=item_key, union=union, answers=answers, way=Way.PAPER),
        asking=Asking(name=name),
        is_decoy=True,
        now=now,
    )
    audit.record(
        action="decoy.planted", by=by.account_id, subject=f"union:{union.pk}", union_id=union.pk
    )
    return opened.case


def raise_alarm(case: Case, by: Account, posts: Sequence[Post], *, now: dt.datetime) -> None:
    """Somebody opened a decoy: record it and tell the officers above, who ask why. Whoever opened
    it sees nothing of that. In the caller's transaction."""
    audit.record(
        action="decoy.opened",
        by=by.pk,
        subject=f"case:{case.pk}",
        union_id=case.handler_id,
        details={"number": case.number},
    )
    for account in overseers_of(by, posts):
        notices.notify(
            account=account,
            kind="desk.decoy_opened",
            facts={
                "number": case.number,
                "union": case.handler.name,
                "officer": by.person.name if by.person else "—",
            },
            now=now,
        )


def end_decoy(case: Case, *, now: dt.datetime) -> None:
    """A locked decoy has lain long enough: it ends as a case does that was settled. As background
    work. Nothing is published and nothing counted."""
    case.state = State.CLOSED
    case.result = content.Result.RESOLVED
    case.closed_at = case.changed_at = now
    case.paused_at = case.resume_by = None
    case.catch_up()
    case.save()
    timeline.write_entry(
        case,
        EntryKind.CLOSED,
        now=now,
        union=case.handler,
        # As long as the link by which a case that is none is rated, so that both look alike.
        sealed={"rating": new_token()},
        facts={"result": content.Result.RESOLVED},
        is_public=True,
    )
