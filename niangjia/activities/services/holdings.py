"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Attendance, Companion, SignUp
from niangjia.activities.rules import questions
from niangjia.activities.services.matching import holdings as matching
from niangjia.activities.services.teams.erasing import leave_teams
from niangjia.core import personal_data
from niangjia.core.personal_data import Holding
from niangjia.members.services.holdings import reasons


def name_of(row: SignUp) -> str:
    return row.run.activity.name


def answers_of(row: SignUp | Companion) -> dict[str, Any]:
    """What was answered, under the questions that were asked."""
    told = row.told
    sign_up = row if isinstance(row, SignUp) else row.sign_up
    asked = questions.read(sign_up.run.activity.questions)
    more = questions.in_words(asked, told.pop("more", {}))
    return told | {question.label: words for question, words in more if words}


def name_of_team(row: SignUp) -> str:
    return row.team.name if row.team else ""


def name_attended(row: Attendance) -> str:
    return row.session.run.activity.name


KEPT = "that a seat was taken and somebody came, without who it was"
HOLDINGS = (
    Holding(
        model="activities.SignUp",
        link="account_id",
        to="account",
        title=_("What you signed up for"),
        exported=(
            "activity_name",
            "team_name",
            "is_captain",
            "made_at",
            "answers",
            "declared_at",
            "photos_at",
            "paid_fen",
            "paid_at",
        ),
        withheld={
            **reasons.internal("run_id", "claim_id", "team_id"),
            "paid_to_account_id": reasons.OFFICERS,
        },
        erased={"answers": None},
        kept=KEPT,
        readers={"activity_name": name_of, "team_name": name_of_team, "answers": answers_of},
    ),
    Holding(
        model="activities.PhotoRequest",
        link="account_id",
        to="account",
        title=_("Photos that you asked to take down"),
        exported=("words", "made_at", "decided_at", "is_upheld"),
        withheld=reasons.internal("photo_id"),
        erased={"words": None},
        kept="that somebody asked, so that the photo stays hidden",
    ),
    Holding(
        model="activities.Team",
        link="claim__account_id",
        to="account",
        title=_("Teams whose captain you are"),
        exported=("name", "size", "made_at", "due_at", "settled_at", "ended_at", "is_dropped"),
        withheld=reasons.internal("run_id", "claim_id", "looked_at"),
        kept="what a team is called belongs to all in it",
    ),
    Holding(
        model="activities.TeamInvitation",
        link="team__claim__account_id",
        to="account",
        title=_("Whom you asked into your team, without who it was"),
        exported=("created_at", "expires_at"),
        withheld=reasons.internal("team_id", "token_digest", "sign_up_id"),
        deleted=True,
    ),
    Holding(
        model="activities.Companion",
        link="sign_up__account_id",
        to="account",
        title=_("Whom you brought along"),
        exported=("name", "identity_number", "answers"),
        withheld=reasons.internal("sign_up_id"),
        deleted=True,
        readers={"answers": answers_of},
    ),
    Holding(
        model="activities.Attendance",
        link="sign_up__account_id",
        to="account",
        title=_("Where you came"),
        exported=("activity_name", "at", "people", "way"),
        withheld={
            **reasons.internal("sign_up_id", "session_id"),
            "by_account_id": reasons.OFFICERS,
        },
        kept=KEPT,
        readers={"activity_name": name_attended},
    ),
    Holding(
        model="activities.Certificate",
        link="account_id",
        to="account",
        title=_("Your certificates"),
        exported=(
            *("number", "code", "kind", "name", "title", "times", "times_of", "minutes"),
            *("is_made_up", "issued_at", "revoked_at", "revoke_reason"),
        ),
        withheld={
            **reasons.internal("union_id", "sign_up_id"),
            "revoked_by_account_id": reasons.OFFICERS,
        },
        erased={"name": None},
        kept="that a certificate was issued, without whose it was",
    ),
    Holding(
        model="activities.CalendarAddress",
        link="account_id",
        to="account",
        title=_("Addresses of your calendar"),
        exported=("made_at", "ended_at"),
        withheld=reasons.internal("digest"),
        deleted=True,
    ),
)


def register_holdings() -> None:
    """Called once, when the room is ready."""
    personal_data.register(*matching.HOLDINGS, *HOLDINGS)
    personal_data.also_erase(leave_teams)
