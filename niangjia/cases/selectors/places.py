"""Which union somebody begins with."""

from dataclasses import dataclass

from niangjia.members.models import Account, Membership
from niangjia.members.selectors import find_membership
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
    """A member begins at their union; everybody else at the federation of their place; without a
    place one sees what is offered in the whole country. One or two queries."""
    membership = find_membership(account) if account else None
    if membership is not None:
        return Beginning(membership.union, membership)
    federations = covering(place)
    return Beginning(federations[0] if federations else access_root())
