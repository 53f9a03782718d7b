"""A team is made by its captain's signing up."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Run, SignUp, Team
from niangjia.activities.rules import teams as rules
from niangjia.activities.rules.teams import TeamDraft
from niangjia.activities.services.acting import refuse
from niangjia.activities.services.teams.acting import (
    hold_team,
    record,
    refuse_teammate,
    tell_all,
)
from niangjia.allocation import services as allocation
from niangjia.members.models import Account


def refuse_name(run: Run, draft: TeamDraft) -> None:
    """Raise `Invalid` on `team_name` for one that another team of the run has."""
    if run.teams.filter(name=draft.name.strip(), ended_at=None).exists():
        refuse({"team_name": _("Another team has this name. Choose a different one.")})


def make_team(
    *, by: Account, run: Run, sign_up: SignUp, draft: TeamDraft, now: dt.datetime
) -> Team:
    """The team of whoever has just signed up, who is its captain. In the caller's transaction,
    which holds the run."""
    assert run.pool  # noqa: S101 - somebody has signed up
    activity = run.activity
    made = Team.objects.create(
        run=run,
        claim_id=sign_up.claim_id,
        name=draft.name.strip(),
        size=rules.size_of(activity, draft),
        made_at=now,
        due_at=rules.whole_by(run.pool.closes_at, run.starts_at, activity.team_wait_hours),
    )
    sign_up.team, sign_up.is_captain = made, True
    sign_up.save(update_fields=["team", "is_captain"])
    record(made, by, "made")
    return made


def end_team(*, by: Account, sign_up: SignUp, now: dt.datetime) -> None:
    """The captain gives the team's place up, for everybody. In the caller's transaction. Raises
    `Conflict` for a teammate, who leaves the team instead."""
    assert sign_up.team  # noqa: S101 - the caller has looked
    team = hold_team(sign_up.team)
    refuse_teammate(sign_up)
    if team.ended_at or not team.claim.is_live:
        return
    allocation.return_claim(by=by, claim_id=team.claim_id, now=now)
    team.ended_at = now
    team.save(update_fields=["ended_at"])
    tell_all(team, "team.ended", now=now, but=by)
    record(team, by, "ended")
