"""Every use case of this room that writes. One module an area; callers import the package."""

from niangjia.hotline.services.caller import read_caller
from niangjia.hotline.services.calling_back import record_call_back, view_contact
from niangjia.hotline.services.calls import end_call, hand_back_call, take_call
from niangjia.hotline.services.dispatching import dispatch_order, grade_order, return_order
from niangjia.hotline.services.drafts import save_draft
from niangjia.hotline.services.exporting import export_statistics
from niangjia.hotline.services.intake import answer_order, open_order
from niangjia.hotline.services.knowledge import (
    add_topic,
    edit_article,
    retire_topic,
    seed_knowledge,
)
from niangjia.hotline.services.lines import open_line, set_line
from niangjia.hotline.services.on_call import add_on_call, end_on_call
from niangjia.hotline.services.paging import acknowledge, acknowledge_link, flag_urgent
from niangjia.hotline.services.quality import check_order
from niangjia.hotline.services.said import Caller, Handed, Intake, Taken
from niangjia.hotline.services.shifts import acknowledge_shift, begin_shift, end_shift
from niangjia.hotline.services.telephony import note_event
from niangjia.hotline.services.writing import (
    enter_letter,
    list_own_messages,
    read_message,
    write_message,
)

__all__ = [
    "Caller",
    "Handed",
    "Intake",
    "Taken",
    "acknowledge",
    "acknowledge_link",
    "acknowledge_shift",
    "add_on_call",
    "add_topic",
    "answer_order",
    "begin_shift",
    "check_order",
    "dispatch_order",
    "edit_article",
    "end_call",
    "end_on_call",
    "end_shift",
    "enter_letter",
    "export_statistics",
    "flag_urgent",
    "grade_order",
    "hand_back_call",
    "list_own_messages",
    "note_event",
    "open_line",
    "open_order",
    "read_caller",
    "read_message",
    "record_call_back",
    "retire_topic",
    "return_order",
    "save_draft",
    "seed_knowledge",
    "set_line",
    "take_call",
    "view_contact",
    "write_message",
]
