"""Teams: how many may be in one, which seats it takes, until when it must be whole: pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Kind

NAME_MAX = 24
MOST = 50
#: A team that is not whole when sign-up closes is waited for so long at most.
WAIT_MOST_HOURS = 7 * 24


@dataclass(frozen=True)
class TeamDraft:
    """What a captain says of a team. `size` is how many they will be, where seats are counted by
    person; a team that takes one seat may have as many as the activity allows."""

    name: str
    size: int | None = None


def plan_problems(plan: Any) -> dict[str, Promise]:
    """What is wrong with what a plan (`plans.Plan`) says about teams, by field."""
    low, high = plan.team_min, plan.team_max
    if low is None and high is None:
        return {}
    found: dict[str, Promise] = {}
    if low is None or high is None:
        missing = "team_min" if low is None else "team_max"
        return {missing: _("A team needs both: from how many people, and up to how many.")}
    if not 2 <= low <= MOST:
        found["team_min"] = _("A team has from 2 to 50 people.")
    if not 2 <= high <= MOST:
        found["team_max"] = _("A team has from 2 to 50 people.")
    elif low > high:
        found["team_max"] = _("The most cannot be fewer than the least.")
    if plan.companions_max:
        found["companions_max"] = _("Where teams sign up, everybody joins by themselves: put 0.")
    if plan.kind == Kind.MATCHMAKING:
        found["team_max"] = _("People who meet each other come alone, not as teams.")
    if not 0 <= plan.team_wait_hours <= WAIT_MOST_HOURS:
        found["team_wait_hours"] = _("From 0 to 168 hours.")
    return found


def draft_problems(activity: Activity, draft: TeamDraft | None) -> dict[str, Promise | str]:
    """What is wrong with what a captain says, by field."""
    if activity.team_min is None or activity.team_max is None:
        return {}
    if draft is None:
        return {"team_name": _("Teams sign up here. Give yours a name.")}
    found: dict[str, Promise | str] = {}
    if not 1 <= len(draft.name.strip()) <= NAME_MAX:
        found["team_name"] = _("Give your team a name of up to 24 characters.")
    fits = draft.size is not None and activity.team_min <= draft.size <= activity.team_max
    if not activity.seats_by_team and not fits:
        found["team_size"] = _("A team has from %(least)s to %(most)s people here.") % {
            "least": activity.team_min,
            "most": activity.team_max,
        }
    return found


def size_of(activity: Activity, draft: TeamDraft) -> int:
    """How many people may be in the team."""
    most = activity.team_max or 1
    return most if activity.seats_by_team else draft.size or most


def seats_of(activity: Activity, draft: TeamDraft) -> int:
    """How many seats the team takes: one, or one for each of its people."""
    return 1 if activity.seats_by_team else size_of(activity, draft)


def most_seats(activity: Activity) -> int:
    """How many seats one claim may take: those of a team, or of one person with companions."""
    if activity.team_max is None:
        return 1 + activity.companions_max
    return 1 if activity.seats_by_team else activity.team_max


def whole_by(closes_at: dt.datetime, starts_at: dt.datetime, wait_hours: int) -> dt.datetime:
    """When a team must be whole: so long after sign-up closes, and never after it begins."""
    return min(closes_at + dt.timedelta(hours=wait_hours), starts_at)
