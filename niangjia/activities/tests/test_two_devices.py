"""One person on two devices, at one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from niangjia.activities.models import SignUp, Team
from niangjia.activities.tests.factories import (
    join,
    join_team,
    make_activity,
    make_team,
    make_worker,
    run_of,
)
from niangjia.allocation.models import Stock
from niangjia.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act):
    """What comes of doing it twice at one moment."""
    meet = Barrier(2)

    def one(number):
        meet.wait()
        try:
            return act(number).pk
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def test_signing_up_from_two_devices_is_one_sign_up_and_one_seat():
    activity, account = make_activity(), make_worker()
    first, second = at_once(lambda _n: join(activity, account))
    assert first == second == SignUp.objects.get().pk
    assert Stock.objects.get(pk=run_of(activity).pool_id).taken == 1


def test_two_teams_from_two_devices_are_one_team():
    activity, account = make_activity(team_min=2, team_max=3), make_worker()
    at_once(lambda n: make_team(activity, account, team=f"队{n}"))
    assert (Team.objects.count(), SignUp.objects.count()) == (1, 1)


def test_the_last_place_of_a_team_is_one_persons():
    activity = make_activity(team_min=2, team_max=2)
    captain = make_team(activity)
    people = [make_worker(), make_worker()]
    made = at_once(lambda n: join_team(captain, people[n]))
    assert sorted(type(each).__name__ for each in made) == ["UUID", "str"]
    assert "team-full" in made
    assert SignUp.objects.filter(team__claim=captain.claim_id).count() == 2
