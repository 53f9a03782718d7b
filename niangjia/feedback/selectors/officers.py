"""Who can act for a union on a matter that is not about themselves."""

import uuid

from django.db.models import QuerySet

from niangjia.feedback.models import Invitation, RectificationOrder, Stage
from niangjia.feedback.selectors.protection import may_know
from niangjia.members.models import Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Status, Union
from niangjia.organisations.rules import ancestor_paths


def list_posts_entitled(action: Action, *, but: uuid.UUID | None) -> QuerySet[Post]:
    """Posts held now that entitle to `action`, other than those of account `but`."""
    roles = [role for role, actions in permissions.MAY.items() if action in actions]
    posts = Post.objects.filter(ended_at__isnull=True, role__in=roles, account__is_active=True)
    return posts.exclude(account_id=but) if but else posts


def lowest_able(union: Union, action: Action, subject: Invitation | RectificationOrder) -> Union:
    """`find_able`; where nobody is found it is `union`, and officers whose reach covers it see it.
    A dissolved union gives way to the one above in any case."""
    return find_able(union, action, subject) or chain_from(union)[0]


def chain_from(union: Union) -> list[Union]:
    """`union` and those above it, without the dissolved."""
    return list(
        Union.objects.filter(path__in=ancestor_paths(union.path))
        .exclude(status=Status.DISSOLVED)
        .order_by("-depth")
    )


def find_able(
    union: Union, action: Action, subject: Invitation | RectificationOrder
) -> Union | None:
    """`union`, or the nearest one above with somebody who may do `action` about `subject`: somebody
    other than the rated officer, and tied to none of the employers of a protected subject.

    A union whose only officer is the one complained about looks into nothing; the one above does.
    """
    chain = chain_from(union)
    posts = list(
        list_posts_entitled(action, but=subject.rated_id)
        .filter(union__in=chain)
        .values_list("union_id", "account_id")
    )
    knowing = may_know({account for _union, account in posts}, subject)
    able = {union_id for union_id, account in posts if account in knowing}
    return next((each for each in chain if each.pk in able), None)


def is_highest_able(order: RectificationOrder) -> bool:
    """Whether nobody above the union that handles `order` could review it. Two queries, and none
    while there is nothing to review."""
    if order.stage != Stage.REVIEW:
        return False
    above = ancestor_paths(order.handled_by.path)[:-1]
    posts = list_posts_entitled(Action.RECTIFY, but=order.rated_id).filter(union__path__in=above)
    return not may_know(set(posts.values_list("account_id", flat=True)), order)
