"""Every use case of this room that writes. Callers import the package."""

from niangjia.feedback.services.calling_back import can_be_called, record_call, view_contact
from niangjia.feedback.services.inviting import Invited, invite_rating, renew_link
from niangjia.feedback.services.judging import judge_signal
from niangjia.feedback.services.moving import hand_over_orders, move_due_dates
from niangjia.feedback.services.rating import rate
from niangjia.feedback.services.signals import find_signals, forget_devices
from niangjia.feedback.services.steps import take_step
from niangjia.feedback.services.sweeping import (
    close_unanswered,
    escalate_late_orders,
    pass_late_calls_on,
    remind_of_orders,
)
from niangjia.feedback.services.terms import set_term

__all__ = [
    "Invited",
    "can_be_called",
    "close_unanswered",
    "escalate_late_orders",
    "find_signals",
    "forget_devices",
    "hand_over_orders",
    "invite_rating",
    "judge_signal",
    "move_due_dates",
    "pass_late_calls_on",
    "rate",
    "record_call",
    "remind_of_orders",
    "renew_link",
    "set_term",
    "take_step",
    "view_contact",
]
