"""Who may stand in for whom, and for how long."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from niangjia.members.models import Role
from niangjia.organisations.models import Union

#: The longest leave that is entered at once; a longer one is entered again.
MOST_DAYS = 180


def lent_role(role: Role | str) -> Role:
    """In which role a post is lent: a chair's gives the work on cases and nothing else, for a
    chair is elected (Trade Union Law, Article 10) and nobody lends an election."""
    return Role.STAND_IN if role == Role.CHAIR else Role(role)


def is_near(absent: Union, substitute: Union) -> bool:
    """Whether an officer of `substitute` may do the work of one at `absent`: of the same union, the
    one above it, or one beside it."""
    return substitute.pk in (absent.pk, absent.parent_id) or (
        absent.parent_id is not None and substitute.parent_id == absent.parent_id
    )


def chain(absent: uuid.UUID, stands_in: Mapping[uuid.UUID, uuid.UUID]) -> list[uuid.UUID]:
    """Who stands in for `absent`, and who for them if they are away as well, and so on; each once,
    so that a circle ends."""
    found: list[uuid.UUID] = []
    following = stands_in.get(absent)
    while following is not None and following != absent and following not in found:
        found.append(following)
        following = stands_in.get(following)
    return found


def is_circle(
    absent: uuid.UUID, substitute: uuid.UUID, others: Iterable[tuple[uuid.UUID, uuid.UUID]]
) -> bool:
    """Whether naming `substitute` would lead back to `absent` through `others`, the pairs (absent,
    substitute) of the same time."""
    return absent in chain(substitute, dict(others))


def overlap(one: tuple[dt.datetime, dt.datetime], other: tuple[dt.datetime, dt.datetime]) -> bool:
    """Whether two times have a moment in common; each ends before its second moment."""
    return one[0] < other[1] and other[0] < one[1]
