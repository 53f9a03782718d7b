"""Teams on pages and by operations: the same services, and the right words."""

import pytest

from niangjia.activities.tests.factories import (
    join_team,
    make_activity,
    make_organiser,
    make_team,
    make_worker,
    run_of,
)
from niangjia.activities.tests.test_api import send
from niangjia.core.crypto import token_digest
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def there(sign_up, rest=""):
    return f"/mine/activities/{sign_up.pk}/team/{rest}"


def text(answer) -> str:
    return answer.content.decode()


def test_a_captain_signs_up_invites_and_a_teammate_joins_on_pages():
    activity = make_activity(team_min=2, team_max=3)
    captain, mate = make_worker(), make_worker()
    browser = signed_in(captain)
    page = f"/activities/{activity.number}/sign-up/"
    assert "team_size" in text(browser.get(page))
    wrong = browser.post(page, {"name": "王小明", "team_name": "飞虎队", "team_size": "9"})
    assert (wrong.status_code, "飞虎队" in text(wrong)) == (422, True)
    said = {"name": "王小明", "team_name": "飞虎队", "team_size": "2"}
    ticket = browser.post(page, said)
    own = captain.sign_ups.get()
    assert ticket.url == f"/mine/activities/{own.pk}/"
    assert there(own) in text(browser.get(ticket.url))
    made = browser.post(there(own, "invitations/"))
    code = made.context["code"]
    assert code in text(made)
    assert code not in text(browser.get(there(own)))
    assert own.team.invitations.get().token_digest == token_digest(code)
    other = signed_in(mate)
    assert other.post("/teams/", {"code": "7K2M-9QXC-4T0B"}).status_code == 422
    joining = other.post("/teams/", {"code": code.lower()})
    assert "飞虎队" in text(other.get(joining.url))
    assert "我要入队" in text(other.get(joining.url))
    assert other.post(joining.url, {"name": ""}).status_code == 422
    joined = other.post(joining.url, {"name": "李小红"})
    mine = mate.sign_ups.get()
    assert joined.url == there(mine)
    assert "王小明" in text(other.get(joined.url))
    assert "已经用过" in text(signed_in(make_worker()).get(f"/teams/{code}/"))
    gone = browser.post(there(own, "removal/"), {"teammate": str(mine.pk)})
    assert (gone.url, own.team.sign_ups.count()) == (there(own), 1)


def test_what_only_a_captain_may_do_is_said_to_a_teammate_on_the_next_page():
    captain = make_team(make_activity(team_min=2, team_max=3))
    mate = join_team(captain)
    browser = signed_in(mate.account)
    ticket = text(browser.get(f"/mine/activities/{mate.pk}/"))
    assert "/code/" not in ticket
    for path in ("invitations/", "captain/", "removal/"):
        answer = browser.post(there(mate, path), {"teammate": str(captain.pk)}, follow=True)
        assert "队长来做" in text(answer)
    left = browser.post(there(mate, "departure/"), follow=True)
    assert "已退出队伍" in text(left)


def test_officers_see_each_team_and_tick_each_person(django_assert_num_queries):
    union = make_union()
    activity = make_activity(union, team_min=2, team_max=3)
    captain = make_team(activity, team="飞虎队")
    join_team(captain)
    make_team(activity, team="先锋队")
    desk = officer_client(make_organiser(union))
    path = f"/desk/activities/runs/{run_of(activity).pk}/teams/"
    shown = text(desk.get(path))
    assert all(words in shown for words in ("飞虎队", "2 / 3", "1 / 3", "人数还不够"))
    coming = text(desk.get(f"/desk/activities/runs/{run_of(activity).pk}/"))
    assert coming.count('name="sign_up"') == 3
    assert coming.count("飞虎队") == 2
    join_team(captain)
    with django_assert_num_queries(9):
        desk.get(path)


def test_teams_by_operations():
    union = make_union()
    activity = make_activity(union, team_min=2, team_max=3)
    captain, mate = make_worker(), make_worker()
    first, second = signed_in(captain), signed_in(mate)
    body = {
        "run": str(run_of(activity).pk),
        "name": "王小明",
        "team": {"name": "飞虎队", "size": 2},
    }
    own = send(first, "/sign-ups", body).json()
    assert (own["team"], own["people"]) == ("飞虎队", 1)
    team = f"/sign-ups/{own['id']}/team"
    code = send(first, f"{team}/invitations").json()["code"]
    joined = send(second, "/team-memberships", {"code": code, "name": "李小红"})
    assert (joined.status_code, joined.json()["team"]) == (201, "飞虎队")
    shown = first.get(f"/api/v1{team}").json()
    assert [(each["name"], each["is_captain"]) for each in shown["people"]] == [
        ("王小明", True),
        ("李小红", False),
    ]
    assert send(first, f"{team}/invitations").json()["code"] == "team-full"
    handed = send(first, f"{team}/captain", {"teammate": joined.json()["id"]}).json()
    assert [each["name"] for each in handed["people"] if each["is_captain"]] == ["李小红"]
    theirs = f"/sign-ups/{joined.json()['id']}/team"
    left = send(second, f"{theirs}/removals", {"teammate": own["id"]}).json()
    assert len(left["people"]) == 1
    assert send(second, f"{theirs}/departure").status_code == 409
    desk = officer_client(make_organiser(union))
    runs = desk.get(f"/api/v1/desk/activity-runs/{body['run']}/teams").json()["items"]
    assert [(each["name"], each["size"]) for each in runs] == [("飞虎队", 2)]
