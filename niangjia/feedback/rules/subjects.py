"""What was rated lies in a room above: each says what it is called and where it lies, so that
whoever puts a bad rating right need not guess what it is about."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from niangjia.core.errors import Text
from niangjia.feedback.models import RectificationOrder
from niangjia.members.models import Account, Post


@dataclass(frozen=True)
class Subject:
    """What was rated, and its page."""

    number: str
    label: Text
    url: str


#: Asked in the scope of the account: None for what that may not open.
Ask = Callable[[uuid.UUID, Sequence[Post], Account], Subject | None]
_rooms: dict[str, Ask] = {}


def register(kind: str, ask: Ask) -> None:
    """Let a room above say what its subjects are; called when the room is ready."""
    _rooms[kind] = ask


def find_subject(
    order: RectificationOrder, posts: Sequence[Post], account: Account
) -> Subject | None:
    """What `order` is about, for whoever may open that as well; None too where the name of the item
    says it all. In the scope of `account`. One query at most."""
    ask = _rooms.get(order.subject_kind)
    return ask(order.subject_id, posts, account) if ask else None
