"""Posts that are lent to whoever stands in for somebody on leave."""

import datetime as dt
import uuid
from collections.abc import Iterable

from niangjia.core import audit, transactions
from niangjia.members.models import Post, Role
from niangjia.members.rules import permissions
from niangjia.members.rules.substitutions import chain, lent_role
from niangjia.members.selectors.substitutions import own_posts, running

#: A post that is owed: who is lent it, and from which one.
Owed = tuple[uuid.UUID, Post]


@transactions.atomic
def arrange(*, now: dt.datetime) -> int:
    """Lend what today's substitutions owe, and end what they owe no more; says how many posts
    changed. Twice is once, by two workers as well: the substitutions are locked.

    A substitute of a substitute is lent the posts of both. Nobody is lent what they hold
    themselves, and whoever holds no post of their own any more is lent none.
    """
    live = list(running(now).select_for_update().order_by("pk"))
    pairs = {each.absent_id: each.substitute_id for each in live}
    ends = {each.absent_id: each.ends_at for each in live}
    people = set(pairs) | set(pairs.values())
    held: dict[uuid.UUID, list[Post]] = {}
    for post in own_posts().filter(account__in=people).select_related("union").order_by("pk"):
        held.setdefault(post.account_id, []).append(post)
    wanted: dict[tuple[uuid.UUID, uuid.UUID, str], tuple[Post, dt.datetime]] = {}
    for absent in pairs:
        until = ends[absent]
        for substitute in chain(absent, pairs):
            for post in held.get(absent, []):
                if held.get(substitute) and not is_held(held[substitute], post):
                    key = (substitute, post.union_id, lent_role(post.role))
                    wanted.setdefault(key, (post, until))
            until = min(until, ends.get(substitute, until))
    return settle(wanted, now=now)


def settle(
    wanted: dict[tuple[uuid.UUID, uuid.UUID, str], tuple[Post, dt.datetime]], *, now: dt.datetime
) -> int:
    """End each lent post that is not wanted as it is, and lend what is."""
    changed = 0
    for post in Post.objects.select_for_update().filter(ended_at=None, lent_from__isnull=False):
        right = wanted.get((post.account_id, post.union_id, post.role))
        if right and right[0].pk == post.lent_from_id and right[1] == post.until:
            del wanted[(post.account_id, post.union_id, post.role)]
            continue
        end([post], now=now)
        changed += 1
    for (account_id, _union, role), (own, until) in wanted.items():
        post = Post.objects.create(
            account_id=account_id,
            union_id=own.union_id,
            role=role,
            reach=own.reach,
            appointed_at=now,
            lent_from=own,
            until=until,
        )
        record(post, "post.lent")
        changed += 1
    return changed


def is_held(own: Iterable[Post], asked: Post) -> bool:
    """Whether one of `own` entitles to all that a lent `asked` would."""
    needed = permissions.MAY[lent_role(asked.role)]
    return any(
        post.union_id == asked.union_id
        and permissions.MAY[Role(post.role)] >= needed
        and (post.reach == asked.reach or post.reach == "subtree")
        for post in own
    )


def end_with(post: Post, *, now: dt.datetime) -> None:
    """A post has ended: so has what was lent from it; and whatever its holder was lent, when it was
    the last of their own. In the transaction that ended it."""
    end(Post.objects.filter(lent_from=post, ended_at=None), now=now)
    if not own_posts().filter(account=post.account_id).exists():
        lent = Post.objects.filter(account=post.account_id, lent_from__isnull=False, ended_at=None)
        end(lent, now=now)


def end(posts: Iterable[Post], *, now: dt.datetime) -> None:
    """End lent posts: at the moment they were lent until, if that has passed."""
    for post in posts:
        post.ended_at = min(post.until, now) if post.until else now
        post.save(update_fields=["ended_at"])
        record(post, "post.lent-ended")


def record(post: Post, action: str) -> None:
    audit.record(
        action=action,
        by=None,
        subject=f"post:{post.pk}",
        union_id=post.union_id,
        details={"role": post.role, "lent_from": str(post.lent_from_id)},
    )
