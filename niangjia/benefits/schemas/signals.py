"""What is odd about redemptions, as officers' operations take and give it."""

import datetime as dt
import uuid

from ninja import Schema

from niangjia.benefits.models import Judgement, SignalKind
from niangjia.benefits.schemas.shapes import Reason


class RedemptionSignalOut(Schema):
    id: uuid.UUID
    shop: str
    kind: SignalKind
    hour_at: dt.datetime
    count: int
    judgement: Judgement | None
    words: str


class RedemptionSignalList(Schema):
    items: list[RedemptionSignalOut]
    next: str | None


class RedemptionJudgementIn(Schema):
    judgement: Judgement
    words: Reason
