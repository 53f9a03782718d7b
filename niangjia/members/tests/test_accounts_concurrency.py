"""Two at once: a code proves one thing once, a throttle counts both, a number has one account."""

import threading
from functools import partial

import pytest

from niangjia.core import clock, errors
from niangjia.core.tests.races import at_once
from niangjia.members import services
from niangjia.members.clients import sms
from niangjia.members.models import Account, Attempt
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import codes, throttles
from niangjia.members.tests.factories.accounts import make_phone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def sent_code():
    phone = make_phone()
    sent = services.send_sign_in_code(phone=phone, address="a", language="en", now=clock.now())
    return phone, sent, sms.shown_codes(phone)[0].code


def prove(sent, code):
    return codes.prove_code(
        code_id=sent.id, purpose="sign_in", code=code, address="a", now=clock.now()
    )


def test_a_code_used_by_six_at_once_lets_one_in():
    _phone, sent, code = sent_code()
    results = at_once(*[partial(prove, sent, code)] * 6)
    assert sum(isinstance(result, errors.TooLate) for result in results) == 5


def test_without_the_lock_a_code_lets_several_in(monkeypatch):
    """The control: with reading and using apart, the same race is lost."""
    _phone, sent, code = sent_code()
    queryset = type(codes.OneTimeCode.objects.all())
    monkeypatch.setattr(queryset, "select_for_update", lambda self, **_options: self)
    gate = threading.Barrier(6)
    compare = codes.hmac.compare_digest

    class SlowComparison:
        @staticmethod
        def compare_digest(one, other):
            gate.wait(timeout=60)
            return compare(one, other)

    monkeypatch.setattr(codes, "hmac", SlowComparison)
    results = at_once(*[partial(prove, sent, code)] * 6)
    assert sum(isinstance(result, errors.TooLate) for result in results) == 0


def test_a_throttle_counts_what_comes_at_once():
    limits = (Limit(3, 60),)
    now = clock.now()
    results = at_once(*[partial(throttles.take, "t", "k", limits, now=now)] * 8)
    assert results.count(None) == 3
    assert Attempt.objects.filter(action="t").count() == 3


def test_two_codes_of_one_new_number_open_one_account():
    phone = make_phone()
    codes_sent = []
    for address in ("a", "b"):
        sent = services.send_sign_in_code(
            phone=phone, address=address, language="en", now=clock.now()
        )
        codes_sent.append((sent, sms.shown_codes(phone)[0].code))
        Attempt.objects.all().delete()
    results = at_once(
        *(
            partial(services.sign_in, code_id=sent.id, code=code, address="a", now=clock.now())
            for sent, code in codes_sent
        )
    )
    assert results[0] == results[1] == Account.objects.by_phone(phone)
