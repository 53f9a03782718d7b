"""Going to those who could be helped and have not asked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.cases.selectors import access_offered
from niangjia.cases.selectors.reaching_out import list_reachable, list_who_could_be_helped
from niangjia.cases.services.locking import not_found
from niangjia.core import audit, clock, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Account, Membership, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.selectors.posts import find_acting_post
from niangjia.members.services import notices, personal_data
from niangjia.organisations.models import Union

KIND = "case.could_be_helped"
#: People on one page of the list; each counts as a look-up.
PAGE = 20
#: People in one sheet: what the limit of an hour lets an officer see.
SHEET = personal_data.LOOK_UPS_PER_HOUR
WORDS_LENGTHS = (5, 200)
#: Nobody is written to about the same service more often.
AGAIN_AFTER_DAYS = 90
#: Nobody writes to more people than their own county has.
HIGHEST_DEPTH = 3


@dataclass(frozen=True)
class People:
    """Some of those who could be helped; `after` is the number to go on after, "" at the end."""

    memberships: Sequence[Membership]
    after: str


@transactions.atomic
def list_unasked(
    *,
    by: Account,
    union: Union,
    key: str,
    purpose: str,
    after: str = "",
    limit: int = PAGE,
    now: dt.datetime,
) -> People:
    """Who at `union` and below could be helped by the item `key` and has not asked, for a stated
    purpose (`members.rules.purposes.stated`), in the order of their membership numbers.

    Whoever is on the list counts as a look-up and can read who looked and why (promises 6 and 8).
    Raises `NotFound` without a post that may look members up there, `Invalid` without a purpose,
    `Throttled` past the limits.
    """
    posts = current_posts(by)
    if find_acting_post(posts, Action.LOOK_UP_MEMBERS, union.path) is None:
        raise not_found()
    offered, today = access_offered(key, union), now.astimezone(clock.CHINA).date()
    with protection.working("catalogue.unasked"):
        found = list(
            list_who_could_be_helped(offered, union, posts, today=today)
            .filter(number__gt=after)
            .select_related("person", "union")
            .order_by("number")[: limit + 1]
        )
    shown = found[:limit]
    personal_data.list_members(by=by, memberships=shown, purpose=purpose, now=now)
    return People(shown, shown[-1].number if len(found) > limit else "")


@transactions.atomic
def reach_out(*, by: Post, union: Union, key: str, words: str, now: dt.datetime) -> int:
    """Write to those at `union` and below who could be helped and have not asked: a notice in their
    inbox, which opens the service. Only to whoever agreed to be told of benefits (Personal
    Information Protection Law, Article 13), and about one service once in ninety days. Nobody sees
    who they were. Says how many.

    Raises `NotFound` without the right to decide cases there, `Invalid` on `words`, `Conflict` for
    a union above the counties.
    """
    posts = [post for post in current_posts(by.account) if post.pk == by.pk]
    if find_acting_post(posts, Action.DECIDE_CASES, union.path) is None:
        raise not_found()
    if union.depth < HIGHEST_DEPTH:
        raise Conflict(
            _("Write from a county's federation, or below: people know who that is."),
            code="too-many",
        )
    said = words.strip()
    if not WORDS_LENGTHS[0] <= len(said) <= WORDS_LENGTHS[1]:
        problem = _("Write 5 to 200 characters: who you are, and what it would give them.")
        raise Invalid(problem, code="words-needed", fields={"words": problem})
    offered, today = access_offered(key, union), now.astimezone(clock.CHINA).date()
    name = offered.document.name
    with protection.working("catalogue.unasked"):
        found = list_who_could_be_helped(offered, union, posts, today=today)
        accounts = list_reachable(
            found, kind=KIND, key=key, since=now - dt.timedelta(days=AGAIN_AFTER_DAYS)
        )
        told = notices.notify_many(
            accounts=accounts,
            kind=KIND,
            facts={
                "item": {"zh": name.zh, "en": name.en},
                "union": union.name,
                "words": said,
                "key": key,
            },
            url=f"/services/{key}/",
            now=now,
        )
    audit.record(
        action="service-item.reached-out",
        by=by.account_id,
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details={"item": key, "told": told},
    )
    return told
