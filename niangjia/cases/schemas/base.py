"""The small types that this room's operations share."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

Words = Annotated[str, StringConstraints(max_length=4000)]
Reason = Annotated[str, StringConstraints(max_length=500)]
PhoneText = Annotated[str, StringConstraints(max_length=30)]
Key = Annotated[str, StringConstraints(max_length=40)]
Number = Annotated[str, StringConstraints(max_length=20)]
Answers = Annotated[dict[str, Any], Field(max_length=200)]


class CaseText(Schema):
    """Words in both languages."""

    zh: str
    en: str


class CaseUnionOut(Schema):
    number: str
    name: str
