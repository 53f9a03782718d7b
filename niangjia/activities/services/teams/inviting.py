"""Teammates join by a code that their captain gives them: each by themselves, and once."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import SignUp, Team, TeamInvitation
from niangjia.activities.rules import answers as rules
from niangjia.activities.rules import verdicts
from niangjia.activities.rules.answers import Answers
from niangjia.activities.selectors.teams import access_invitation, code_digest
from niangjia.activities.services.acting import refuse
from niangjia.activities.services.noting import write
from niangjia.activities.services.teams.acting import (
    hold_own,
    hold_team,
    people_of,
    record,
    refuse_ended,
    refuse_second,
    refuse_teammate,
    tell_captain,
)
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors.pools import eligibility_of
from niangjia.core import documents, transactions
from niangjia.core.errors import Conflict, TooLate
from niangjia.members.models import Account

INVITED_FOR = dt.timedelta(days=7)
#: So many codes at once for each place: one may be lost on the way.
CODES_A_PLACE = 3


@dataclass(frozen=True)
class Invited:
    """The code of one place, shown once, and until when it is good."""

    code: str
    expires_at: dt.datetime


@transactions.atomic
def invite_teammate(*, by: Account, sign_up_id: str, now: dt.datetime) -> Invited:
    """A code by which one person joins the captain's team: good for a week, until it begins, and
    once. It is not kept, only its digest.

    Raises `NotFound` for whoever is in no team; `Conflict` for a teammate (`not-captain`), a full
    team (`team-full`), too many codes that nobody has used (`too-many`); as `refuse_ended`.
    """
    team, own = hold_own(by, sign_up_id)
    refuse_teammate(own)
    refuse_ended(team, now)
    refuse_full(team)
    waiting = team.invitations.filter(used_at=None, expires_at__gt=now).count()
    if waiting >= team.size * CODES_A_PLACE:
        raise Conflict(
            _("You have made many codes that nobody has used. Send on one of those."),
            code="too-many",
        )
    code = documents.new_code()
    until = min(now + INVITED_FOR, team.run.starts_at)
    TeamInvitation.objects.create(
        team=team, code_digest=code_digest(code), made_at=now, expires_at=until
    )
    record(team, by, "invited")
    return Invited(code, until)


def refuse_full(team: Team) -> None:
    if people_of(team).count() >= team.size:
        raise Conflict(_("This team is full."), code="team-full")


@transactions.atomic
def join_team(*, by: Account, code: str, answers: Answers, now: dt.datetime) -> SignUp:
    """`by` joins the team of a code, with what they say of themselves: nobody is in a team without
    having agreed to it. The same person again is no error.

    Whom the activity is for, the team's people are: raises `Conflict` with the verdict for anybody
    else. Raises `NotFound` for no code of ours; `Invalid` beside the fields; `TooLate` for one that
    has expired, or once it has begun; `Conflict` for one that somebody else has used
    (`link-used`), a full team, or whoever is in a team already.
    """
    invitation = access_invitation(code)
    team = hold_team(invitation.team)
    invitation.refresh_from_db()
    mine = SignUp.objects.filter(team=team, account=by).first()
    if mine:
        return mine
    refuse_invitation(invitation, now)
    refuse_ended(team, now)
    refuse_full(team)
    refuse_second(team.run, by)
    refuse(rules.problems(team.run.activity, answers))
    assert team.run.pool  # noqa: S101 - its captain has signed up
    verdict = eligibility_of(team.run.pool, by, now=now)
    if verdict != Verdict.GRANTED:
        raise verdicts.refusal(verdict)
    made = write(by, team.run, team.claim_id, answers, now, team=team)
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    record(team, by, "joined")
    tell_captain(team, "team.joined", now=now)
    return made


def refuse_invitation(invitation: TeamInvitation, now: dt.datetime) -> None:
    """A code is good once, and for a time."""
    if invitation.used_at:
        raise Conflict(_("This link has been used. Ask for a new one."), code="link-used")
    if now >= invitation.expires_at:
        raise TooLate(_("This link has expired. Ask for a new one."), code="link-expired")
