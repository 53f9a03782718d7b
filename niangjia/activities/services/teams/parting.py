"""Leaving a team, taking somebody out of it, and handing it over."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import SignUp, Team
from niangjia.activities.services.teams.acting import (
    hold_own,
    people_of,
    record,
    refuse_ended,
    refuse_teammate,
    tell,
    tell_captain,
)
from niangjia.allocation import services as allocation
from niangjia.core import ids, transactions
from niangjia.core.errors import Conflict, NotFound
from niangjia.members.models import Account


@transactions.atomic
def leave_team(*, by: Account, sign_up_id: str, now: dt.datetime) -> None:
    """A teammate is in the team no longer, and what they told is forgotten; their captain is told
    and can invite somebody else. Raises `NotFound`; `Conflict` for the captain, who hands the team
    over first or gives its place up; as `refuse_ended`."""
    team, own = hold_own(by, sign_up_id)
    if own.is_captain:
        raise Conflict(
            _("You are the captain. Hand the team over first, or give its place back."),
            code="captain",
        )
    refuse_ended(team, now)
    take_out(team, own)
    record(team, by, "left")
    tell_captain(team, "team.left", now=now)


@transactions.atomic
def remove_teammate(*, by: Account, sign_up_id: str, teammate_id: str, now: dt.datetime) -> None:
    """The captain takes somebody out, who is told. Twice is once. Raises `NotFound` for whoever is
    in another team; `Conflict` for a teammate, and for the captain themselves; as
    `refuse_ended`."""
    team, own = hold_own(by, sign_up_id)
    refuse_teammate(own)
    refuse_ended(team, now)
    other = teammate_of(team, teammate_id)
    if other.is_captain:
        raise Conflict(_("You are the captain. Hand the team over first."), code="captain")
    account = other.account
    take_out(team, other)
    record(team, by, "removed")
    tell(account, team, "team.removed", now=now)


def take_out(team: Team, sign_up: SignUp) -> None:
    """Nothing has happened yet: what was told goes with them."""
    if sign_up.attendances.exists():
        raise Conflict(_("They are here already."), code="attended")
    sign_up.delete()


def teammate_of(team: Team, teammate_id: str) -> SignUp:
    """Somebody in a team. Raises `NotFound`."""
    key = ids.parse_uuid(teammate_id)
    found = people_of(team).filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


@transactions.atomic
def hand_over_team(*, by: Account, sign_up_id: str, teammate_id: str, now: dt.datetime) -> Team:
    """Somebody else in the team is its captain from now on: they invite, confirm an offer, give the
    place back, and show the team's code at the door. They are told. Raises as `remove_teammate`;
    `Conflict` when the seats cannot be theirs."""
    team, own = hold_own(by, sign_up_id)
    refuse_teammate(own)
    refuse_ended(team, now)
    other = teammate_of(team, teammate_id)
    if other.pk == own.pk:
        return team
    allocation.hand_over_claim(by=by, claim_id=team.claim_id, to=other.account, now=now)
    own.is_captain, other.is_captain = False, True
    own.save(update_fields=["is_captain"])
    other.save(update_fields=["is_captain"])
    record(team, by, "handed-over")
    tell(other.account, team, "team.captain", now=now)
    return team
