"""Dissolving a union without losing anybody."""

import datetime as dt

from niangjia.core import transactions
from niangjia.members.models import Post
from niangjia.members.services import posts
from niangjia.members.services.applications import hand_over_applications
from niangjia.members.services.memberships import hold_members
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Union


@transactions.atomic
def dissolve_union_and_hold_members(*, by: Post, union: Union, now: dt.datetime) -> Union:
    """Dissolve `union`: the union above holds its members and answers its applications (Trade Union
    Law, Article 13: membership survives the unit), and its posts end. All of it or nothing.

    `by` is a post above the union (`selectors.access_acting_post`). Raises `Conflict` while unions
    stand below it.
    """
    hold_members(union=union, by_account_id=by.account_id, now=now)
    hand_over_applications(union=union, now=now)
    dissolved = organisations.dissolve_union(union_id=union.pk, by=by, now=now)
    posts.end_posts_at(by=by.account, union=dissolved, now=now)
    return dissolved
