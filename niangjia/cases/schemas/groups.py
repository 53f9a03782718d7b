"""Groups, as operations take and give them."""

import datetime as dt
import uuid
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from niangjia.cases.schemas.base import PhoneText, Reason, Words

PersonName = Annotated[str, StringConstraints(max_length=40)]


class GroupJoinIn(Schema):
    """The code, and who takes part; only officers read the name and the number."""

    code: Annotated[str, StringConstraints(max_length=60)]
    name: PersonName
    phone: PhoneText


class GroupUnknownJoinIn(GroupJoinIn):
    """Without an account; with `may_text` messages go to `phone` that there is news."""

    may_text: bool = False


class GroupStandOut(Schema):
    """Somebody who stands (`elected_at` null) or represents; `mine` is what one said oneself."""

    id: uuid.UUID
    name: str
    agree: int
    accepted_at: dt.datetime | None
    elected_at: dt.datetime | None
    mine: bool | None


class GroupPartOut(Schema):
    """A group as one of it reads it. `code` only for whoever may pass it on; `receipt` only when
    one has just taken part without an account: it is shown this once. `texts_to`: the number,
    masked, that messages go to when there is news; only for whoever has a receipt."""

    number: str
    state: str
    result: str | None
    next_due_at: dt.datetime | None
    count: int
    code: str
    may_elect: bool
    may_speak: bool
    stands: list[GroupStandOut]
    texts_to: str
    receipt: str = ""


class GroupReceiptIn(Schema):
    """The receipt of whoever has no account."""

    receipt: Annotated[str, StringConstraints(min_length=1, max_length=80)]


class GroupTextsIn(GroupReceiptIn):
    """Where messages go that there is news; "" for nowhere any more."""

    phone: PhoneText = ""


class GroupVoiceIn(Schema):
    representative: uuid.UUID
    agrees: bool

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        return {"representative_id": self.representative, "agrees": self.agrees}


class ReceiptVoiceIn(GroupVoiceIn, GroupReceiptIn):
    pass


class GroupWordsIn(Schema):
    words: Words


class ReceiptWordsIn(GroupWordsIn, GroupReceiptIn):
    pass


class GroupMemberOut(Schema):
    id: uuid.UUID
    name: str
    phone: str
    joined_by: str
    joined_at: dt.datetime


class GroupOut(Schema):
    """A group as officers read it."""

    code: str
    may_elect: bool
    members: list[GroupMemberOut]
    stands: list[GroupStandOut]


class GroupPersonIn(Schema):
    name: PersonName
    phone: PhoneText


class GroupListIn(Schema):
    people: Annotated[list[GroupPersonIn], Field(min_length=1, max_length=500)]


class GroupEnteredOut(Schema):
    name: str
    receipt: str


class GroupEnteredList(Schema):
    """Receipts to be handed out, shown this once."""

    items: list[GroupEnteredOut]
    next: str | None


class GroupRemovalIn(Schema):
    member: uuid.UUID
    reason: Reason


class GroupNominationIn(Schema):
    member: uuid.UUID


class GroupSignaturesIn(Schema):
    representative: uuid.UUID
    members: Annotated[list[uuid.UUID], Field(min_length=1, max_length=500)]
