"""What operations of several parts of this room share."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
Fen = Annotated[int, Field(ge=1, le=10**12)]
Key = Annotated[str, StringConstraints(min_length=8, max_length=64)]


class GivingUnion(Schema):
    number: str
    name: str


def named(found: Any) -> dict[str, str]:
    """A union as `GivingUnion`."""
    return {"number": found.number, "name": found.name}
