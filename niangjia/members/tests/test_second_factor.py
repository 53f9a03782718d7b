"""Second factors: what they keep out, and that each code works once."""

import datetime as dt
import itertools
import threading
import time
from contextlib import suppress
from functools import partial

import pytest
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from niangjia.core import clock
from niangjia.core.tests.races import at_once
from niangjia.members.clients import sms
from niangjia.members.forms import second_factor
from niangjia.members.tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def newcomer():
    browser = Client()
    browser.account = make_account()
    browser.force_login(browser.account)
    return browser


def code_of(phone):
    return sms.shown_codes(phone)[0].code


def current_code(account, off=0):
    """The code of now on a phone whose clock is `off` steps of 30 s ahead."""
    authenticator = Authenticator.objects.get(user=account, type="totp")
    secret = totp.decrypt(authenticator.data["secret"])
    step = int(time.time()) // 30 + off
    return totp.format_hotp_value(totp.hotp_value(secret, step))


def with_totp():
    account = make_account()
    totp.TOTP.activate(account, totp.generate_totp_secret())
    return account


def sign_in(account):
    browser = Client()
    browser.post("/account/login/", {"phone": account.phone})
    response = browser.post("/account/login/code/confirm/", {"code": code_of(account.phone)})
    return browser, response


def test_the_phone_alone_does_not_let_in_who_has_a_second_factor():
    account = with_totp()
    browser, response = sign_in(account)
    assert response.url == "/account/2fa/authenticate/"
    assert browser.get("/mine/account/").status_code == 302
    response = browser.post("/account/2fa/authenticate/", {"code": current_code(account)})
    assert response.url == "/mine/"
    assert browser.get("/mine/account/").status_code == 200


def test_a_second_factors_code_works_once():
    account = with_totp()
    first, _response = sign_in(account)
    code = current_code(account)
    first.post("/account/2fa/authenticate/", {"code": code})
    with clock.stopped_at(clock.now() + dt.timedelta(seconds=61)):
        second, _response = sign_in(account)
    response = second.post("/account/2fa/authenticate/", {"code": code})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert second.get("/mine/account/").status_code == 302


def test_secrets_lie_encrypted_in_the_table():
    account = make_account()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    assert secret not in str(Authenticator.objects.get(user=account).data)


def test_setting_one_up_leads_on_to_where_one_was_going(newcomer):
    page = newcomer.get("/account/2fa/totp/activate/?next=/desk/")
    secret = page.context["form"].secret
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )
    response = newcomer.post("/account/2fa/totp/activate/", {"code": code, "next": "/desk/"})
    assert response.url == "/account/2fa/recovery-codes/?next=%2Fdesk%2F"
    assert 'href="/desk/"' in newcomer.get(response.url).content.decode()
    methods = [each["method"] for each in newcomer.session["account_authentication_methods"]]
    assert "mfa" in methods


def test_a_guest_of_the_second_step_sees_it_in_both_languages():
    account = with_totp()
    browser, _response = sign_in(account)
    assert "第二步验证" in browser.get("/account/2fa/authenticate/").content.decode()


def test_nobody_is_greeted_by_an_id():
    account = make_account()
    browser, _response = sign_in(account)
    assert str(account.id) not in browser.get("/mine/account/").content.decode()


def test_asking_for_passkeys_without_end_is_answered_with_a_page_of_ours(client):
    path = "/account/2fa/webauthn/login/"
    statuses = [client.post(path, {"credential": "{}"}).status_code for _ in range(61)]
    assert statuses[0] == 302
    assert statuses[-1] == 429
    assert "操作太频繁了" in client.post(path).content.decode()


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_phone_whose_clock_is_a_step_off_still_gets_in(off):
    account = with_totp()
    browser, _response = sign_in(account)
    response = browser.post("/account/2fa/authenticate/", {"code": current_code(account, off)})
    assert response.url == "/mine/"


@pytest.mark.parametrize("off", [-3, 3])
def test_a_clock_further_off_does_not(off):
    account = with_totp()
    browser, _response = sign_in(account)
    response = browser.post("/account/2fa/authenticate/", {"code": current_code(account, off)})
    assert response.context["form"].errors


def test_a_code_stays_used_for_as_long_as_it_would_be_right():
    """allauth forgets after 30 s; with a step of drift a code is right for 90."""
    account = with_totp()
    browser, _response = sign_in(account)
    code = current_code(account, 1)
    browser.post("/account/2fa/authenticate/", {"code": code})
    cache.clear()
    with clock.stopped_at(clock.now() + dt.timedelta(seconds=61)):
        second, _response = sign_in(account)
    assert second.post("/account/2fa/authenticate/", {"code": code}).context["form"].errors
    older = current_code(account)
    assert second.post("/account/2fa/authenticate/", {"code": older}).context["form"].errors


def sent_by_three_windows_at_once(monkeypatch, *, patience):
    """What each window got: 302 lets in, 200 asks again. The first waits `patience` seconds for the
    second."""
    # Only our own guard: allauth's two, kept in the shared cache, happen to hold one window up.
    monkeypatch.setattr(totp.TOTP, "_mark_code_used", lambda *_: True)
    monkeypatch.setattr(forms, "check_rate_limit", lambda _user: lambda: None)
    account = with_totp()
    save, meeting, calls = Authenticator.save, threading.Barrier(2), itertools.count()

    def save_together(*args, **kwargs):
        """Once a second window is as far; under the lock none gets there, and one goes on alone."""
        if next(calls) < 2:
            with suppress(threading.BrokenBarrierError):
                meeting.wait(timeout=patience)
        save(*args, **kwargs)

    monkeypatch.setattr(Authenticator, "save", save_together)
    browsers: list[Client] = []
    for minute in range(3):
        with clock.stopped_at(clock.now() + dt.timedelta(seconds=61 * minute)):
            browsers.append(sign_in(account)[0])
    code = current_code(account)
    where = "/account/2fa/authenticate/"
    answers = at_once(*(partial(browser.post, where, {"code": code}) for browser in browsers))
    return sorted(answer.status_code for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_a_code_sent_by_three_windows_at_once_lets_one_in(monkeypatch):
    assert sent_by_three_windows_at_once(monkeypatch, patience=0.5) == [200, 200, 302]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_one_code_lets_several_in(monkeypatch):
    monkeypatch.setattr(second_factor, "lock_account", lambda _account: None)
    answers = sent_by_three_windows_at_once(monkeypatch, patience=60)
    assert answers.count(302) > 1
