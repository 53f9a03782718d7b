"""/sign-ups/{id}/team, /team-memberships, /desk/activity-runs/{id}/teams: teams."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.activities import selectors as sign_ups
from niangjia.activities.api import shapes
from niangjia.activities.api.desk import RUNS
from niangjia.activities.models import Team
from niangjia.activities.rules.answers import Answers
from niangjia.activities.schemas.portal import SignUpOut
from niangjia.activities.schemas.teams import (
    JoinTeamIn,
    TeamInvitationOut,
    TeamList,
    TeammateIn,
    TeamOut,
)
from niangjia.activities.selectors import planning, teams
from niangjia.activities.services import teams as services
from niangjia.activities.services.looking import look_at_list
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of, posts_for
from niangjia.members.selectors.posts import access_acting_post

mine = Router(tags=["activities"])
joining = Router(tags=["activities"])
desk = Router(tags=["desk"])


def shape(team: Team, least: int | None) -> dict[str, Any]:
    """A team as `TeamOut`."""
    names = ("id", "name", "size", "due_at", "is_dropped")
    people = [
        {"id": each.pk, "name": each.told.get("name", ""), "is_captain": each.is_captain}
        for each in team.sign_ups.all()
    ]
    return {name: getattr(team, name) for name in names} | {
        "least": least or 1,
        "state": team.claim.state,
        "people": people,
    }


def own_shape(request: HttpRequest, sign_up_id: str) -> dict[str, Any]:
    """One's own team as it is now."""
    found, own = teams.access_own_team(account_of(request), sign_up_id)
    return shape(found, own.run.activity.team_min)


@mine.get("/{sign_up_id}/team", response=TeamOut, summary="My team")
def show_team(request: HttpRequest, sign_up_id: str) -> dict[str, Any]:
    """Who is in it."""
    return own_shape(request, sign_up_id)


@mine.post(
    "/{sign_up_id}/team/invitations", response={201: TeamInvitationOut}, summary="A code for one"
)
def invite_teammate(request: HttpRequest, sign_up_id: str) -> Status[dict[str, str]]:
    """By the captain; good for seven days. 409 when the team is full."""
    code = services.invite_teammate(by=account_of(request), sign_up_id=sign_up_id, now=clock.now())
    return Status(201, {"code": code})


@mine.post("/{sign_up_id}/team/captain", response=TeamOut, summary="Hand the team over")
def hand_over_team(request: HttpRequest, sign_up_id: str, payload: TeammateIn) -> dict[str, Any]:
    """To somebody in it."""
    services.hand_over_team(
        by=account_of(request),
        sign_up_id=sign_up_id,
        teammate_id=str(payload.teammate),
        now=clock.now(),
    )
    return own_shape(request, sign_up_id)


@mine.post("/{sign_up_id}/team/removals", response=TeamOut, summary="Take somebody out")
def remove_teammate(request: HttpRequest, sign_up_id: str, payload: TeammateIn) -> dict[str, Any]:
    """By the captain; they are told."""
    services.remove_teammate(
        by=account_of(request),
        sign_up_id=sign_up_id,
        teammate_id=str(payload.teammate),
        now=clock.now(),
    )
    return own_shape(request, sign_up_id)


@mine.post("/{sign_up_id}/team/departure", response={204: None}, summary="Leave the team")
def leave_team(request: HttpRequest, sign_up_id: str) -> Status[None]:
    """The captain hands it over first, or gives the seat back for all."""
    services.leave_team(by=account_of(request), sign_up_id=sign_up_id, now=clock.now())
    return Status(204, None)


@joining.post("", response={201: SignUpOut}, summary="Join a team")
def join_team(request: HttpRequest, payload: JoinTeamIn) -> Status[dict[str, Any]]:
    """By the code of its captain, good once."""
    account, said = account_of(request), payload.dict()
    code, more = said.pop("code"), said.pop("answers")
    answers = Answers(**said, more=more)
    made = services.join_team(by=account, code=code, answers=answers, now=clock.now())
    return Status(201, shapes.sign_up(sign_ups.access_own(account, str(made.pk))))


@desk.get("/{run_id}/teams", response=TeamList, summary="The teams of a run")
def list_run_teams(request: HttpRequest, run_id: str, cursor: str | None = None) -> dict[str, Any]:
    """With who is in each. That it was read is on record."""
    posts = posts_for(request, RUNS)
    run = planning.access_run(posts, run_id)
    look_at_list(by=access_acting_post(posts, RUNS, run.activity.union.path), run=run)
    page = page_of(teams.list_teams(run), order=("id",), cursor=cursor)
    least = run.activity.team_min
    return {"items": [shape(each, least) for each in page.items], "next": page.next}
