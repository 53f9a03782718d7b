"""A team comes in by its captain's code: all of it, or those who are there and others later."""

import pytest

from niangjia.activities.models import Attendance
from niangjia.activities.rules.doors import occasion_of
from niangjia.activities.selectors.own_figures import METRICS, own_figures
from niangjia.activities.services import teams
from niangjia.activities.tests.factories import (
    DAY,
    join_team,
    make_activity,
    make_meeting,
    make_team,
    session_of,
)
from niangjia.activities.tests.test_pages import text
from niangjia.allocation.selectors import find_gate
from niangjia.allocation.tests.gates import HOUR, MINUTE, code, make_steward, scan, send
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from niangjia.members.tests.factories.desk import make_post, signed_in
from niangjia.organisations import services as organisations

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def match(db):
    """A contest at which two teams of three are expected, a steward at its door."""
    now = clock.now()
    soon = make_meeting(starts_at=now + HOUR, ends_at=now + 5 * HOUR)
    activity = make_activity(meeting=soon, team_min=2, team_max=3, closes_at=now + HOUR / 2)
    activity.captain, activity.other = make_team(activity), make_team(activity)
    activity.mates = [join_team(activity.captain) for _each in range(2)]
    activity.gate = find_gate(occasion_of(session_of(activity).pk))
    activity.steward = make_steward(activity.gate)
    return activity


def come(match, *members, at=None, **fields):
    """What the steward's device notes of the captain's code, with those who are ticked."""
    named = tuple(each.pk for each in members)
    noted = scan(match.gate, match.captain.claim, at or clock.now(), members=named, **fields)
    entry = send(match.gate, match.steward, noted)[0]
    deliver_pending()
    return entry.state, entry.problem


def there() -> set:
    return set(Attendance.objects.values_list("sign_up_id", flat=True))


def test_the_whole_team_at_once_each_counted_and_by_name(match):
    assert come(match, *match.mates) == ("admitted", "")
    assert there() == {match.captain.pk, *(mate.pk for mate in match.mates)}
    ways = Attendance.objects.values_list("people", "way", "by_account_id").distinct()
    assert list(ways) == [(1, "code", match.steward.pk)]
    assert organisations.verify_figures(own_figures, metrics=METRICS) == []


def test_those_present_then_whoever_comes_later_and_nobody_twice(match):
    early, late = match.mates
    now = clock.now()
    assert come(match, early) == ("admitted", "")
    assert come(match, late, at=now + 5 * MINUTE) == ("followed", "")
    assert come(match, early, late, at=now + 9 * MINUTE) == ("conflict", "again")
    assert come(match, at=now + 12 * MINUTE) == ("conflict", "again")
    assert Attendance.objects.count() == 3


def test_a_device_that_knows_no_teams_lets_the_captain_in_alone(match):
    come(match)
    assert there() == {match.captain.pk}


def test_who_left_the_team_meanwhile_or_is_of_another_is_for_a_person_to_look_at(match):
    gone, mate = match.mates
    teams.remove_teammate(
        by=match.captain.account,
        sign_up_id=str(match.captain.pk),
        teammate_id=str(gone.pk),
        now=clock.now(),
    )
    assert come(match, gone, mate) == ("conflict", "parted")
    assert come(match, match.other, at=clock.now() + MINUTE) == ("conflict", "parted")
    assert not Attendance.objects.exists()
    entry = match.gate.entries.order_by("at").first()
    desk = signed_in(make_post(union=match.gate.union).account)
    judged = desk.post(
        f"/api/v1/desk/gates/entries/{entry.pk}/judgement",
        {"judgement": "let_in"},
        content_type=JSON,
    )
    assert judged.json()["state"] == "admitted"
    deliver_pending()
    assert there() == {match.captain.pk, mate.pk}


def test_a_team_without_a_network_for_a_day_was_there_when_it_was(match):
    at = match.gate.begins_at + MINUTE
    named = tuple(mate.pk for mate in match.mates)
    noted = scan(match.gate, match.captain.claim, at, members=named)
    send(match.gate, match.steward, noted, now=at + DAY, device_now=at + DAY)
    deliver_pending()
    assert set(Attendance.objects.values_list("at", flat=True)) == {at}
    assert len(there()) == 3


def test_the_list_names_each_team_and_the_operation_takes_its_people(match):
    browser = signed_in(match.steward)
    path = f"/api/v1/gates/{match.gate.pk}"
    first, second = browser.post(f"{path}/pack", {}, content_type=JSON).json()["people"]
    assert [each["id"] for each in first["party"]] == [str(mate.pk) for mate in match.mates]
    assert second["party"] == []
    assert match.mates[0].account.phone not in str(first), "no number in full"
    body = {
        "now": clock.now().isoformat(),
        "scans": [
            {
                "id": "0198c0de-0000-7000-8000-000000000001",
                "claim_id": first["claim_id"],
                "code": "",
                "at": clock.now().isoformat(),
                "members": [first["party"][0]["id"]],
            }
        ],
    }
    answer = browser.post(f"{path}/entries", body, content_type=JSON).json()
    assert set(answer["came"]) == {first["claim_id"], first["party"][0]["id"]}


def test_by_forms_the_code_is_read_and_then_ticked_who_else_is_there(match):
    browser, path = signed_in(match.steward), f"/gates/{match.gate.pk}"
    shown = code(match.gate, match.captain.claim, clock.now())
    page = text(browser.post(f"{path}/entry/", {"code": shown, "door": "东门"}))
    assert "队里还有谁到了" in page
    assert all(str(mate.pk) in page for mate in match.mates)
    claim = str(match.captain.claim_id)
    ticked = {"claim": claim, "member": [str(match.mates[0].pk)], "door": "东门"}
    rest = text(browser.post(f"{path}/party/", ticked))
    assert str(match.mates[1].pk) in rest
    assert str(match.mates[0].pk) not in rest
    deliver_pending()
    assert there() == {match.captain.pk, match.mates[0].pk}
    assert "勾选到场的人" in text(browser.post(f"{path}/party/", {"claim": claim}))
    wrong = browser.post(f"{path}/party/", {"claim": "x", "member": ["y"]})
    assert wrong.status_code == 404
