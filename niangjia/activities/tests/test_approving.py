"""Who asks for a seat by approval gets an answer: officers are told daily, and it ends."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.activities.models import SignUp
from niangjia.activities.services import approving
from niangjia.activities.services.deciding import decide_sign_up
from niangjia.activities.tests.factories import DAY, join, make_activity, make_organiser, run_of
from niangjia.allocation.services.reminding import remind_of_draws
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def asked():
    """An activity by approval, who runs it, and two who ask for a seat."""
    activity = make_activity(mode="approval")
    return activity, make_organiser(activity.union), [join(activity) for _ in range(2)]


def decide(by, sign_up):
    decide_sign_up(by=by, sign_up=sign_up, is_granted=True, now=clock.now())


def test_officers_are_told_at_once_and_daily_until_all_have_an_answer(asked):
    activity, by, waiting = asked
    now = clock.now()
    told = [approving.remind_to_decide(now=now + n * HOUR) for n in (0, 1, 23, 24)]
    assert told == [1, 0, 0, 1]
    decide(by, waiting[0])
    notice = Notice.objects.filter(kind="activity.to-decide").first()
    assert (notice.account, notice.facts["count"]) == (by.account, 2)
    assert notice.url == reverse("activities:coming", args=[run_of(activity).pk]) + "?tab=entered"
    decide(by, waiting[1])
    assert approving.remind_to_decide(now=now + 2 * DAY) == 0


def test_first_come_first_served_asks_nobody():
    make_organiser(make_activity().union)
    assert approving.remind_to_decide(now=clock.now()) == 0


def test_what_nobody_decided_ends_when_it_is_over_and_its_people_are_told(asked, monkeypatch):
    activity, by, (seated, forgotten) = asked
    decide(by, seated)
    assert approving.end_undecided(now=activity.ends_at - HOUR) == 0
    after = activity.ends_at + HOUR
    monkeypatch.setattr(clock, "now", lambda: after)
    assert [approving.end_undecided(now=after) for _twice in range(2)] == [1, 0]
    deliver_pending()
    states = [SignUp.objects.get(pk=each.pk).claim.state for each in (seated, forgotten)]
    assert states == ["confirmed", "lost"]
    kinds = Notice.objects.filter(account=forgotten.account).values_list("kind", flat=True)
    assert list(kinds) == ["activity.undecided"]
    ticket = signed_in(forgotten.account).get(reverse("activities:ticket", args=[forgotten.pk]))
    assert "没有抽签或审核" in ticket.content.decode()


def test_what_nobody_drew_ends_as_well_and_nobody_is_asked_to_draw_it(monkeypatch):
    activity = make_activity(mode="draw")
    entered = join(activity)
    assert approving.remind_to_decide(now=clock.now()) == 0
    after = activity.ends_at + HOUR
    monkeypatch.setattr(clock, "now", lambda: after)
    assert [approving.end_undecided(now=after) for _twice in range(2)] == [1, 0]
    deliver_pending()
    kinds = Notice.objects.filter(account=entered.account).values_list("kind", flat=True)
    assert list(kinds) == ["activity.undecided"]
    make_organiser(activity.union)
    assert remind_of_draws(now=after) == 0
