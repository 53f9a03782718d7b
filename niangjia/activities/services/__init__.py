"""Every use case that changes activities."""

from niangjia.activities.services.adding import add_run, add_session
from niangjia.activities.services.asking import change_answers, set_questions
from niangjia.activities.services.attending import (
    attend,
    attend_all,
    note_entry,
    record_payment,
    undo_attendance,
)
from niangjia.activities.services.calling_off import (
    add_seats,
    cancel_activity,
    cancel_run,
    cancel_session,
    send_message,
)
from niangjia.activities.services.closing import close_sign_up, prolong_sign_up
from niangjia.activities.services.co_organising import (
    accept_co_organising,
    change_co_organiser,
    decline_co_organising,
    invite_co_organiser,
    leave_co_organising,
    remove_co_organiser,
)
from niangjia.activities.services.doors import open_door
from niangjia.activities.services.moving import move_session, move_sessions
from niangjia.activities.services.planning import (
    change_activity,
    draft_activity,
    remove_session,
)
from niangjia.activities.services.publishing import publish_activity
from niangjia.activities.services.signing_up import confirm_seat, return_seat, sign_up

__all__ = [
    "accept_co_organising",
    "add_run",
    "add_seats",
    "add_session",
    "attend",
    "attend_all",
    "cancel_activity",
    "cancel_run",
    "cancel_session",
    "change_activity",
    "change_answers",
    "change_co_organiser",
    "close_sign_up",
    "confirm_seat",
    "decline_co_organising",
    "draft_activity",
    "invite_co_organiser",
    "leave_co_organising",
    "move_session",
    "move_sessions",
    "note_entry",
    "open_door",
    "prolong_sign_up",
    "publish_activity",
    "record_payment",
    "remove_co_organiser",
    "remove_session",
    "return_seat",
    "send_message",
    "set_questions",
    "sign_up",
    "undo_attendance",
]
