"""Whoever deletes their account leaves their teams."""

from niangjia.activities.models import SignUp
from niangjia.activities.services.teams.acting import hold_team, record, tell_all, tell_captain
from niangjia.core import clock
from niangjia.core.personal_data import Subject
from niangjia.members.models import Account


def leave_teams(subject: Subject) -> None:
    """Of what has not begun: a teammate's place is free; with its captain, who held the seats, the
    team ends. The others are told. In the transaction that erases."""
    now = clock.now()
    theirs = SignUp.objects.filter(
        account_id=subject.account_id, team__ended_at=None, run__starts_at__gt=now
    )
    for sign_up in theirs.exclude(team=None).select_related("team"):
        assert sign_up.team  # noqa: S101 - left out otherwise
        team = hold_team(sign_up.team)
        if sign_up.is_captain:
            team.ended_at = now
            team.save(update_fields=["ended_at"])
            tell_all(team, "team.ended", now=now, but=Account(pk=subject.account_id))
        elif team.claim.is_live:
            sign_up.delete()
            tell_captain(team, "team.left", now=now)
        record(team, None, "left-for-good")
