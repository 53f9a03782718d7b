"""What time does to orders, what the calendar does, and what a dissolved union leaves."""

import datetime as dt

import pytest

from niangjia.core import clock, working_calendar
from niangjia.core.models import OutboxEvent
from niangjia.feedback import handlers, selectors, services, tasks
from niangjia.feedback.models import CallBack, Outcome, RectificationOrder, Stage, StepKind
from niangjia.feedback.tests.factories import make_order, rate, take, to_review
from niangjia.members.models import Notice
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations import services as organisations
from niangjia.organisations.events import UnionDissolved

pytestmark = pytest.mark.django_db

DUE = dt.datetime(2026, 12, 14, 15, 59, 59, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def order(office):
    """Opened on a Monday morning: due by the end of Monday three weeks later."""
    with clock.stopped_at(MONDAY):
        order = make_order(office)
    assert order.due_at == DUE
    return order


def kinds(order):
    return [step.kind for step in selectors.list_steps(order)]


@pytest.mark.parametrize(
    ("day", "is_reminded"),
    [((12, 10), False), ((12, 11), True), ((12, 13), True), ((12, 14), True)],
)
def test_a_reminder_on_the_working_day_before(order, day, is_reminded):
    now = dt.datetime(2026, *day, 2, 0, tzinfo=dt.UTC)
    assert services.remind_of_orders(now=now) == is_reminded
    assert services.remind_of_orders(now=now + MINUTE) == 0
    assert Notice.objects.filter(kind="desk.order_reminder").count() == is_reminded


def test_late_it_goes_one_union_up_with_a_term_of_its_own(office, order):
    assert services.escalate_late_orders(now=DUE) == 0
    assert services.escalate_late_orders(now=DUE + MINUTE) == 1
    order.refresh_from_db()
    assert order.handled_by == office.county.union
    assert order.breached_at == DUE + MINUTE
    assert order.due_at > DUE + dt.timedelta(days=20)
    assert services.escalate_late_orders(now=DUE + MINUTE) == 0
    assert kinds(order).count(StepKind.ESCALATED) == 1
    assert OutboxEvent.objects.filter(type="feedback.RectificationEscalated").count() == 1
    told = Notice.objects.filter(kind="desk.order_escalated").values_list("account_id", flat=True)
    assert set(told) == {office.colleague.account_id, office.county.account_id}
    person = order.rating.invitation.account
    assert Notice.objects.filter(account=person, kind="feedback.escalated").count() == 1


def test_late_there_too_it_climbs_again_until_nobody_is_above(office, order):
    climbed = []
    for _union in range(4):
        late = order.due_at + MINUTE
        assert services.escalate_late_orders(now=late) == 1
        assert services.escalate_late_orders(now=late) == 0
        order.refresh_from_db()
        climbed.append(order.handled_by)
    top = office.province.union
    assert climbed == [office.county.union, office.city.union, top, top]
    assert order.is_late(late + MINUTE)
    assert services.escalate_late_orders(now=late + MINUTE) == 0
    assert kinds(order).count(StepKind.ESCALATED) == 4


def test_what_waited_for_its_review_is_put_right_by_the_reviewer(office, order):
    with clock.stopped_at(MONDAY):
        to_review(office, order)
    services.escalate_late_orders(now=DUE + MINUTE)
    order.refresh_from_db()
    assert (order.stage, order.handled_by) == (Stage.RECTIFY, office.county.union)


def test_what_waits_for_the_person_is_not_late(office, order):
    with clock.stopped_at(MONDAY):
        take(office.county, to_review(office, order), "approval")
    assert services.escalate_late_orders(now=DUE + MINUTE) == 0


def test_each_round_can_be_late_once(office, order):
    services.escalate_late_orders(now=DUE + MINUTE)
    order.refresh_from_db()
    for step in ("verification", "rectification", "answer"):
        order = take(office.county, order, step, now=DUE + MINUTE)
    take(office.city, order, "approval", now=DUE + MINUTE)
    again = selectors.find_latest_invitation("case", order.subject_id)
    rate(again, level=1, now=DUE + 2 * MINUTE)
    order.refresh_from_db()
    assert (order.handled_by, order.breached_at) == (office.city.union, None)
    assert services.escalate_late_orders(now=order.due_at + MINUTE) == 1


def test_nobody_rates_again_and_it_closes(office, order):
    with clock.stopped_at(MONDAY):
        take(office.county, to_review(office, order), "approval")
    over = MONDAY + dt.timedelta(days=30)
    assert services.close_unanswered(now=over) == 0
    assert services.close_unanswered(now=over + MINUTE) == 1
    assert services.close_unanswered(now=over + MINUTE) == 0
    order.refresh_from_db()
    assert (order.stage, order.outcome) == (Stage.CLOSED, Outcome.NOT_RATED)


def test_one_that_fails_does_not_hold_the_others_back(office, order, monkeypatch):
    with clock.stopped_at(MONDAY):
        other = make_order(office)
    publish = services.sweeping.outbox.publish

    def breaks_for_one(event):
        if event.order_id == order.pk:
            raise RuntimeError("a mistake of ours")
        return publish(event)

    monkeypatch.setattr(services.sweeping.outbox, "publish", breaks_for_one)
    assert services.escalate_late_orders(now=DUE + MINUTE) == 1
    other.refresh_from_db()
    order.refresh_from_db()
    assert (order.breached_at, other.handled_by) == (None, office.county.union)


def test_a_call_nobody_made_goes_to_the_union_above_and_stays_at_the_top(office, order):
    climbed = []
    for _union in range(4):
        late = CallBack.objects.get().due_at + MINUTE
        assert services.pass_late_calls_on(now=late - MINUTE) == 0
        assert services.pass_late_calls_on(now=late) == (len(climbed) < 3)
        climbed.append(CallBack.objects.get().union)
    top = office.province.union
    assert climbed == [office.county.union, office.city.union, top, top]
    told = Notice.objects.filter(kind="desk.call_passed_on")
    assert set(told.values_list("account_id", flat=True)) == {
        post.account_id for post in (office.county, office.city, office.province)
    }


def test_a_call_that_was_made_stays_where_it_was(office, order):
    call_back = CallBack.objects.get()
    services.record_call(
        by=office.colleague, call_back=call_back, result="reached", words="已致歉。", now=MONDAY
    )
    assert services.pass_late_calls_on(now=call_back.due_at + MINUTE) == 0


def test_the_job_does_it_all(order):
    with clock.stopped_at(DUE + MINUTE):
        assert tasks.sweep_orders(0) == 2
        assert tasks.sweep_orders(0) == 0
        assert tasks.find_signals(0) == 0


def test_a_new_day_off_moves_what_is_due(order):
    with clock.stopped_at(MONDAY):
        working_calendar.set_working_day(
            date=dt.date(2026, 12, 1),
            province="",
            is_working=False,
            name="临时放假",
            source="通知",
            by=None,
            now=MONDAY,
        )
        moved = services.move_due_dates(date=dt.date(2026, 12, 1), province="", now=MONDAY)
    assert moved == 1
    order.refresh_from_db()
    assert order.due_at == DUE + dt.timedelta(days=1)


def test_a_term_that_is_over_stays_over(order):
    assert services.move_due_dates(date=dt.date(2026, 12, 1), province="", now=DUE + MINUTE) == 0


def test_a_dissolved_union_leaves_its_orders_and_calls_to_the_one_above(office, order):
    for post in (office.rated, office.colleague):
        type(post).objects.filter(pk=post.pk).update(ended_at=clock.now())
    organisations.dissolve_union(union_id=office.union.pk, by=None, now=clock.now())
    handlers.hand_over_orders(UnionDissolved(union_id=office.union.pk))
    assert RectificationOrder.objects.get().handled_by == office.county.union
    assert CallBack.objects.get().union == office.county.union
