"""Every use case about teams but making one, which is signing up."""

from niangjia.activities.services.teams.inviting import invite_teammate, join_team
from niangjia.activities.services.teams.parting import (
    hand_over_team,
    leave_team,
    remove_teammate,
)
from niangjia.activities.services.teams.settling import settle_teams

__all__ = [
    "hand_over_team",
    "invite_teammate",
    "join_team",
    "leave_team",
    "remove_teammate",
    "settle_teams",
]
