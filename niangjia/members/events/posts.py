"""Facts about posts."""

from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class PostAppointed(Event):
    """An account was given a post."""

    post_id: str
    account_id: str
    union_id: str
    role: str


@dataclass(frozen=True)
class OfficerNamed(Event):
    """Who holds a post said who they are, or that their name is another."""

    account_id: str


@dataclass(frozen=True)
class PostEnded(Event):
    """A post was ended. `last_chair`: its union has no chair now."""

    post_id: str
    account_id: str
    union_id: str
    role: str
    last_chair: bool
