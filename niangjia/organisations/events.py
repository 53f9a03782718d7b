"""Facts about unions, for the rooms above."""

import uuid
from dataclasses import dataclass

from niangjia.core.outbox import Event


@dataclass(frozen=True)
class UnionFounded(Event):
    """A union exists."""

    union_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class UnionConfirmed(Event):
    """A union that was being founded is active from now on."""

    union_id: uuid.UUID


@dataclass(frozen=True)
class UnionEdited(Event):
    """What a union says about itself has changed. `fields` are names of columns."""

    union_id: uuid.UUID
    fields: list[str]


@dataclass(frozen=True)
class EmployerChanged(Event):
    """Who is tied to an employer may have changed: a union named it or no longer does, it has
    another name, or took another in."""

    employer_id: uuid.UUID


@dataclass(frozen=True)
class UnionMoved(Event):
    """A union, with all below it, has another upper union in one of the two trees."""

    union_id: uuid.UUID
    tree: str
    from_parent_id: uuid.UUID | None
    to_parent_id: uuid.UUID | None


@dataclass(frozen=True)
class UnionDissolved(Event):
    """A union is no more. It had no members and nothing below it."""

    union_id: uuid.UUID
