"""Everybody who was answered on the spot is asked how it was, and nobody rates their own answer."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.core import clock, protection
from niangjia.core.errors import Unavailable
from niangjia.core.outbox import deliver_pending
from niangjia.feedback.models import CallBack, Invitation, Rating, RectificationOrder
from niangjia.feedback.services.inviting import invite_again
from niangjia.hotline import services
from niangjia.hotline.models import OrderEntryKind, State
from niangjia.hotline.rules.telephony import Kind
from niangjia.hotline.services import Caller, Intake, asking, following
from niangjia.hotline.tests.factories import (
    PHONE,
    event,
    fresh,
    make_call,
    open_order,
    refused,
    take,
)
from niangjia.members.tests.factories.desk import officer_client

pytestmark = pytest.mark.django_db
KNOWN = Caller("陈师傅", PHONE)
UNKNOWN = Caller(is_anonymous=True)
AGREES = Caller("陈师傅", PHONE, may_text=True)


@pytest.fixture(autouse=True)
def gateway(settings, world):
    """A telephone system that asks for a key; nobody is called back by sample."""
    settings.TELEPHONY_URL = "http://gateway.example"
    world.line.answered_call_back_percent = world.line.quality_percent = 0
    world.line.save()


def begin(world):
    return take(world.taker, make_call(world.line, call="c-1"))


def answer(world, call, caller=KNOWN, **intake):
    order = services.answer_order(
        by=world.taker,
        call_id=call.pk,
        intake=Intake(topic_key="how-to-join", **intake),
        caller=caller,
        matter="怎么入会？",
        answer="可以在网上申请。",
        now=clock.now(),
    ).order
    deliver_pending()
    return fresh(order)


def press(world, key, name="k-1"):
    """The caller presses `key` after the call; the telephone system reports it."""
    pressed = event(Kind.RATED, "c-1", event=name, line=world.line.number, pressed=key)
    services.note_event(event=pressed, now=clock.now())
    deliver_pending()


def ratings():
    with protection.working("test"):
        return list(Rating.objects.select_related("invitation").order_by("pk"))


def asked(order):
    with protection.working("test"):
        found = order.entries.filter(kind=OrderEntryKind.ASKED).order_by("number")
        return [way for entry in found for way in entry.facts["ways"]]


@pytest.mark.parametrize("first", ["key", "order"])
def test_a_caller_who_stays_unknown_rates_by_key_whichever_is_first(world, first):
    """Nothing leads to them: the telephone system alone can ask, and it alone can report."""
    call = begin(world)
    if first == "key":
        press(world, "2")
    order = answer(world, call, UNKNOWN)
    if first == "order":
        assert (asked(order), ratings()) == (["key"], [])
        press(world, "2")
    (rating,) = ratings()
    assert (rating.level, rating.channel, rating.entered_by_account_id) == (4, "keypad", None)
    assert rating.invitation.rated_id == world.taker.account_id
    assert (fresh(order).level, fresh(call).pressed) == (4, None)


def test_a_bad_key_opens_a_rectification_and_who_left_a_number_is_called(world):
    order = answer(world, begin(world))
    assert order.state == State.CLOSED
    press(world, "5")
    with protection.working("test"):
        assert RectificationOrder.objects.get().rated_id == world.taker.account_id
        waiting = CallBack.objects.get()
    there = f"/api/v1/desk/call-backs/{waiting.pk}/contact"
    assert officer_client(world.taker).post(there).status_code == 404
    assert officer_client(world.caller).post(there).json()["phone"] == PHONE
    assert fresh(order).level == 1


@pytest.mark.parametrize(("caller", "state"), [(KNOWN, "handled"), (UNKNOWN, "rectifying")])
def test_a_bad_key_keeps_the_order_open_until_it_is_put_right(world, caller, state):
    """Pressed before the agent has written anything down. Whom we can call is called again then;
    whoever stayed unknown is waited for, and nobody is sent after a number that there is not."""
    call = begin(world)
    press(world, "4")
    order = answer(world, call, caller)
    assert order.state == State.RECTIFYING
    with protection.working("test"):
        invite_again(Invitation.objects.get(), by=None, now=clock.now())
    deliver_pending()
    assert fresh(order).state == state
    following.note_rectified(
        subject_kind="work-order", subject_id=order.pk, outcome="not_rated", now=clock.now()
    )
    assert fresh(order).state == (State.CALLED_BACK if caller is UNKNOWN else State.HANDLED)


def test_one_key_is_one_rating(world):
    """Pressed again, or with a second matter in the same call: it is said once."""
    call = begin(world)
    answer(world, call, goes_on=True)
    answer(world, call)
    press(world, "1")
    press(world, "5", "k-2")
    assert [rating.level for rating in ratings()] == [5]
    with protection.working("test"):
        assert Invitation.objects.count() == 2


def test_the_key_after_a_call_that_became_a_case_rates_nothing(world):
    open_order(world.taker, begin(world), world.city)
    press(world, "5")
    assert ratings() == []


def test_who_pressed_is_not_called_by_sample_as_well(world):
    world.line.answered_call_back_percent = 100
    world.line.save()
    call = begin(world)
    press(world, "1")
    assert answer(world, call).state == State.CLOSED


def test_without_a_telephone_system_that_asks_nobody_says_it_did(world, settings):
    settings.TELEPHONY_URL = ""
    order = answer(world, begin(world))
    assert asked(order) == []
    with protection.working("test"):
        assert Invitation.objects.get().subject_id == order.pk


def test_with_a_letter_goes_a_code(world):
    letter = services.enter_letter(
        by=world.taker,
        line=world.line,
        words="请问怎么入会？",
        arrived_at=clock.now(),
        now=clock.now(),
    )
    assert asked(answer(world, letter)) == ["code"]


class Sms:
    def __init__(self):
        self.sent, self.is_away = [], False

    def send(self, **message):
        if self.is_away:
            raise Unavailable("away")
        self.sent.append(message)


@pytest.fixture
def sms(monkeypatch):
    made = Sms()
    monkeypatch.setattr(asking.sms, "client", lambda: made)
    return made


def test_who_agrees_is_sent_a_link_that_rates_once_and_ten_minutes_later(world, sms, client):
    sent_from = clock.now()
    order = answer(world, begin(world), AGREES)
    job = ProcrastinateJob.objects.get(task_name=asking.TEXT)
    assert job.args == {"order_id": str(order.pk)}
    assert abs(job.scheduled_at - sent_from - asking.TEXT_AFTER) < dt.timedelta(minutes=5)
    sms.is_away = True
    with pytest.raises(Unavailable):
        asking.text_link(order_id=order.pk, now=clock.now())
    sms.is_away = False
    assert asking.text_link(order_id=order.pk, now=clock.now())
    assert not asking.text_link(order_id=order.pk, now=clock.now())
    (message,) = sms.sent
    assert (message["phone"], message["template"]) == ("+86" + PHONE, "hotline_rating")
    assert asked(order) == ["key", "text"]
    link = reverse("feedback:rate", args=[message["code"]])
    assert client.post(link, {"level": 3}).status_code == 302
    deliver_pending()
    assert [rating.channel for rating in ratings()] == ["link"]
    assert fresh(order).level == 3


def test_news_of_an_earlier_rating_that_comes_late_says_nothing(world):
    """They are asked again by then, and the order waits for what they say now."""
    order = answer(world, begin(world))
    press(world, "5")
    with protection.working("test"):
        invite_again(Invitation.objects.get(), by=None, now=clock.now())
        order.refresh_from_db()
        order.level = None
        order.save(update_fields=["level"])
    following.note_rated(subject_kind="work-order", subject_id=order.pk, level=1, times=1)
    assert fresh(order).level is None


@pytest.mark.parametrize("caller", [KNOWN, UNKNOWN])
def test_who_did_not_agree_is_sent_nothing(world, sms, caller):
    order = answer(world, begin(world), caller)
    assert not ProcrastinateJob.objects.filter(task_name=asking.TEXT).exists()
    assert not asking.text_link(order_id=order.pk, now=clock.now())


def test_who_has_pressed_a_key_by_then_is_sent_nothing(world, sms):
    order = answer(world, begin(world), AGREES)
    press(world, "1")
    assert not asking.text_link(order_id=order.pk, now=clock.now())
    assert sms.sent == []


def test_a_text_message_goes_to_the_number_that_calls_or_the_agent_is_told(world, sms):
    call = begin(world)
    with refused("no-mobile"):
        answer(world, call, Caller("陈师傅", "0579-85551234", may_text=True))
    answer(world, call, Caller("陈师傅", may_text=True))
    with protection.working("test"):
        order = call.orders.get()
    assert asking.text_link(order_id=order.pk, now=clock.now())
    assert sms.sent[0]["phone"] == "+86" + PHONE


def test_whoever_answered_is_shown_no_code_of_a_second_round(world):
    """There is one only where the first was bad. The control is a colleague."""
    order = answer(world, begin(world), UNKNOWN)
    address = f"/desk/hotline/orders/{order.number}/"
    shown = "评价二维码"
    for expected in ([True, True], [False, True]):
        pages = [officer_client(by).get(address).text for by in (world.taker, world.caller)]
        assert [shown in page for page in pages] == expected
        with protection.working("test"), transaction.atomic():
            last = Invitation.objects.order_by("-round").first()
            invite_again(last, by=None, now=clock.now())
