"""Whom to tell about an officer: those above."""

from collections.abc import Sequence

from niangjia.members.models import Account, Post, Role
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding
from niangjia.organisations.rules.paths import ancestor_paths


def overseers_of(account: Account, posts: Sequence[Post]) -> list[Account]:
    """The chairs of the nearest union above the posts by which `account` handles cases that has
    one besides `account`; at the top of the tree, of their own union. One query."""
    own = {post.union.path for post in holding(posts, Action.HANDLE_CASES)}
    above = {path for each in own for path in ancestor_paths(each)[:-1]}
    chairs = list(
        Post.objects.filter(
            union__path__in=above | own,
            role=Role.CHAIR,
            ended_at__isnull=True,
            account__is_active=True,
        )
        .exclude(account=account)
        .select_related("account", "union")
    )
    upper = [post for post in chairs if post.union.path in above] or chairs
    nearest = max((post.union.depth for post in upper), default=0)
    return list({p.account_id: p.account for p in upper if p.union.depth == nearest}.values())
