"""Appointing officers and ending their posts."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.events.posts import PostAppointed, PostEnded
from niangjia.members.models import Account, Post, Reach, Role
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import posts as selectors
from niangjia.members.services import lending, notices
from niangjia.organisations.models import Status, Union

#: Roles without which a node's root could be governed by nobody.
KEEPERS_OF_THE_ROOT = frozenset({Role.CHAIR, Role.ADMINISTRATOR})


@transactions.atomic
def appoint_post(
    *,
    by: Account | None,
    account: Account,
    union: Union,
    role: Role,
    reach: Reach = Reach.SUBTREE,
    now: dt.datetime,
) -> Post:
    """Give `account` a post at `union`.

    A chair (and a node administrator) is appointed from a union above, which is who approves an
    election; a chair picks the staff of their own union (Trade Union Law, Articles 10, 12). Nobody
    appoints themselves. `by` None is the node's keeper at the console, who sets up the root.

    Raises `NotFound` where `by` has no such right (out of reach answers like missing), and
    `Conflict` for oneself, for a post already held, for a dissolved union or a closed account.
    """
    union = Union.objects.select_for_update(no_key=True).get(pk=union.pk)
    if by is not None:
        if by.pk == account.pk:
            raise Conflict(_("Nobody appoints themselves."), code="oneself")
        appointer = _right_to_arrange(by, union, role)
        if reach == Reach.SUBTREE and appointer.reach != Reach.SUBTREE:
            raise Conflict(
                _("You cannot give a wider reach than your own."),
                code="reach-too-wide",
                fields={"reach": _("You cannot give a wider reach than your own.")},
            )
    if union.status == Status.DISSOLVED:
        raise Conflict(_("This union has been dissolved."), code="dissolved")
    if not account.is_active:
        raise Conflict(_("This account has been closed."), code="account-closed")
    if Post.objects.filter(account=account, union=union, role=role, ended_at=None).exists():
        raise Conflict(_("This person already holds this post."), code="already-held")
    post = Post.objects.create(
        account=account,
        union=union,
        role=role,
        reach=reach,
        appointed_at=now,
        appointed_by_account_id=by.pk if by else None,
    )
    _record(post, "post.appointed", by)
    _tell(post, "post.appointed", reverse("members:desk"), now)
    outbox.publish(
        PostAppointed(
            post_id=str(post.pk), account_id=str(account.pk), union_id=str(union.pk), role=role
        )
    )
    return post


def appoint_by_phone(
    *, by: Account, phone: str, union: Union, role: Role, reach: Reach, now: dt.datetime
) -> Post | None:
    """`appoint_post` for whoever signs in with `phone` (E.164); None when nobody does.

    Callers answer both alike: whether somebody has an account is not theirs to say (promise 15).
    """
    _right_to_arrange(by, union, role)
    account = Account.objects.by_phone(phone)
    if account is None or not account.is_active:
        return None
    return appoint_post(by=by, account=account, union=union, role=role, reach=reach, now=now)


@transactions.atomic
def end_post(*, by: Account | None, post_id: uuid.UUID, now: dt.datetime) -> Post:
    """End a post: whoever may appoint to it may end it. The row stays and says who and when.

    Ending a union's last chair is allowed (recall, death, resignation): the union above answers
    meanwhile. Ending the root's last chair or administrator is refused, since nobody above could
    appoint the next. Raises `NotFound` without the right, `Conflict` when ended already, for one's
    own post, and for the root's last.
    """
    found = Post.objects.filter(pk=post_id).only("union_id").first()
    if found is None:
        raise NotFound(_("There is no such page"))
    union = Union.objects.select_for_update(no_key=True).get(pk=found.union_id)
    post = (
        Post.objects.select_for_update(of=("self",))
        .select_related("account", "union")
        .get(pk=post_id)
    )
    if by is not None:
        _right_to_arrange(by, union, Role(post.role))
        if by.pk == post.account_id:
            raise Conflict(_("Nobody ends their own post; ask a colleague."), code="oneself")
    if post.ended_at is not None:
        raise Conflict(_("This post has already been ended."), code="already-ended")
    if post.lent_from_id is not None:
        raise Conflict(
            _("This post is lent and ends by itself. It is ended earlier among the substitutes."),
            code="lent",
        )
    last = not (
        Post.objects.filter(union=union, role=post.role, ended_at=None).exclude(pk=post.pk).exists()
    )
    if last and union.parent_id is None and post.role in KEEPERS_OF_THE_ROOT:
        raise Conflict(
            _("This is the last such post at the top of the tree. Appoint a successor first."),
            code="last-keeper",
        )
    _end(post, by=by, is_last=last, now=now)
    return post


@transactions.atomic
def end_posts_at(*, by: Account, union: Union, now: dt.datetime) -> int:
    """End every post at `union`, which has just been dissolved; says how many. What they could see
    is the union above's now, and nobody is kept from closing their account by a post at nothing."""
    held = Post.objects.select_for_update(of=("self",)).filter(union=union, ended_at=None)
    posts = list(held.select_related("account", "union").order_by("pk"))
    for post in posts:
        _end(post, by=by, is_last=True, now=now)
    return len(posts)


def _end(post: Post, *, by: Account | None, is_last: bool, now: dt.datetime) -> None:
    post.ended_at = now
    post.ended_by_account_id = by.pk if by else None
    post.save(update_fields=["ended_at", "ended_by_account_id"])
    _record(post, "post.ended", by)
    lending.end_with(post, now=now)
    _tell(post, "post.ended", "", now)
    outbox.publish(
        PostEnded(
            post_id=str(post.pk),
            account_id=str(post.account_id),
            union_id=str(post.union_id),
            role=post.role,
            last_chair=is_last and post.role == Role.CHAIR,
        )
    )


def _right_to_arrange(by: Account, union: Union, role: Role) -> Post:
    """The post of `by`, read now and not when the page was drawn, that may fill `role`."""
    for post in selectors.holding(selectors.current_posts(by), Action.APPOINT_POSTS):
        from_above = post.union.path != union.path
        if post.scope.covers(union.path) and permissions.may_appoint(
            post.role, role, from_above=from_above
        ):
            return post
    raise NotFound(_("There is no such page"))


def _tell(post: Post, kind: str, url: str, now: dt.datetime) -> None:
    facts = {"union": post.union.name, "role": post.role}
    notices.notify(account=post.account, kind=kind, facts=facts, url=url, now=now)


def _record(post: Post, action: str, by: Account | None) -> None:
    audit.record(
        action=action,
        by=by.pk if by else None,
        subject=f"post:{post.pk}",
        union_id=post.union_id,
        person_id=post.account.person_id,
        details={"role": post.role, "reach": post.reach},
    )
