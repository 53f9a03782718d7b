"""Facts about memberships."""

from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class MemberAdmitted(Event):
    """A person became a member (by application or from the paper register)."""

    membership_id: str
    union_id: str


@dataclass(frozen=True)
class MembershipTransferred(Event):
    """A membership moved. `held`: not by the member's wish, but because their union is gone."""

    membership_id: str
    from_union_id: str
    to_union_id: str
    held: bool


@dataclass(frozen=True)
class MembershipReserved(Event):
    """Retired or out of work: the membership rests."""

    membership_id: str
    union_id: str


@dataclass(frozen=True)
class MembershipRestored(Event):
    """A reserved membership is active again."""

    membership_id: str
    union_id: str


@dataclass(frozen=True)
class MembershipEnded(Event):
    """The person is no longer a member."""

    membership_id: str
    union_id: str
