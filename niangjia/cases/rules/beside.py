"""What rooms above have beside a case: each says what it shows to whoever looks at one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from niangjia.cases.models import Case
from niangjia.core.errors import Text
from niangjia.core.prepared import Asked, Whole
from niangjia.members.models import Account, Post


@dataclass(frozen=True)
class Beside:
    """Something that belongs to a case, and its page."""

    label: Text
    url: str


#: A question in the scope of the account: what that may not see is not among the answers.
Ask = Callable[[Case, Sequence[Post], Account], Asked[list[Beside]]]
_rooms: list[Ask] = []


def register(ask: Ask) -> None:
    """Let a room above show something beside each case; called when the room is ready."""
    _rooms.append(ask)


def all_beside(case: Case, posts: Sequence[Post], account: Account) -> Whole[list[Beside]]:
    """The question for what all of them show. In the scope of `account`."""
    return Whole([ask(case, posts, account) for ask in _rooms], lambda *found: list(chain(*found)))
