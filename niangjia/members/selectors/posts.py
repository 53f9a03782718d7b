"""Who holds which post, and how far it reaches."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, ids, scope
from niangjia.core.errors import NotFound
from niangjia.core.prepared import Given, Prepared
from niangjia.members.models import Account, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union

#: Whoever sends a form so long after their post has ended is told so.
JUST_ENDED = dt.timedelta(days=1)


def current_posts(account: Account) -> list[Post]:
    """The posts `account` holds at this moment, with their unions, the highest first; each knows
    its account, and says its `holder`'s name. One query.

    Asked anew on every request, so that a post that ended gives nothing from then on (promise 34).
    """
    held = posts_held().instances(account=account.pk, now=clock.now())
    for post in held:
        post.account = account
    return held


@cache
def posts_held() -> Prepared[Post]:
    """The question of `current_posts`."""
    return Prepared(
        Post.objects.filter(account=Given("account"), ended_at=None, account__is_active=True)
        .filter(Q(until=None) | Q(until__gt=Given("now")))
        .exclude(union__status="dissolved")
        .select_related("union")
        .annotate(holder=F("account__person__name"))
        .order_by("union__depth", "union__path", "role")
    )


def holding(posts: Iterable[Post], action: Action) -> list[Post]:
    """Those of `posts` whose role entitles to `action`."""
    return [post for post in posts if permissions.may(post.role, action)]


def reaches(posts: Iterable[Post], action: Action) -> list[scope.Reach]:
    """Where in the tree `posts` together entitle to `action`: what `core.scope.within` takes."""
    return [post.scope for post in holding(posts, action)]


def find_acting_post(posts: Iterable[Post], action: Action, path: str) -> Post | None:
    """The post that entitles to `action` on the union at `path`: the nearest one, or None.

    Nobody moves or dissolves their own union, so those acts need a post above it.
    """
    fit = [
        post
        for post in holding(posts, action)
        if post.scope.covers(path)
        and not (action in permissions.FROM_ABOVE_ONLY and post.union.path == path)
    ]
    return max(fit, key=lambda post: post.union.depth, default=None)


def access_acting_post(posts: Iterable[Post], action: Action, path: str) -> Post:
    """`find_acting_post`, or `NotFound`: out of reach answers like missing."""
    if post := find_acting_post(posts, action, path):
        return post
    raise NotFound(_("There is no such page"))


def access_post(posts: Iterable[Post], post_id: str) -> Post:
    """The post with this id at a union where `posts` may appoint. Raises `NotFound`."""
    key = ids.parse_uuid(post_id)
    found = key and Post.objects.select_related("union", "account__person").filter(pk=key).first()
    if found and any(r.covers(found.union.path) for r in reaches(posts, Action.APPOINT_POSTS)):
        return found
    raise NotFound(_("There is no such page"))


def find_ended_post(account: Account, *, now: dt.datetime) -> Post | None:
    """The post of `account` that ended last, within the day before `now`. One query."""
    just = Q(ended_at__gt=now - JUST_ENDED, ended_at__lte=now)
    just |= Q(ended_at=None, until__gt=now - JUST_ENDED, until__lte=now)
    found = Post.objects.filter(just, account=account).select_related("union")
    return found.order_by(Coalesce("ended_at", "until")).last()


def list_posts_at(union: Union) -> QuerySet[Post]:
    """Every post at `union`, current ones first, then the ended, latest first."""
    return (
        Post.objects.filter(union=union)
        .select_related("account__person", "union")
        .order_by("-ended_at", "role", "appointed_at")
    )
