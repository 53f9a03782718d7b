"""Putting activities on together, as operations take and give it."""

import datetime as dt
import uuid

from ninja import Schema

from niangjia.activities.schemas.desk import Line, Said
from niangjia.activities.schemas.portal import OrganiserOut


class ShareIn(Schema):
    """`part` is named, list (its officers see who comes) or door (and note who came); `opens`: its
    members find it and may sign up."""

    part: Line = "named"
    opens: bool = True


class CoOrganiserIn(ShareIn):
    """`union` is its number."""

    union: Line
    words: Said = ""


class CoOrganiserOut(Schema):
    """`state` is invited, accepted, declined or left; `reason` is why not, or no longer."""

    id: uuid.UUID
    activity: str
    activity_name: str
    organiser: OrganiserOut
    union: OrganiserOut
    state: str
    part: str
    opens: bool
    words: str
    reason: str
    invited_at: dt.datetime


class CoOrganiserList(Schema):
    items: list[CoOrganiserOut]
    next: str | None


class PartingIn(Schema):
    """Why; the other union reads it."""

    reason: Said
