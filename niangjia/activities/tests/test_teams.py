"""Teams: made by a captain, joined by consent, whole in time or out; everybody is one person."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from niangjia.activities import services
from niangjia.activities.models import Attendance, SignUp, Team
from niangjia.activities.rules import teams as rules
from niangjia.activities.rules.answers import Answers
from niangjia.activities.services import teams
from niangjia.activities.tests.factories import (
    DAY,
    join,
    join_team,
    make_activity,
    make_draft,
    make_plan,
    make_team,
    make_worker,
    run_of,
    session_of,
)
from niangjia.activities.tests.test_signing_up import state, taken
from niangjia.allocation.models import ClaimState
from niangjia.allocation.services import shrink_claim
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound, TooLate
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice
from niangjia.members.services.erasure import delete_account
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def contest(union=None, **fields):
    """A contest for teams of two or three."""
    return make_activity(union, **({"team_min": 2, "team_max": 3} | fields))


def code_of(refused) -> str:
    return refused.value.code


def kinds(sign_up) -> list[str]:
    """What they were told, in the order in which it was."""
    told = Notice.objects.filter(account=sign_up.account).order_by("id")
    return list(told.values_list("kind", flat=True))


def own(sign_up):
    return SignUp.objects.select_related("claim", "team", "account").get(pk=sign_up.pk)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"team_min": 2}, {"team_max"}),
        ({"team_max": 5}, {"team_min"}),
        ({"team_min": 1, "team_max": 51}, {"team_min", "team_max"}),
        ({"team_min": 5, "team_max": 4}, {"team_max"}),
        ({"team_min": 2, "team_max": 4, "companions_max": 1}, {"companions_max"}),
        ({"team_min": 2, "team_max": 4, "kind": "matchmaking"}, {"team_max"}),
        ({"team_min": 2, "team_max": 4, "team_wait_hours": 169}, {"team_wait_hours"}),
        ({"team_min": 2, "team_max": 4, "team_wait_hours": 168}, set()),
    ],
)
def test_what_a_plan_may_say_of_teams(fields, wrong):
    assert set(rules.plan_problems(make_plan(**fields))) == wrong


def test_what_a_plan_may_not_say_the_database_refuses_too():
    draft = make_draft()
    draft.team_max = 5
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_by_person_a_team_takes_the_seats_of_all_it_will_be_and_by_team_one():
    by_person, by_team = contest(seats=4), contest(seats=4, seats_by_team=True)
    first, other = make_team(by_person, size=3), make_team(by_team)
    assert (taken(by_person), taken(by_team)) == (3, 1)
    assert (own(first).team.size, own(other).team.size) == (3, 3)
    assert (own(first).people, own(first).is_captain) == (1, True)
    assert make_team(by_person, first.account, size=3) == first
    waits = make_team(by_person, size=2)
    assert (state(waits), taken(by_person)) == (ClaimState.WAITING, 3)


def test_a_captain_names_a_team_of_its_own():
    activity = contest()
    with pytest.raises(Invalid) as refused:
        join(activity)
    assert set(refused.value.fields) == {"team_name"}
    with pytest.raises(Invalid) as refused:
        make_team(activity, size=9, team="")
    assert set(refused.value.fields) == {"team_name", "team_size"}
    captain = make_team(activity, team="飞虎队")
    with pytest.raises(Invalid) as refused:
        make_team(activity, team=" 飞虎队 ")
    assert set(refused.value.fields) == {"team_name"}
    services.return_seat(by=captain.account, sign_up_id=str(captain.pk), now=clock.now())
    assert make_team(activity, team="飞虎队").pk != captain.pk


def test_everybody_joins_by_themselves_once_by_a_code():
    activity, now = contest(asks_emergency=False, health_words="能打球。"), clock.now()
    with pytest.raises(Invalid) as refused:
        make_team(activity)
    assert set(refused.value.fields) == {"declares_health"}
    activity = contest(health_words="")
    captain, friend = make_team(activity, size=3), make_worker()
    code = teams.invite_teammate(by=captain.account, sign_up_id=str(captain.pk), now=now)
    said = Answers(name="李小红")
    typed = code.lower().replace("-", " ")
    joined = teams.join_team(by=friend, code=typed, answers=said, now=now)
    assert (joined.claim_id, joined.told) == (captain.claim_id, {"name": "李小红"})
    assert teams.join_team(by=friend, code=code, answers=said, now=now) == joined
    assert kinds(captain) == ["team.joined"]
    with pytest.raises(Conflict) as refused:
        teams.join_team(by=make_worker(), code=code, answers=said, now=now)
    assert code_of(refused) == "link-used"
    late = teams.invite_teammate(by=captain.account, sign_up_id=str(captain.pk), now=now)
    for wrong, moment, expected in (
        ("7K2M-9QXC-4T0B", now, NotFound),
        (late, now + 7 * DAY, TooLate),
    ):
        with pytest.raises(expected):
            teams.join_team(by=make_worker(), code=wrong, answers=said, now=moment)
    assert own(captain).team.sign_ups.count() == 2


def test_nobody_is_in_two_teams_or_in_a_full_one_or_where_it_is_not_for_them():
    union = make_union()
    activity = contest()
    first, second = make_team(activity, size=2), make_team(activity, size=2)
    mate = join_team(first)
    with pytest.raises(Conflict) as refused:
        join_team(second, mate.account)
    assert code_of(refused) == "has-share"
    with pytest.raises(Conflict) as refused:
        make_team(activity, mate.account)
    assert code_of(refused) == "has-share"
    with pytest.raises(Conflict) as refused:
        join_team(first)
    assert code_of(refused) == "team-full"
    with pytest.raises(Conflict) as refused:
        teams.invite_teammate(by=mate.account, sign_up_id=str(mate.pk), now=clock.now())
    assert code_of(refused) == "not-captain"
    closed = contest(union)
    captain = make_team(closed)
    run_of(closed).pool.__class__.objects.filter(pk=run_of(closed).pool_id).update(reach=union)
    with pytest.raises(Conflict) as refused:
        join_team(captain)
    assert code_of(refused) == "not-a-member"


def test_who_leaves_or_is_taken_out_is_replaced_and_forgotten():
    activity, now = contest(), clock.now()
    captain = make_team(activity, size=2)
    mate = join_team(captain)
    with pytest.raises(Conflict) as refused:
        teams.leave_team(by=captain.account, sign_up_id=str(captain.pk), now=now)
    assert code_of(refused) == "captain"
    with pytest.raises(Conflict) as refused:
        services.return_seat(by=mate.account, sign_up_id=str(mate.pk), now=now)
    assert code_of(refused) == "not-captain"
    teams.leave_team(by=mate.account, sign_up_id=str(mate.pk), now=now)
    assert not SignUp.objects.filter(pk=mate.pk).exists()
    assert kinds(captain) == ["team.joined", "team.left"]
    other = join_team(captain)
    given = {"by": captain.account, "sign_up_id": str(captain.pk), "now": now}
    teams.remove_teammate(teammate_id=str(other.pk), **given)
    assert kinds(other) == ["team.removed"]
    with pytest.raises(NotFound):
        teams.remove_teammate(teammate_id=str(mate.pk), **given)
    assert (taken(activity), own(captain).team.sign_ups.count()) == (2, 1)
    with pytest.raises(TooLate):
        teams.remove_teammate(teammate_id=str(other.pk), **{**given, "now": now + 3 * DAY})


def test_a_captain_hands_the_team_over_and_the_claim_with_it():
    activity, now = contest(), clock.now()
    captain = make_team(activity, size=2)
    mate = join_team(captain)
    outsider = make_team(activity, size=2)
    given = {"by": captain.account, "sign_up_id": str(captain.pk), "now": now}
    with pytest.raises(NotFound):
        teams.hand_over_team(teammate_id=str(outsider.pk), **given)
    teams.hand_over_team(teammate_id=str(mate.pk), **given)
    assert (own(mate).is_captain, own(captain).is_captain) == (True, False)
    assert own(mate).claim.account_id == mate.account_id
    assert kinds(mate) == ["team.captain"]
    with pytest.raises(Conflict):
        teams.hand_over_team(teammate_id=str(mate.pk), **given)
    services.return_seat(by=mate.account, sign_up_id=str(mate.pk), now=now)
    assert kinds(captain)[-1] == "team.ended"
    assert taken(activity) == 2


def test_too_few_when_sign_up_closes_is_told_waited_for_and_out():
    activity = contest(seats=2, team_wait_hours=12)
    now = clock.now()
    captain, waits = make_team(activity, size=2), make_team(activity, size=2)
    mate = join_team(waits)
    closes = run_of(activity).pool.closes_at
    assert teams.settle_teams(now=closes - HOUR) == 0
    assert teams.settle_teams(now=closes) == 2
    assert teams.settle_teams(now=closes + HOUR) == 0
    assert (kinds(captain), kinds(mate)) == (["team.short"], [])
    assert state(captain) == ClaimState.CONFIRMED
    with clock.stopped_at(closes + 12 * HOUR):
        assert teams.settle_teams(now=closes + 12 * HOUR) == 2
        assert teams.settle_teams(now=closes + 12 * HOUR) == 0
        deliver_pending()
    assert (state(captain), own(captain).team.is_dropped) == (ClaimState.RETURNED, True)
    assert kinds(captain) == ["team.short", "team.dropped"]
    assert (state(waits), kinds(mate)) == (ClaimState.OFFERED, ["activity.offered"])
    assert now < closes


def test_whole_in_time_it_stays_and_seats_nobody_took_go_on():
    activity = contest(seats=4, team_wait_hours=12)
    captain, waits = make_team(activity, size=3), make_team(activity, size=2)
    closes = run_of(activity).pool.closes_at
    teams.settle_teams(now=closes)
    assert kinds(captain) == ["team.short"]
    join_team(captain, now=closes + HOUR)
    join_team(waits, now=closes + HOUR)
    teams.settle_teams(now=closes + 12 * HOUR)
    held = own(captain)
    assert (held.claim.parts, held.team.size, held.team.ended_at) == (2, 2, None)
    assert (state(captain), state(waits)) == (ClaimState.CONFIRMED, ClaimState.OFFERED)
    assert taken(activity) == 4


def test_a_team_in_a_draw_is_settled_once_that_has_decided():
    activity = contest(mode="draw")
    captain = make_team(activity, size=3)
    closes = run_of(activity).pool.closes_at
    assert teams.settle_teams(now=closes) == 1
    assert teams.settle_teams(now=closes + HOUR) == 0
    assert (state(captain), own(captain).team.settled_at) == (ClaimState.ENTERED, None)
    with pytest.raises(Conflict):
        shrink_claim(claim_id=captain.claim_id, parts=2, now=closes)


def test_who_was_there_is_noted_for_each_person():
    activity, session = contest(), None
    captain = make_team(activity, size=2)
    mate, session = join_team(captain), session_of(activity)
    with pytest.raises(Invalid):
        services.attend(by=None, sign_up=mate, session=session, people=2, now=session.starts_at)
    services.attend(by=None, sign_up=mate, session=session, now=session.starts_at)
    assert list(Attendance.objects.values_list("sign_up", "people")) == [(mate.pk, 1)]


def test_reminders_and_news_reach_everybody_in_the_team():
    activity = contest()
    captain = make_team(activity, size=2)
    mate = join_team(captain)
    services.cancel_activity(by=None, activity=activity, reason="下雨。", now=clock.now())
    deliver_pending()
    assert kinds(mate) == ["activity.cancelled"]
    assert kinds(captain) == ["team.joined", "activity.cancelled"]


def test_whoever_deletes_their_account_leaves_the_team():
    activity = contest()
    captain = make_team(activity, size=2)
    mate = join_team(captain)
    delete_account(account=mate.account, now=clock.now())
    assert not SignUp.objects.filter(pk=mate.pk).exists()
    assert Notice.objects.filter(account=captain.account, kind="team.left").exists()
    last = join_team(captain)
    delete_account(account=captain.account, now=clock.now())
    team = Team.objects.get(pk=own(captain).team_id)
    assert (team.ended_at is not None, kinds(last)) == (True, ["team.ended"])
