"""Every use case of this room that writes. One module an area; callers import the package."""

from niangjia.hotline.services.calls import end_call, hand_back_call, take_call
from niangjia.hotline.services.intake import (
    Caller,
    Handed,
    Intake,
    Taken,
    answer_order,
    open_order,
)
from niangjia.hotline.services.lines import open_line, set_line
from niangjia.hotline.services.telephony import note_event

__all__ = [
    "Caller",
    "Handed",
    "Intake",
    "Taken",
    "answer_order",
    "end_call",
    "hand_back_call",
    "note_event",
    "open_line",
    "open_order",
    "set_line",
    "take_call",
]
