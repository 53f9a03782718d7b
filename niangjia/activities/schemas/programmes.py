"""Pages of programmes, as operations take and give them."""

import uuid

from ninja import Schema

from niangjia.activities.schemas.desk import Line, Number, Words
from niangjia.activities.schemas.portal import ActivityList, OrganiserOut


class ThingOut(Schema):
    """Something of another room; `words` say why it stands here."""

    kind: str
    key: str
    title: str
    text: str
    url: str
    words: str


class ProgrammeOut(Schema):
    """A brand, or what one union does under it (`union`); `unions` have pages of their own."""

    key: str
    name: str
    text: str
    union: OrganiserOut | None
    summary: str
    phone: str
    unions: list[OrganiserOut]
    things: list[ThingOut]
    activities: ActivityList


class ProgrammePageIn(Schema):
    """`union` writes it; without, the union of one's own highest post."""

    programme: Line
    summary: Line
    text: Words = ""
    phone: Line = ""
    union: Number | None = None


class ProgrammeThingIn(Schema):
    """`kind` is service or place, `key` the thing's name in its room."""

    kind: Line
    key: Line
    words: Line = ""


class ProgrammeRemovalIn(Schema):
    item: uuid.UUID


class ProgrammeThingOut(Schema):
    """`is_there` is false for what is gone."""

    id: uuid.UUID
    kind: str
    key: str
    words: str
    is_there: bool


class ProgrammePageItem(Schema):
    id: uuid.UUID
    programme: str
    union: OrganiserOut
    summary: str
    text: str
    phone: str
    is_public: bool


class ProgrammePageOut(ProgrammePageItem):
    things: list[ProgrammeThingOut]


class ProgrammePageList(Schema):
    """What is gathered on each stands with the page itself."""

    items: list[ProgrammePageItem]
    next: str | None
