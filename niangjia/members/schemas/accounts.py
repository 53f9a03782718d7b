"""What the API says and hears about oneself."""

import datetime as dt
import uuid
from typing import Any

from ninja import Field, Schema

from niangjia.members.models import DocumentType, Gender, Purpose


class Me(Schema):
    """The account that asks, and whose it is as far as they have said."""

    id: uuid.UUID
    phone: str = Field(description="E.164")
    created_at: dt.datetime
    name: str | None
    document_type: DocumentType | None
    verified_at: dt.datetime | None = Field(description="when the real-name check was passed")


class IdentityIn(Schema):
    """Who one is. Rules decide what is right; every wrong field is named at once."""

    name: str = Field(max_length=200)
    document_type: DocumentType = DocumentType.RESIDENT_ID
    identity_number: str = Field(max_length=200)
    birth_date: dt.date | None = None
    gender: Gender | None = None
    consent: bool = Field(
        False, description="consent to the identity check; without it the identity is only recorded"
    )


class ConsentOut(Schema):
    """One purpose, the text of today, and whether it is agreed to."""

    purpose: Purpose
    text: str
    version: str
    given_at: dt.datetime | None = Field(description="null: not agreed under this text")


class ConsentList(Schema):
    items: list[ConsentOut]
    next: str | None = None


class Thing(Schema):
    """Something that one of the rooms has for me. `url` is its page; `waits`: it is my turn, and
    soon."""

    title: str
    hint: str
    url: str
    waits: bool


class ThingList(Schema):
    items: list[Thing]
    next: str | None = None


class ViewOfData(Schema):
    """Somebody looked at my data."""

    at: dt.datetime
    union: str | None
    purpose: str


class ViewOfDataList(Schema):
    items: list[ViewOfData]
    next: str | None


class ExportedTable(Schema):
    """One table's rows about me, and what is left out and why."""

    table: str
    rows: list[dict[str, Any]]
    withheld: dict[str, str]


class ExportOut(Schema):
    tables: list[ExportedTable]


class DeletionIn(Schema):
    """Confirms that this is meant."""

    confirmation: str = Field(max_length=10, description="the last 4 digits of one's phone number")
