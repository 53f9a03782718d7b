"""What every service about a team begins and ends with."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Run, SignUp, Team
from niangjia.activities.rules import verdicts
from niangjia.activities.selectors.sign_ups import access_own
from niangjia.activities.services.acting import hold_run
from niangjia.activities.services.telling import facts_of
from niangjia.allocation.models import LIVE
from niangjia.allocation.rules.standing import Verdict
from niangjia.core import audit
from niangjia.core.errors import Conflict, NotFound, TooLate
from niangjia.members import services as members
from niangjia.members.models import Account


def refuse_second(run: Run, account: Account) -> None:
    """Raise `Conflict` for whoever is in a team of the run already. The run is held, so that nobody
    gets into two at once."""
    mine = SignUp.objects.filter(run=run, account=account, claim__state__in=LIVE)
    if mine.exists():
        raise verdicts.refusal(Verdict.HAS_SHARE)


def hold_team(team: Team) -> Team:
    """A team as it is now, held with its run and activity until the transaction ends."""
    run = hold_run(team.run_id)
    held = Team.objects.select_related("claim").get(pk=team.pk)
    held.run = run
    return held


def hold_own(by: Account, sign_up_id: str) -> tuple[Team, SignUp]:
    """One's own team, held, and one's sign-up. Raises `NotFound` for whoever is in none."""
    team = access_own(by, sign_up_id).team
    if team is None:
        raise NotFound(_("There is no such page"))
    held = hold_team(team)
    return held, access_own(by, sign_up_id)


def refuse_teammate(own: SignUp) -> None:
    """Raise `Conflict` for whoever is not the captain."""
    if not own.is_captain:
        raise Conflict(_("Only the captain of your team can do this."), code="not-captain")


def refuse_ended(team: Team, now: dt.datetime) -> None:
    """Raise `Conflict` for a team that takes no part any more, `TooLate` once it has begun."""
    if not team.claim.is_live or team.ended_at:
        raise Conflict(_("This team does not take part any more."), code="team-ended")
    if team.run.starts_at <= now:
        raise TooLate(_("It has begun already."), code="begun")


def people_of(team: Team) -> QuerySet[SignUp]:
    """Who is in a team, whoever has been in it the longest first."""
    return SignUp.objects.filter(team=team).select_related("account").order_by("id")


def record(team: Team, by: Account | None, what: str) -> None:
    """An entry of the audit chain about a team."""
    audit.record(
        action=f"team.{what}",
        by=by.pk if by else None,
        subject=f"team:{team.pk}",
        union_id=team.run.activity.union_id,
    )


def tell(account: Account, team: Team, kind: str, *, now: dt.datetime, **more: Any) -> None:
    """Put a notice about a team into somebody's inbox."""
    activity = team.run.activity
    facts = {
        **facts_of(team.run),
        "team": team.name,
        "count": people_of(team).count(),
        "least": activity.team_min,
        **more,
    }
    mine = SignUp.objects.filter(team=team, account=account).first()
    url = (
        reverse("activities:team", args=[mine.pk])
        if mine
        else reverse("activities:activity", args=[activity.number])
    )
    members.notify(account=account, kind=kind, facts=facts, url=url, now=now)


def tell_all(
    team: Team, kind: str, *, now: dt.datetime, but: Account | None = None, **more: Any
) -> None:
    """The same for everybody in it."""
    for each in people_of(team):
        if but is None or each.account_id != but.pk:
            tell(each.account, team, kind, now=now, **more)


def tell_captain(team: Team, kind: str, *, now: dt.datetime) -> None:
    """The same for its captain."""
    tell(people_of(team).get(is_captain=True).account, team, kind, now=now)
