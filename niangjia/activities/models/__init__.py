"""Activities, what one signs up for, and who came."""

from niangjia.activities.models.activities import Activity
from niangjia.activities.models.calendars import CalendarAddress
from niangjia.activities.models.certificates import Certificate, CertificateKind, CourseRule
from niangjia.activities.models.choices import Kind, State, Way
from niangjia.activities.models.co_organisers import OPEN, Answer, CoOrganiser, Part
from niangjia.activities.models.matching import (
    Match,
    MatchBlock,
    MatchChoice,
    MatchGuest,
    MatchReport,
    MatchTerms,
    MatchWindow,
)
from niangjia.activities.models.photos import Photo, PhotoRequest
from niangjia.activities.models.programmes import ProgrammeItem, ProgrammePage
from niangjia.activities.models.runs import Run, Session
from niangjia.activities.models.search import ActivitySearch
from niangjia.activities.models.sign_ups import Attendance, Companion, SignUp
from niangjia.activities.models.team_invitations import TeamInvitation
from niangjia.activities.models.teams import Team
from niangjia.activities.models.tellings import News, Telling

__all__ = [
    "OPEN",
    "Activity",
    "ActivitySearch",
    "Answer",
    "Attendance",
    "CalendarAddress",
    "Certificate",
    "CertificateKind",
    "CoOrganiser",
    "Companion",
    "CourseRule",
    "Kind",
    "Match",
    "MatchBlock",
    "MatchChoice",
    "MatchGuest",
    "MatchReport",
    "MatchTerms",
    "MatchWindow",
    "News",
    "Part",
    "Photo",
    "PhotoRequest",
    "ProgrammeItem",
    "ProgrammePage",
    "Run",
    "Session",
    "SignUp",
    "State",
    "Team",
    "TeamInvitation",
    "Telling",
    "Way",
]
