"""Photos, as operations take and give them."""

import datetime as dt
import uuid

from ninja import Schema

from niangjia.activities.schemas.desk import Said


class PhotoOut(Schema):
    """`alt` says what is to be seen; `small` and `whole` are addresses of the picture."""

    id: uuid.UUID
    session: uuid.UUID
    alt: str
    small: str
    whole: str
    width: int
    height: int
    added_at: dt.datetime


class TakeDownIn(Schema):
    words: Said = ""


class PhotoRequestOut(Schema):
    id: uuid.UUID
    words: str
    made_at: dt.datetime


class DeskPhotoOut(Schema):
    """`asked` is what waits for a decision; while anything does, nobody sees the photo."""

    id: uuid.UUID
    alt: str
    is_hidden: bool
    asked: list[PhotoRequestOut]


class PhotoVerdictIn(Schema):
    """Upheld: the photo goes for good. If not, it is shown again."""

    is_upheld: bool
