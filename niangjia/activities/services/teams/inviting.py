"""Teammates join by a code that their captain gives them: each by themselves, and once."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import SignUp, Team, TeamInvitation
from niangjia.activities.rules import answers as rules
from niangjia.activities.rules import verdicts
from niangjia.activities.rules.answers import Answers
from niangjia.activities.selectors.teams import access_invitation, token_of
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
from niangjia.core import clock, documents, transactions
from niangjia.core.errors import Conflict
from niangjia.members.models import Account
from niangjia.members.services import links

#: So many codes at once for each place: one may be lost on the way.
CODES_A_PLACE = 3


@transactions.atomic
def invite_teammate(*, by: Account, sign_up_id: str, now: dt.datetime) -> str:
    """A code by which one person joins the captain's team, once: the token of a link, which can be
    typed as well.

    Raises `NotFound` for whoever is in no team; `Conflict` for a teammate (`not-captain`), a full
    team (`team-full`), too many codes that nobody has used (`too-many`); as `refuse_ended`.
    """
    team, own = hold_own(by, sign_up_id)
    refuse_teammate(own)
    refuse_ended(team, now)
    refuse_full(team)
    waiting = team.invitations.filter(sign_up=None, expires_at__gt=now).count()
    if waiting >= team.size * CODES_A_PLACE:
        raise Conflict(
            _("You have made many codes that nobody has used. Send on one of those."),
            code="too-many",
        )
    code = links.make_link(TeamInvitation, now=now, token=documents.new_code(), team=team)
    record(team, by, "invited")
    return code


def refuse_full(team: Team) -> None:
    if people_of(team).count() >= team.size:
        raise Conflict(_("This team is full."), code="team-full")


@transactions.atomic
def join_team(*, by: Account, code: str, answers: Answers, now: dt.datetime) -> SignUp:
    """`by` joins the team of a code, with what they say of themselves: nobody is in a team without
    having agreed to it. The same person again is no error.

    Whom the activity is for, the team's people are: raises `Conflict` with the verdict for anybody
    else. Raises as `links.open_link`; `Invalid` beside the fields; `TooLate` once it has begun;
    `Conflict` for a full team, and for whoever is in a team already.
    """
    team = hold_team(access_invitation(code).team)
    mine = SignUp.objects.filter(team=team, account=by).first()
    if mine:
        return mine
    offers = TeamInvitation.objects.select_related("sign_up")
    link = links.open_link(offers, by=by, token=token_of(code), now=now)
    refuse_ended(team, now)
    refuse_full(team)
    refuse_second(team.run, by)
    refuse(rules.problems(team.run.activity, answers, today=now.astimezone(clock.CHINA).date()))
    assert team.run.pool  # noqa: S101 - its captain has signed up
    verdict = eligibility_of(team.run.pool, by, now=now)
    if verdict != Verdict.GRANTED:
        raise verdicts.refusal(verdict)
    made = write(by, team.run, team.claim_id, answers, now, team=team)
    links.use_up(link, made)
    record(team, by, "joined")
    tell_captain(team, "team.joined", now=now)
    return made
