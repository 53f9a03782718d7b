"""Everything this room stores."""

from niangjia.feedback.models.call_backs import Call, CallBack
from niangjia.feedback.models.choices import (
    CallResult,
    Channel,
    Finding,
    Level,
    Outcome,
    SignalKind,
    Stage,
    StepKind,
    Verdict,
)
from niangjia.feedback.models.invitations import Invitation
from niangjia.feedback.models.orders import OrderStep, RectificationOrder
from niangjia.feedback.models.ratings import Answer, Rating
from niangjia.feedback.models.signals import Signal
from niangjia.feedback.models.terms import RectificationTerm

__all__ = [
    "Answer",
    "Call",
    "CallBack",
    "CallResult",
    "Channel",
    "Finding",
    "Invitation",
    "Level",
    "OrderStep",
    "Outcome",
    "Rating",
    "RectificationOrder",
    "RectificationTerm",
    "Signal",
    "SignalKind",
    "Stage",
    "StepKind",
    "Verdict",
]
