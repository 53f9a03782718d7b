"""The fakes and the real clients pass the same contract; the real ones survive bad days."""

import json
import socket

import pytest

from niangjia.core import errors
from niangjia.members.clients import http, identity_service, sms
from niangjia.members.clients.breaker import Breaker
from niangjia.members.tests import gateway
from niangjia.members.tests.factories.accounts import make_identity_number, make_phone

pytestmark = pytest.mark.django_db


def made_up(body):
    """A gateway that knows what the fake knows."""
    try:
        result = identity_service.MadeUpIdentity().check(**body)
    except errors.Unavailable:
        return 503, b""
    return 200, json.dumps({"result": result}).encode()


@pytest.fixture(params=["fake", "real"])
def identity(request):
    if request.param == "fake":
        yield identity_service.MadeUpIdentity()
    else:
        with gateway.gateway(made_up) as (url, _received):
            yield identity_service.WebhookIdentity(url, "token")


@pytest.mark.parametrize(
    ("sequence", "answer"), [(1, "match"), (900, "mismatch"), (989, "mismatch"), (990, "unknown")]
)
def test_identity_services_answer(identity, sequence, answer):
    number = make_identity_number(sequence=sequence)
    said = identity.check(name="王明", document_type="resident_id", identity_number=number)
    assert said == answer


def test_identity_services_that_are_down_say_so(identity):
    number = make_identity_number(sequence=999)
    with pytest.raises(errors.Unavailable):
        identity.check(name="王明", document_type="resident_id", identity_number=number)


@pytest.fixture(params=["fake", "real"])
def messages(request):
    """A client and a function that tells what it sent last."""
    if request.param == "fake":
        fake = sms.ShownSms()
        yield fake, lambda: (fake.last()[0].phone, fake.last()[0].code)
    else:
        with gateway.gateway(lambda _body: (200, b"{}")) as (url, received):
            yield (
                sms.WebhookSms(url, "token"),
                lambda: (received[-1][1]["phone"], received[-1][1]["parameters"]["code"]),
            )


def test_messages_arrive_with_their_code(messages):
    client, last = messages
    phone = make_phone()
    client.send(phone=phone, template="sign_in", code="042137", language="en")
    assert last() == (phone, "042137")


def test_the_gateway_is_shown_the_token():
    with gateway.gateway(lambda _body: (200, b"{}")) as (url, received):
        sms.WebhookSms(url, "geheim").send(phone="x", template="t", code="1", language="en")
    assert received[0][0] == "Bearer geheim"


@pytest.mark.parametrize(
    "answer",
    [
        lambda _body: (500, b"{}"),
        lambda _body: (302, b"{}"),
        lambda _body: (200, b"no json"),
        lambda _body: (200, b"[1]"),
        lambda _body: (200, b"\xff\xfe"),
    ],
)
def test_bad_answers_are_unavailability(answer):
    with gateway.gateway(answer) as (url, _received):
        client = sms.WebhookSms(url, "token")
        with pytest.raises(errors.Unavailable):
            client.send(phone="x", template="t", code="1", language="en")


def test_an_unknown_result_is_unavailability_not_a_match():
    with gateway.gateway(lambda _body: (200, b'{"result": "yes"}')) as (url, _received):
        client = identity_service.WebhookIdentity(url, "token")
        with pytest.raises(errors.Unavailable):
            client.check(name="王明", document_type="passport", identity_number="E1234567")


def test_a_slow_gateway_is_given_up_on():
    with gateway.gateway(gateway.slow) as (url, _received):
        client = sms.WebhookSms(url, "token", timeout=0.05)
        with pytest.raises(errors.Unavailable):
            client.send(phone="x", template="t", code="1", language="en")


def test_nobody_listening_is_unavailability():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(errors.Unavailable):
        sms.WebhookSms(url, "t").send(phone="x", template="t", code="1", language="en")


def test_a_connection_refused_raises_what_the_breaker_counts():
    with (
        pytest.raises(OSError, match="answered 404"),
        gateway.gateway(lambda _body: (404, b"")) as (url, _received),
    ):
        http.post(url, {}, token="t", timeout=60)


# The breaker


class Outside:
    """Something outside that can be down."""

    def __init__(self):
        self.calls, self.down, self.now = 0, True, 0.0

    def call(self):
        self.calls += 1
        if self.down:
            raise OSError("down")
        return "up"


def test_the_breaker_opens_probes_and_closes():
    outside = Outside()
    breaker = Breaker(failures=3, seconds=30, clock=lambda: outside.now)
    for _ in range(5):
        with pytest.raises(errors.Unavailable):
            breaker.call(outside.call)
    assert outside.calls == 3
    outside.now = 31
    with pytest.raises(errors.Unavailable):
        breaker.call(outside.call)
    assert outside.calls == 4
    with pytest.raises(errors.Unavailable):
        breaker.call(outside.call)
    assert outside.calls == 4
    outside.now, outside.down = 62, False
    assert breaker.call(outside.call) == "up"
    assert breaker.call(outside.call) == "up"


def test_one_success_forgets_earlier_failures():
    outside = Outside()
    breaker = Breaker(failures=2, clock=lambda: outside.now)
    for down in (True, False, True, False):
        outside.down = down
        if down:
            with pytest.raises(errors.Unavailable):
                breaker.call(outside.call)
        else:
            assert breaker.call(outside.call) == "up"
    assert outside.calls == 4
