"""Which union somebody begins with."""

from contextlib import suppress
from dataclasses import dataclass, replace

from niangjia.cases.rules.content import Item
from niangjia.cases.selectors.items import Offered, access_offered
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Membership
from niangjia.members.selectors import current_posts, find_membership
from niangjia.organisations.models import Union
from niangjia.organisations.selectors import access_root
from niangjia.organisations.selectors.guide import covering
from niangjia.regions.models import Division


@dataclass(frozen=True)
class Beginning:
    """The union whose catalogue somebody sees, and the membership that leads there if it does."""

    union: Union
    membership: Membership | None = None

    @property
    def is_near(self) -> bool:
        """Whether it is a union that can be asked, and not the whole country's."""
        return self.union.depth > 0


def beginning_of(account: Account | None, place: Division | None) -> Beginning:
    """A member begins at their union; everybody else at the federation of the place they chose;
    without one they see what is offered in the whole country. One or two queries; whose account it
    is, is known with the membership."""
    membership = find_membership(account) if account else None
    if account is not None and membership is not None:
        account.person = membership.person
        return Beginning(membership.union, membership)
    federations = covering(place)
    return Beginning(federations[0] if federations else access_root())


def beginning_for(
    item: Item, beginning: Beginning, *, account: Account | None, place: Division | None
) -> Beginning:
    """Where asking for `item` begins for somebody who begins at `beginning` otherwise.

    What `begins` with the place goes to the federation there, however close their own union is: it
    may be about another employer than the one whose union they are in. Without a chosen place it is
    the place of their union. What is open to unions is asked for by the one whose officer they are,
    their own where that is one of several. One query at most.
    """
    if item.open_to == "unions" and account is not None:
        unions = {post.union_id: post.union for post in current_posts(account)}
        if unions and beginning.union.pk not in unions:
            return replace(beginning, union=max(unions.values(), key=lambda union: union.depth))
    elif item.begins == "place" and beginning.membership is not None:
        federations = covering(place or beginning.union.division)
        if federations:
            return replace(beginning, union=federations[0])
    return beginning


def offered_to(
    key: str, *, account: Account | None, place: Division | None
) -> tuple[Beginning, Offered]:
    """Where asking for an item begins for somebody, and the item as it holds there. What is offered
    at their own union alone begins there. Raises `NotFound` where it is not offered. Five queries
    at most."""
    beginning = beginning_of(account, place)
    offered = access_offered(key, beginning.union)
    there = beginning_for(offered.document, beginning, account=account, place=place)
    if there.union != beginning.union:
        with suppress(NotFound):
            return there, access_offered(key, there.union)
    return beginning, offered
