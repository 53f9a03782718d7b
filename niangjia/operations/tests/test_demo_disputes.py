"""The demonstration's statements that are talked about, and its contest of teams."""

import pytest

from niangjia.activities.models import SignUp, Team
from niangjia.activities.tests.factories import make_activity, make_worker
from niangjia.benefits.models import Statement
from niangjia.benefits.tests.test_settling import NOW, at, autumn, draw_up, had
from niangjia.core import clock
from niangjia.operations.demo import contests, disputes

pytestmark = pytest.mark.django_db


def test_one_waits_for_the_union_and_one_was_answered():
    town = autumn()
    for day, month in ((5, 9), (5, 10)):
        town.buy(had(town), 700, now=at(day, month))
        draw_up(at(1, month).date())
    disputes.load(town.post, NOW)
    states = Statement.objects.order_by("-month").values_list("state", flat=True)
    assert list(states) == ["disputed", "answered"]


def test_teams_sign_up_and_the_first_still_lacks_somebody():
    activity = make_activity(
        team_min=3, team_max=4, seats_by_team=True, opens_at=clock.now() - 2 * contests.AGO
    )
    contests.form_teams(activity, [make_worker() for _ in range(16)], clock.now())
    assert Team.objects.count() == len(contests.TEAMS)
    assert SignUp.objects.filter(team__name=contests.TEAMS[0][0]).count() == 2
