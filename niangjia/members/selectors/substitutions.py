"""Who is away, and who stands in."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Post, Role, Substitution
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.rules.substitutions import chain
from niangjia.members.selectors.posts import holding
from niangjia.organisations.models import Status

ROLES = [role for role, may in permissions.MAY.items() if Action.HANDLE_CASES in may]
MOST_COLLEAGUES = 200


@dataclass(frozen=True)
class Colleague:
    """An officer who handles cases, as a choice."""

    account_id: uuid.UUID
    name: str
    role: str
    union: str


def running(now: dt.datetime) -> QuerySet[Substitution]:
    """The substitutions that hold at this moment."""
    return Substitution.objects.filter(ended_at=None, starts_at__lte=now, ends_at__gt=now)


def absent_now(accounts: Sequence[uuid.UUID], now: dt.datetime) -> set[uuid.UUID]:
    """Those of `accounts` who are away. One query."""
    return set(running(now).filter(absent__in=accounts).values_list("absent_id", flat=True))


def stands_in_for(account_id: uuid.UUID, now: dt.datetime) -> set[uuid.UUID]:
    """For whom somebody works now besides themselves, through others as well. One query."""
    pairs = dict(running(now).values_list("absent_id", "substitute_id"))
    return {absent for absent in pairs if account_id in chain(absent, pairs)}


def own_posts() -> QuerySet[Post]:
    """The posts in the work on cases that are held and not lent."""
    return Post.objects.filter(
        ended_at=None, lent_from=None, role__in=ROLES, account__is_active=True
    ).exclude(union__status=Status.DISSOLVED)


def list_colleagues(posts: Sequence[Post]) -> list[Colleague]:
    """The officers who may stand in for somebody at the unions of `posts`: of those unions, the
    ones above and the ones beside. One query."""
    unions = {post.union_id for post in posts}
    parents = {post.union.parent_id for post in posts} - {None}
    near = Q(union__in=unions | parents) | Q(union__parent__in=parents)
    return colleagues_among(own_posts().filter(near))


def own_colleague(account: Account) -> list[Colleague]:
    """Somebody themselves, as a choice. One query."""
    return colleagues_among(own_posts().filter(account=account))


def list_staff(posts: Sequence[Post]) -> list[Colleague]:
    """The officers for whom a chair among `posts` may name a substitute: of their unions. One
    query, none without."""
    chaired = [post.union_id for post in posts if post.role == Role.CHAIR]
    return colleagues_among(own_posts().filter(union__in=chaired)) if chaired else []


def colleagues_among(posts: QuerySet[Post]) -> list[Colleague]:
    """Whoever holds `posts`, each once."""
    found: dict[uuid.UUID, Colleague] = {}
    named = posts.annotate(name=F("account__person__name"), at=F("union__name"))
    for post in named.order_by("union__depth", "role", "appointed_at")[:MOST_COLLEAGUES]:
        found.setdefault(
            post.account_id,
            Colleague(post.account_id, post.name or "—", str(post.get_role_display()), post.at),
        )
    return list(found.values())


def list_substitutions(
    account: Account, posts: Sequence[Post], *, now: dt.datetime
) -> QuerySet[Substitution]:
    """What concerns `account`: their own leave, whom they stand in for, and, for a chair, the leave
    of the officers of their union; what is over is left out."""
    chaired = [post.union_id for post in holding(posts, Action.APPOINT_POSTS)]
    staff = Post.objects.filter(union__in=chaired, ended_at=None).values("account")
    mine = Q(absent=account) | Q(substitute=account) | Q(absent__in=staff)
    return (
        Substitution.objects.filter(mine, ended_at=None, ends_at__gt=now)
        .select_related("absent__person", "substitute__person")
        .order_by("starts_at")
    )


def access_substitution(
    account: Account, posts: Sequence[Post], key: str, *, now: dt.datetime
) -> Substitution:
    """One of `list_substitutions`. Raises `NotFound`."""
    parsed = ids.parse_uuid(key)
    found = (
        list_substitutions(account, posts, now=now).filter(pk=parsed).first() if parsed else None
    )
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
