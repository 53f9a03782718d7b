"""What time does to teams: told when they are too few, and out if they stay so."""

import datetime as dt

from django.db.models import Q

from niangjia.activities.models import Team
from niangjia.activities.services.teams.acting import (
    hold_team,
    people_of,
    record,
    tell_all,
)
from niangjia.activities.services.telling import when
from niangjia.allocation import services as allocation
from niangjia.allocation.models import LIVE, ClaimState
from niangjia.core import sweeps, transactions

BATCH = 100


def settle_teams(*, now: dt.datetime) -> int:
    """Look at the teams whose sign-up has closed; says at how many. Each in a transaction of its
    own, and again changes nothing.

    One that is too few is told once. When it must be whole it is out if it still is too few, and
    its seats go to the next in line; of one that is whole, the seats that nobody took do. What
    waits for a draw or for an officer is settled once that has decided.
    """
    is_over = Q(run__pool__closes_at__lte=now) | Q(run__pool__closed_at__isnull=False)
    is_due = Q(due_at__lte=now) | Q(run__starts_at__lte=now)
    is_next = Q(looked_at=None) | (is_due & ~Q(claim__state=ClaimState.ENTERED))
    found = Team.objects.filter(
        is_over, is_next, settled_at=None, ended_at=None, claim__state__in=LIVE
    )
    due = list(found.order_by("due_at", "id")[:BATCH])
    return sweeps.each(due, lambda team: settle(team, now), what="team")


@transactions.atomic
def settle(team: Team, now: dt.datetime) -> int:
    """One team; says whether anything was due."""
    held = hold_team(team)
    if held.settled_at or held.ended_at or not held.claim.is_live:
        return 0
    count = people_of(held).count()
    is_short = count < (held.run.activity.team_min or 1)
    due_at = min(held.due_at, held.run.starts_at)
    if due_at <= now and held.claim.state != ClaimState.ENTERED:
        drop(held, now) if is_short else keep(held, count, now)
        return 1
    if held.looked_at:
        return 0
    if is_short:
        tell_all(held, "team.short", now=now, until=when(max(due_at, now)))
    held.looked_at = now
    held.save(update_fields=["looked_at"])
    return 1


def drop(team: Team, now: dt.datetime) -> None:
    """Too few: its seats go to the next in line, and everybody in it is told."""
    allocation.withdraw_claim(claim_id=team.claim_id, by=None, now=now)
    team.settled_at = team.ended_at = now
    team.is_dropped = True
    team.save(update_fields=["settled_at", "ended_at", "is_dropped"])
    tell_all(team, "team.dropped", now=now)
    record(team, None, "dropped")


def keep(team: Team, count: int, now: dt.datetime) -> None:
    """Whole. Seats of people who never joined go to the next in line; whoever leaves from now on
    can be replaced up to those that are left."""
    if not team.run.activity.seats_by_team and count < team.size:
        allocation.shrink_claim(claim_id=team.claim_id, parts=count, now=now)
        team.size = max(count, 2)
    team.settled_at = now
    team.save(update_fields=["settled_at", "size"])
    record(team, None, "settled")
