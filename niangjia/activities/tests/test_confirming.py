"""Seats that are held until their people say that they come, and opening seconds without a rush."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from niangjia.activities import services
from niangjia.activities.models import SignUp
from niangjia.activities.services import telling
from niangjia.activities.services.deciding import decide_sign_up
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_meeting,
    make_organiser,
    make_worker,
    run_of,
)
from niangjia.activities.tests.test_api import send
from niangjia.allocation import services as allocation
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
HOUR, SECOND = dt.timedelta(hours=1), dt.timedelta(seconds=1)


def state(sign_up):
    return SignUp.objects.select_related("claim").get(pk=sign_up.pk).claim.state


def kinds(sign_up):
    found = Notice.objects.filter(account=sign_up.account).order_by("id")
    return list(found.values_list("kind", flat=True))


def ticket(sign_up):
    page = signed_in(sign_up.account).get(reverse("activities:ticket", args=[sign_up.pk]))
    return page.content.decode()


class TestHeld:
    @pytest.fixture
    def granted(self):
        """Two who ask, and are both given a seat that they have a day to confirm."""
        activity = make_activity(mode="approval", confirm_hours=24)
        by = make_organiser(activity.union)
        asking = [join(activity) for _ in range(2)]
        for sign_up in asking:
            decide_sign_up(by=by, sign_up=sign_up, is_granted=True, now=clock.now() + SECOND)
        deliver_pending()
        return asking

    def test_it_is_told_and_confirmed_on_the_page_and_by_operation(self, granted):
        first, second = granted
        assert kinds(first) == ["activity.held"]
        assert "until" in Notice.objects.get(account=first.account).facts
        assert "为你保留" in ticket(first)
        client = signed_in(first.account)
        client.post(reverse("activities:confirm", args=[first.pk]))
        assert state(first) == "confirmed"
        answer = send(signed_in(second.account), f"/sign-ups/{second.pk}/confirmation")
        assert answer.json()["state"] == "confirmed"

    def test_who_says_nothing_in_time_loses_it_and_is_told(self, granted):
        first, _second = granted
        allocation.sweep(now=clock.now() + 25 * HOUR)
        deliver_pending()
        assert state(first) == "expired"
        assert kinds(first) == ["activity.held", "activity.expired"]

    def test_what_is_decided_just_before_it_begins_is_theirs_at_once(self):
        activity = make_activity(mode="approval", confirm_hours=24)
        sign_up, late = join(activity), activity.starts_at - HOUR
        decide_sign_up(
            by=make_organiser(activity.union), sign_up=sign_up, is_granted=True, now=late
        )
        deliver_pending()
        allocation.sweep(now=late)
        assert (state(sign_up), kinds(sign_up)) == ("confirmed", ["activity.granted"])

    def test_whoever_comes_first_is_not_asked_again(self):
        for fields in ({"confirm_hours": 24}, {"confirm_hours": 169, "mode": "draw"}):
            with pytest.raises(Invalid) as refused:
                make_draft(**fields)
            assert "confirm_hours" in refused.value.fields


class TestOpeningSeconds:
    @pytest.fixture
    def opening(self):
        """An activity with one seat that people wait for, and the moment it opens."""
        opens_at = clock.now() + HOUR
        return make_activity(seats=1, opens_at=opens_at), opens_at

    def test_the_network_decides_nothing_and_everybody_is_told(self, opening):
        activity, opens_at = opening
        page = signed_in(make_worker()).get(reverse("activities:activity", args=[activity.number]))
        assert "不用抢" in page.content.decode()
        early = [join(activity, now=opens_at + n * SECOND) for n in range(3)]
        assert {state(each) for each in early} == {"entered"}
        assert "随机排序" in ticket(early[0])
        late = join(activity, now=opens_at + 31 * SECOND)
        assert sorted(state(each) for each in early) == ["confirmed", "waiting", "waiting"]
        assert state(late) == "waiting"
        deliver_pending()
        while telling.go_on(now=clock.now()):
            pass
        said = {"confirmed": ["activity.granted"], "waiting": ["activity.waiting"]}
        assert all(kinds(each) == said[state(each)] for each in early)
        assert kinds(late) == [], "they were told on the page"

    def test_what_is_open_already_is_first_come_first_served(self):
        assert state(join(make_activity())) == "confirmed"

    def test_a_move_changes_nothing_of_it(self, opening):
        activity, opens_at = opening
        session = run_of(activity).sessions.get()
        later = {"starts_at": session.starts_at + DAY, "ends_at": session.ends_at + DAY}
        meeting = make_meeting(**later)
        services.move_session(by=None, session=session, meeting=meeting, now=opens_at + SECOND)
        assert run_of(activity).pool.gather_seconds == 30


def test_whoever_gets_a_seat_too_late_to_confirm_it_has_it_at_once():
    activity = make_activity(mode="approval", confirm_hours=24)
    by, (early, late) = make_organiser(activity.union), [join(activity) for _ in range(2)]
    coming = reverse("activities:coming", args=[run_of(activity).pk])
    last = activity.starts_at - 3 * HOUR
    said = officer_client(by).get(coming, {"tab": "entered"}).content.decode()
    assert date_format(localtime(last), "DATETIME_FORMAT") in said
    decide_sign_up(by=by, sign_up=early, is_granted=True, now=last - SECOND)
    decide_sign_up(by=by, sign_up=late, is_granted=True, now=last)
    deliver_pending()
    assert (state(early), state(late)) == ("held", "confirmed")
    assert [kinds(each)[-1] for each in (early, late)] == ["activity.held", "activity.granted"]


def test_full_just_before_it_begins_nobody_is_sent_to_a_list_that_has_ended():
    activity = make_activity(seats=1, closes_at=clock.now() + 3 * DAY)
    join(activity)
    last = activity.starts_at - 3 * HOUR
    for now, is_open in ((last - SECOND, True), (last, False)):
        with clock.stopped_at(now):
            url = f"/api/v1/activities/{activity.number}"
            [run] = signed_in(make_worker()).get(url).json()["runs"]
        assert (run["is_open"], run["has_waiting_list"]) == (is_open, is_open)
    with pytest.raises(Conflict) as refused:
        join(activity, now=activity.starts_at - HOUR)
    assert refused.value.code == "sold-out"


@pytest.mark.parametrize(("mode", "says"), [("first_come", "没有空出"), ("draw", "没有抽签或审核")])
def test_once_it_is_over_nobody_is_told_to_wait(mode, says, monkeypatch):
    activity = make_activity(seats=1, mode=mode)
    late = [join(activity) for _ in range(2)][-1]
    after = activity.ends_at + HOUR
    monkeypatch.setattr(clock, "now", lambda: after)
    assert says in ticket(late)


def test_only_members_since_so_many_days():
    activity = make_activity(member_days=30)
    with pytest.raises(Conflict) as refused:
        join(activity)
    assert refused.value.code == "not-a-member"
