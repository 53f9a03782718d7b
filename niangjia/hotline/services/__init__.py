"""Every use case of this room that writes. One module an area; callers import the package."""

from niangjia.hotline.services.calling_back import record_call_back, view_contact
from niangjia.hotline.services.calls import end_call, hand_back_call, take_call
from niangjia.hotline.services.dispatching import dispatch_order, grade_order
from niangjia.hotline.services.intake import (
    Caller,
    Handed,
    Intake,
    Taken,
    answer_order,
    open_order,
)
from niangjia.hotline.services.lines import open_line, set_line
from niangjia.hotline.services.on_call import add_on_call, end_on_call
from niangjia.hotline.services.paging import acknowledge, acknowledge_link, flag_urgent
from niangjia.hotline.services.quality import check_order
from niangjia.hotline.services.telephony import note_event

__all__ = [
    "Caller",
    "Handed",
    "Intake",
    "Taken",
    "acknowledge",
    "acknowledge_link",
    "add_on_call",
    "answer_order",
    "check_order",
    "dispatch_order",
    "end_call",
    "end_on_call",
    "flag_urgent",
    "grade_order",
    "hand_back_call",
    "note_event",
    "open_line",
    "open_order",
    "record_call_back",
    "set_line",
    "take_call",
    "view_contact",
]
