"""Call-back, rectification, quality check, close: by three people, in order, to the end."""

import contextlib

import pytest
from django.db import IntegrityError, transaction

from niangjia.cases import services as cases
from niangjia.cases.tests.factories import make_officer
from niangjia.core import clock, protection
from niangjia.core.models import AuditEntry
from niangjia.core.outbox import deliver_pending
from niangjia.feedback import services as feedback
from niangjia.feedback.models import CallBack, Invitation, Rating, RectificationOrder
from niangjia.hotline import services
from niangjia.hotline.models import CallBackResult, Quality, State
from niangjia.hotline.rules import aftercare as rules
from niangjia.hotline.services import Caller, Intake
from niangjia.hotline.tests.aftercare import (
    ILL,
    WHY,
    call_back,
    check,
    make_chair,
    settled,
    take_in,
)
from niangjia.hotline.tests.factories import PHONE, fresh, make_agent, make_call, refused, take
from niangjia.members.selectors import current_posts
from niangjia.members.tests.factories.desk import officer_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world):
    return settled(world)


def kinds(order):
    with protection.working("test"):
        return [entry.kind for entry in order.entries.order_by("number")]


def test_called_back_checked_and_closed(world, order):
    called = call_back(world, order)
    assert (called.state, called.level, called.called_back_by) == (
        State.CALLED_BACK,
        5,
        world.caller.account,
    )
    with protection.working("test"):
        assert Rating.objects.get().entered_by_account_id == world.caller.account_id
    closed = check(world, called)
    assert (closed.state, closed.quality, closed.is_on_time) == (
        State.CLOSED,
        Quality.PASSED,
        True,
    )
    assert kinds(order) == ["handled", "called", "checked", "closed"]


def test_nobody_who_had_a_hand_in_it_calls_back_or_checks(world, order):
    for by in (world.taker, make_agent(world.city)):
        if by != world.taker:
            with protection.working("test"):
                order.case.assigned_to = by.account
                order.case.save(update_fields=["assigned_to"])
        with refused("own-work"):
            call_back(world, order, by=by)
    called = call_back(world, order)
    for by in (world.taker, world.caller):
        with refused("own-work"):
            check(world, called, by=by)


def test_without_the_guard_the_database_still_refuses_ones_own_work(world, order, monkeypatch):
    """The control: who took the call gets past the service, and no further."""
    monkeypatch.setattr(rules, "check_another", lambda *_args: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        call_back(world, order, by=world.taker)


def test_three_calls_that_reach_nobody_end_it_and_are_looked_at(world, order):
    world.line.quality_percent, world.line.quality_always = 0, []
    world.line.save()
    for tries in (1, 2):
        assert call_back(world, order, "not_reached").tries == tries
    last = call_back(world, order, "not_reached")
    assert (last.state, last.call_back) == (State.CALLED_BACK, CallBackResult.NOT_REACHED)
    with refused("other-state"):
        call_back(world, order)


@pytest.mark.parametrize("result", ["wrong_number", "declined"])
def test_who_is_not_them_or_will_not_say_is_not_called_again(world, order, result):
    assert call_back(world, order, result).call_back == result
    with protection.working("test"):
        assert not Rating.objects.exists()


def test_a_caller_who_stayed_unknown_is_not_called_and_the_order_is_checked(world):
    order = take_in(world, world.county, caller=Caller(is_anonymous=True))
    cases.take_step(
        by=world.worker, case_id=order.case_id, step="look", outcome="settled", now=clock.now()
    )
    deliver_pending()
    order = fresh(order)
    assert (order.state, order.call_back) == (State.CALLED_BACK, CallBackResult.NOBODY)


def test_what_is_not_in_the_sample_closes_by_itself(world, order):
    world.line.quality_percent, world.line.quality_always = 0, []
    world.line.save()
    closed = call_back(world, order)
    assert (closed.state, closed.quality) == (State.CLOSED, Quality.NOT_CHOSEN)


def test_dissatisfied_is_put_right_rated_again_and_only_then_closed(world, order):
    bad = call_back(world, order, level=1, words="没有人联系我")
    assert bad.state == State.RECTIFYING
    with protection.working("test"):
        rectification = RectificationOrder.objects.get()
    upper = make_chair(world.city)
    for by, step in (
        (make_officer(world.county), "verification"),
        (make_officer(world.county), "rectification"),
        (make_officer(world.county), "answer"),
        (upper, "approval"),
    ):
        rectification = feedback.take_step(
            by=by,
            order=rectification,
            step=step,
            words="已核实并补办，向本人致歉",
            finding="founded",
            now=clock.now(),
        )
    deliver_pending()
    again = fresh(order)
    assert (again.state, again.returns, again.tries) == (State.HANDLED, 1, 0)
    assert check(world, call_back(world, again, level=4)).state == State.CLOSED
    with protection.working("test"):
        rectification.refresh_from_db()
    assert rectification.outcome == "satisfied"


def test_who_had_a_hand_in_it_learns_nothing_of_what_the_person_said(world, order):
    """The control is somebody of the same line who had none."""
    worker = make_chair(world.county)
    with protection.working("test"):
        order.case.assigned_to = worker.account
        order.case.save(update_fields=["assigned_to"])
    call_back(world, order, level=1, words="没有人联系我")
    told = {"called", "rectifying"}
    for post, knows in ((world.checker, True), (world.taker, False), (worker, False)):
        client = officer_client(post)
        page = client.get(f"/desk/hotline/orders/{order.number}/").text
        shown = client.get(f"/api/v1/desk/hotline/orders/{order.number}").json()
        happened = told & {each["kind"] for each in shown["happened"]}
        assert happened == (told if knows else set())
        assert (shown["state"], shown["level"], shown["call_back"]) == (
            ("rectifying", 1, "reached") if knows else ("settled", None, None)
        )
        assert ("没有人联系我" in page, "后续由同事跟进" in page) == (knows, not knows)
        # Nor by what is refused: the state would say that it was rated badly.
        start = f"/api/v1/desk/hotline/orders/{order.number}"
        sent = {"answers": ILL, "words": WHY}
        refusals = [client.post(f"{start}/contact")]
        refusals += [client.post(f"{start}/check", sent, content_type="application/json")]
        if post != worker:
            codes = [each.json()["code"] for each in refusals]
            assert codes == ["other-state" if knows else "own-work"] * 2
    for post, found in ((world.checker, [order.number]), (world.taker, [])):
        listed = officer_client(post).get("/api/v1/desk/hotline/orders?tab=rectify").json()
        assert [each["number"] for each in listed["items"]] == found


def test_what_is_rated_badly_after_its_close_is_called_back_as_well(world, order):
    """By the number in the case, and in the list where all bad ratings are called."""
    colleague = make_officer(world.county)
    check(world, call_back(world, order, "declined"))
    with protection.working("test"):
        invitation = Invitation.objects.get()
    feedback.rate(invitation=invitation, channel="link", level=1, now=clock.now())
    deliver_pending()
    assert fresh(order).state == State.CLOSED
    with protection.working("test"):
        waiting = CallBack.objects.get()
    address = f"/api/v1/desk/call-backs/{waiting.pk}/contact"
    assert officer_client(colleague).post(address).json() == {
        "name": "陈师傅",
        "phone": PHONE,
        "way": "",
    }


def test_a_failed_check_sends_it_back_to_be_called_by_somebody_else(world, order):
    with refused("reason-needed"):
        check(world, call_back(world, order), ILL, words="不行")
    failed = check(world, order, ILL)
    assert (failed.state, failed.quality, failed.returns) == (State.HANDLED, Quality.FAILED, 1)
    with refused("own-work"):
        call_back(world, order)
    other = make_agent(world.city)
    assert call_back(world, order, by=other).state == State.CALLED_BACK
    with refused("checklist"):
        check(world, order, {"class": True}, words=WHY)


def test_who_is_called_is_shown_to_the_caller_back_alone_and_on_record(world, order):
    arguments = {"number": order.number, "now": clock.now()}
    for post, code in ((world.taker, "own-work"), (make_agent(world.chain[3]), "not-found")):
        with refused(code):
            services.view_contact(by=post.account, posts=current_posts(post.account), **arguments)
    seen = services.view_contact(
        by=world.caller.account, posts=current_posts(world.caller.account), **arguments
    )
    assert (seen.name, seen.phone) == ("陈师傅", PHONE)
    assert AuditEntry.objects.get(action="case.read").purpose == "call-back"


@pytest.mark.parametrize(("percent", "state"), [(100, State.HANDLED), (0, State.CALLED_BACK)])
def test_of_answers_on_the_spot_a_sample_is_called_back(world, percent, state):
    world.line.answered_call_back_percent = percent
    world.line.save()
    call = take(world.taker, make_call(world.line))
    order = services.answer_order(
        by=world.taker,
        call_id=call.pk,
        intake=Intake(topic_key="how-to-join"),
        caller=Caller(name="陈师傅", phone=PHONE),
        matter="怎么入会？",
        answer="可以在网上申请。",
        now=clock.now(),
    ).order
    deliver_pending()
    assert fresh(order).state == state
    if state == State.HANDLED:
        seen = services.view_contact(
            by=world.caller.account,
            posts=current_posts(world.caller.account),
            number=order.number,
            now=clock.now(),
        )
        assert seen.phone == PHONE
        assert call_back(world, order, level=2).state == State.RECTIFYING
        with protection.working("test"):
            bad = RectificationOrder.objects.get()
        shown = officer_client(make_chair(world.city)).get(f"/api/v1/desk/orders/{bad.number}")
        assert shown.json()["subject"] == {"kind": "work-order", "number": order.number}


def test_the_database_lets_no_order_skip_a_state(world):
    """It knows the same order of states as the rules, and nothing else passes: each state is
    reached by steps that are allowed, and from it every other one is tried."""
    order, passes = take_in(world), set()
    with protection.working("test"):
        for state in State:
            if order.state != state:
                set_state(order, state)
            for to in State:
                with contextlib.suppress(IntegrityError), transaction.atomic():
                    set_state(fresh(order), to)
                    passes |= {(state, to)} - {(state, state)}
                    transaction.set_rollback(True)
            order = fresh(order)
    assert passes == {(state, to) for state, after in rules.FOLLOWING.items() for to in after}


def set_state(order, state):
    """Without asking the rules."""
    order.state, order.closed_at = state, clock.now() if state == State.CLOSED else None
    order.save()


def test_what_happened_to_an_order_is_never_changed(order):
    """The app finds nothing to change; `test_order_guards` has the owner of the tables."""
    before = kinds(order)
    with protection.working("test"):
        assert order.entries.update(facts={"result": "other"}) == 0
    assert kinds(order) == before


def test_chance_alone_decides_about_the_sample(world, order, monkeypatch):
    world.line.quality_always = []
    for percent, drawn, chosen in ((20, 19, True), (20, 20, False), (0, 0, False)):
        world.line.quality_percent = percent
        monkeypatch.setattr(rules.secrets, "randbelow", lambda _top, drawn=drawn: drawn)
        assert rules.is_checked(order, world.line) is chosen
