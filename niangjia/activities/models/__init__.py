"""Activities, what one signs up for, and who came."""

from niangjia.activities.models.activities import Activity
from niangjia.activities.models.choices import Kind, State, Way
from niangjia.activities.models.runs import Run, Session
from niangjia.activities.models.sign_ups import Attendance, Companion, SignUp
from niangjia.activities.models.tellings import News, Telling

__all__ = [
    "Activity",
    "Attendance",
    "Companion",
    "Kind",
    "News",
    "Run",
    "Session",
    "SignUp",
    "State",
    "Telling",
    "Way",
]
