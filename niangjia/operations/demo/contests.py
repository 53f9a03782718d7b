"""The demonstration's contest of teams: some are whole, the one of the demonstration's member
still lacks somebody."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from niangjia.activities import services
from niangjia.activities.models import Activity
from niangjia.activities.rules.answers import Answers
from niangjia.activities.rules.teams import TeamDraft
from niangjia.activities.services import teams
from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.members.models import Account

#: So long ago the first team signed up.
AGO = dt.timedelta(hours=30)
#: How many there are of each, of up to four.
TEAMS = (("稠江快线", 2), ("福田配送", 4), ("江东匠人", 3), ("夜班不打烊", 4), ("廿三里老乡", 3))


def form_teams(activity: Activity, people: Sequence[Account], now: dt.datetime) -> None:
    """Captains sign up, one after the other, and their teammates join by code."""
    waiting = list(people)
    for number, (name, count) in enumerate(TEAMS):
        at = now - AGO + 4 * number * dt.timedelta(hours=1)
        members, waiting = waiting[:count], waiting[count:]
        with suppress(DomainError), clock.stopped_at(at):
            form_team(activity, name, members, at)


def form_team(activity: Activity, name: str, members: Sequence[Account], now: dt.datetime) -> None:
    captain, *others = members
    own = services.sign_up(
        by=captain,
        run_id=activity.runs.get().pk,
        answers=answers_of(captain),
        team=TeamDraft(name, activity.team_max),
        now=now,
    )
    for other in others:
        code = teams.invite_teammate(by=captain, sign_up_id=str(own.pk), now=now)
        teams.join_team(by=other, code=code, answers=answers_of(other), now=now)


def answers_of(account: Account) -> Answers:
    """What somebody says of themselves."""
    assert account.person  # noqa: S101 - they are members
    return Answers(name=account.person.name, declares_health=True)
