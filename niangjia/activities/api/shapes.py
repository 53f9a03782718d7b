"""What operations answer, put together from rows."""

import datetime as dt
from typing import Any

from niangjia.activities.models import Activity, Run, SignUp
from niangjia.activities.rules.answers import asks_ages
from niangjia.activities.rules.counting import Counted
from niangjia.activities.selectors.showing import ActivityPage, ShownRun
from niangjia.activities.services.asking import may_change
from niangjia.allocation.models import ClaimState
from niangjia.allocation.selectors.pools import place_in_line

LISTED = (
    *("number", "name", "summary", "kind", "programme", "longitude", "latitude", "starts_at"),
    *("ends_at", "opens_at", "closes_at", "mode", "fee_fen"),
)
DETAILED = (
    *("text", "phone", "cancel_reason", "companions_max", "age_min", "age_max"),
    *("member_days", "confirm_hours"),
    *("team_min", "team_max", "seats_by_team"),
)


def activity(row: Activity) -> dict[str, Any]:
    """An activity as `ActivityOut`."""
    return {name: getattr(row, name) for name in LISTED} | {
        "union": row.union,
        "division": row.division.name if row.division else None,
        "metres": getattr(row, "metres", None),
    }


def detail(shown: ActivityPage) -> dict[str, Any]:
    """The public page as `ActivityDetail`."""
    row = shown.activity
    asked = {
        "emergency": row.asks_emergency,
        "identity": row.asks_identity,
        "ages": bool(row.companions_max) and asks_ages(row),
        "health": bool(row.health_words),
        "photos": row.takes_photos,
    }
    return {name: getattr(row, name) for name in (*LISTED, *DETAILED)} | {
        "union": shown.union,
        "division": shown.place or None,
        "metres": None,
        "is_cancelled": shown.is_cancelled,
        "asks": [name for name, is_asked in asked.items() if is_asked],
        "health_words": row.health_words,
        "questions": row.questions,
        "co_organisers": shown.co_organisers,
        "runs": [run(each, shown) for each in shown.runs],
    }


def run(shown: ShownRun, page: ActivityPage) -> dict[str, Any]:
    """A run as `RunOut`."""
    seats = shown.seats
    return {
        "id": shown.run.pk,
        "name": shown.run.name,
        "is_cancelled": shown.run.cancelled_at is not None,
        "supply": seats.supply if seats else shown.run.seats,
        "left": seats.left if seats else None,
        "is_open": bool(seats and seats.is_open(page.now)),
        "has_waiting_list": bool(seats and seats.has_waiting_list),
        "gather_seconds": seats.gather_seconds if seats else 0,
        "sessions": shown.sessions,
    }


def sign_up(row: SignUp, *, with_place: bool = False) -> dict[str, Any]:
    """A sign-up as `SignUpOut`."""
    claim = row.claim
    is_waiting = with_place and claim.state == ClaimState.WAITING
    return {
        "id": row.pk,
        "activity": row.run.activity.number,
        "run": row.run_id,
        "state": claim.state,
        "people": row.people,
        "team": row.team.name if row.team else "",
        "made_at": row.made_at,
        "expires_at": claim.expires_at,
        "reason": claim.reason,
        "place": place_in_line(claim) if is_waiting else None,
    }


def answers(row: SignUp, now: dt.datetime) -> dict[str, Any]:
    """A sign-up as `AnswersOut`."""
    told = row.told
    said = {name: told.get(name, "") for name in ("name", "emergency_name", "emergency_phone")}
    companions = row.companions.order_by("id")
    return said | {
        "answers": told.get("more", {}),
        "companions": [each.told.get("more", {}) for each in companions],
        "may_change": may_change(row, now),
    }


def planned(row: Activity) -> dict[str, Any]:
    """An activity as `PlannedOut`."""
    names = ("number", "name", "kind", "state", "starts_at", "ends_at")
    return {name: getattr(row, name) for name in names} | {"union": row.union.number}


def planned_detail(row: Activity, runs: list[Run]) -> dict[str, Any]:
    """An activity as `PlannedDetail`."""
    return planned(row) | {"questions": row.questions, "runs": list(map(planned_run, runs))}


def planned_run(row: Run) -> dict[str, Any]:
    """A run as `PlannedRunOut`."""
    return {
        "id": row.pk,
        "name": row.name,
        "seats": row.seats,
        "taken": row.pool.stock.taken if row.pool else None,
        "closes_at": row.pool.closes_at if row.pool else None,
        "is_cancelled": row.cancelled_at is not None,
        "sessions": list(row.sessions.all()),
    }


def coming(row: SignUp, *, with_notes: bool = True) -> dict[str, Any]:
    """A sign-up as `ComingOut`, without what only those at the door need, unless `with_notes`."""
    told = row.told if with_notes else {"name": row.told.get("name", "")}
    companions = list(row.companions.all())
    called = (told.get("emergency_name", ""), told.get("emergency_phone", ""))
    return {
        "id": row.pk,
        "name": told.get("name", ""),
        "companions": [companion.name for companion in companions],
        "people": row.people,
        "team": row.team.name if row.team else "",
        "state": row.claim.state,
        "emergency": " ".join(filter(None, called)),
        "answers": told.get("more", {}),
        "companion_ages": [each.told.get("age") if with_notes else None for each in companions],
        "companion_answers": [
            each.told.get("more", {}) if with_notes else {} for each in companions
        ],
        "paid_fen": row.paid_fen,
    }


def counted(found: Counted) -> dict[str, Any]:
    """What was answered to a question, as `CountedOut`."""
    return {
        "key": found.question.key,
        "label": found.question.label,
        "chosen": [{"words": words, "count": count} for words, count in found.chosen],
        "total": found.total,
        "answered": found.answered,
        "missing": found.missing,
    }
