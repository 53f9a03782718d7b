"""What was rated lies in a room above: each says what it is called and where it lies, so that
whoever puts a bad rating right need not guess what it is about; and whom to call about it, where
the invitation itself knows nobody."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from niangjia.core.errors import Text
from niangjia.feedback.models import Invitation, RectificationOrder
from niangjia.members.models import Account, Post


@dataclass(frozen=True)
class Subject:
    """What was rated, and its page."""

    number: str
    label: Text
    url: str


class Contact(NamedTuple):
    """Whom to call; `way` is what somebody unknown left instead."""

    name: str
    phone: str
    way: str = ""


class OpenContact(Protocol):
    """Open, on record, whom to call. Raises `NotFound` for whoever may not know, `Throttled` for
    whoever opens too many."""

    def __call__(
        self, *, by: Account, posts: Sequence[Post], subject_id: uuid.UUID, now: dt.datetime
    ) -> Contact: ...


class CountOpening(Protocol):
    """Count that somebody reads whom to call, which the invitation knows, among what they open.
    Raises `Throttled` for whoever opens too many."""

    def __call__(
        self, *, by: Account, posts: Sequence[Post], subject_id: uuid.UUID, now: dt.datetime
    ) -> None: ...


@dataclass(frozen=True)
class Room:
    """What a room above says of its subjects: `find` one in the scope of an account, None for what
    that may not open; as background work whether somebody `can_be_called`, which hands nothing out;
    `open_contact`, and `count_opening` where it need not be opened for that."""

    find: Callable[[uuid.UUID, Sequence[Post], Account], Subject | None]
    can_be_called: Callable[[uuid.UUID], bool]
    open_contact: OpenContact
    count_opening: CountOpening


_rooms: dict[str, Room] = {}


def register(kind: str, room: Room) -> None:
    """Let a room above say what its subjects are; called when the room is ready."""
    _rooms[kind] = room


def find_room(subject: Invitation | RectificationOrder) -> Room | None:
    """The room that `subject` lies in; None where the name of the item says it all."""
    return _rooms.get(subject.subject_kind)


def find_subject(
    order: RectificationOrder, posts: Sequence[Post], account: Account
) -> Subject | None:
    """What `order` is about, for whoever may open that as well. In the scope of `account`. One
    query at most."""
    room = find_room(order)
    return room.find(order.subject_id, posts, account) if room else None
