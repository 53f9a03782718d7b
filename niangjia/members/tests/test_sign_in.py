"""Phone, code, inside: the ways it goes and the ways it must not."""

import contextlib
import datetime as dt
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from niangjia.core import errors
from niangjia.core.crypto import digest
from niangjia.core.tests.costs import cost
from niangjia.members import services
from niangjia.members.clients import sms
from niangjia.members.models import Account, Attempt, CodePurpose, OneTimeCode, Role
from niangjia.members.selectors import demo as demo_accounts
from niangjia.members.services import codes
from niangjia.members.tests.factories.accounts import make_account, make_phone
from niangjia.members.tests.factories.desk import make_post

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def demo(settings):
    """Codes are kept where the tests can read them."""
    settings.DEMO = True


def send(phone, *, now=START, address="192.0.2.1"):
    return services.send_sign_in_code(phone=phone, address=address, language="en", now=now)


def newest(phone):
    return sms.shown_codes(phone)[0].code


def prove(sent, code, *, now=START, address="192.0.2.1"):
    return services.sign_in(code_id=sent.id, code=code, address=address, now=now)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_an_unknown_number_becomes_an_account_once_the_code_is_proven():
    phone = make_phone()
    sent = send(phone)
    assert Account.objects.by_phone(phone) is None
    account = prove(sent, newest(phone))
    assert account.phone == phone
    assert account.phone_verified_at == START


def test_a_known_number_gets_its_account():
    account = make_account()
    assert prove(send(account.phone), newest(account.phone)) == account


def test_a_code_works_once():
    phone = make_phone()
    sent, code = send(phone), newest(phone)
    prove(sent, code)
    with pytest.raises(errors.TooLate):
        prove(sent, code)


def test_a_code_expires_after_five_minutes():
    phone = make_phone()
    sent, code = send(phone), newest(phone)
    with pytest.raises(errors.TooLate):
        prove(sent, code, now=START + dt.timedelta(minutes=5))
    assert Account.objects.by_phone(phone) is None


def test_a_code_of_another_sending_is_none():
    first, second = make_phone(), make_phone()
    send(first)
    sent = send(second)
    send_code_of_first = newest(first)
    if send_code_of_first != newest(second):
        with pytest.raises(errors.Invalid):
            prove(sent, send_code_of_first)


def test_a_code_for_another_purpose_is_none():
    phone = make_phone()
    codes.send_code(
        phone=phone, purpose=CodePurpose.NEW_PHONE, address="x", language="en", now=START
    )
    with pytest.raises(errors.TooLate):
        prove(OneTimeCode.objects.get(), newest(phone))


def test_after_five_wrong_tries_the_right_code_is_refused_too():
    phone = make_phone()
    sent, code = send(phone), newest(phone)
    for _ in range(4):
        with pytest.raises(errors.Invalid):
            prove(sent, wrong(code))
    with pytest.raises(errors.TooLate):
        prove(sent, wrong(code))
    with pytest.raises(errors.TooLate):
        prove(sent, code)


def guess(phone, *, minute):
    """Have a code sent and get it wrong five times, from a new address."""
    now, address = START + dt.timedelta(minutes=2 * minute), f"192.0.2.{minute}"
    sent = send(phone, now=now, address=address)
    for _ in range(5):
        with contextlib.suppress(errors.Invalid, errors.TooLate):
            prove(sent, wrong(newest(phone)), now=now, address=address)


def test_guessing_at_one_number_over_many_codes_is_throttled():
    phone = make_phone()
    for minute in range(3):
        guess(phone, minute=minute)
    with pytest.raises(errors.Throttled) as refusal:
        guess(phone, minute=3)
    assert 0 < refusal.value.retry_after_seconds <= 3600


def test_a_second_code_within_a_minute_is_refused_and_says_when():
    phone = make_phone()
    send(phone)
    with pytest.raises(errors.Throttled) as refusal:
        send(phone, now=START + dt.timedelta(seconds=10))
    assert refusal.value.retry_after_seconds == 51
    assert "51" in str(refusal.value.message)
    send(phone, now=START + dt.timedelta(seconds=61))


def test_many_numbers_from_one_address_are_throttled():
    for _ in range(60):
        send(make_phone())
    with pytest.raises(errors.Throttled):
        send(make_phone())


def test_throttles_keep_no_phone_and_no_address():
    phone = make_phone()
    send(phone, address="203.0.113.77")
    stored = [bytes(attempt.key_digest) for attempt in Attempt.objects.all()]
    assert digest("attempt", f"code:phone:{phone}") in stored
    assert not any(b"203.0.113.77" in each or phone.encode() in each for each in stored)


def test_without_a_gateway_it_says_so_and_counts_no_try(settings):
    settings.DEMO = False
    phone = make_phone()
    for _ in range(3):
        with pytest.raises(errors.Unavailable):
            send(phone)
    assert not Attempt.objects.exists()
    assert not OneTimeCode.objects.exists()


def test_two_tabs_of_a_new_number_end_in_one_account():
    phone = make_phone()
    first, code = send(phone), newest(phone)
    later = START + dt.timedelta(seconds=61)
    second = send(phone, now=later)
    one = prove(first, code)
    assert prove(second, newest(phone), now=later) == one


def test_a_suspended_account_is_told_so_after_the_code():
    account = make_account(is_active=False)
    with pytest.raises(errors.Conflict):
        prove(send(account.phone), newest(account.phone))


# Pages


def plain(response):
    """A page without what differs each time: CSRF tokens and nonces."""
    return re.sub(r'(value|nonce|hx-headers)=("[^"]*"|\'[^\']*\')', "", response.content.decode())


def test_the_pages_lead_a_newcomer_to_where_they_were_going(client):
    phone = make_phone()
    response = client.post("/account/login/", {"phone": phone, "next": "/mine/account/"})
    assert response.url == "/account/login/code/confirm/"
    response = client.post(response.url, {"code": newest(phone)})
    assert response.url == "/mine/account/"
    assert client.get("/mine/account/").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_next_never_leads_off_the_site(client, target):
    phone = make_phone()
    client.post("/account/login/", {"phone": phone, "next": target})
    response = client.post("/account/login/code/confirm/", {"code": newest(phone)})
    assert response.url == "/mine/"


def test_known_and_unknown_numbers_answer_identically():
    """Body, status, headers and number of queries: nothing tells them apart (promise 15)."""
    known, unknown = make_account().phone, make_phone()
    answers = []
    for phone in (known, unknown):
        browser = Client()
        browser.get("/account/login/")
        with CaptureQueriesContext(connection) as queries:
            first = browser.post("/account/login/", {"phone": phone})
        second = browser.get(first.url)
        hidden = f"{phone[3:6]}****{phone[-4:]}"
        body = plain(second).replace(hidden, "").replace(newest(phone), "")
        answers.append((first.status_code, first.url, second.status_code, body, len(queries)))
    assert answers[0] == answers[1]


def test_wrong_input_stays_in_the_field_with_its_error(client):
    response = client.post("/account/login/", {"phone": "12345"})
    assert response.status_code == 422
    assert 'value="12345"' in response.content.decode()


@pytest.mark.parametrize("code", ["", "1", "abc", "😀", "' OR 1=1", "9" * 10_000, "\x00"])
def test_odd_codes_are_refused_kindly(client, code):
    client.post("/account/login/", {"phone": make_phone()})
    response = client.post("/account/login/code/confirm/", {"code": code})
    assert response.status_code == 422


def test_too_fast_is_answered_beside_the_field(client):
    phone = make_phone()
    client.post("/account/login/", {"phone": phone})
    response = client.post("/account/login/", {"phone": phone})
    assert response.status_code == 429
    assert client.post("/account/login/code/again/").status_code == 429


def test_without_a_code_on_its_way_there_is_nothing_to_confirm(client):
    assert client.get("/account/login/code/confirm/").url == "/account/login/"
    assert client.post("/account/login/code/again/").url == "/account/login/"


def test_the_session_knows_no_phone_number(client):
    phone = make_phone()
    client.post("/account/login/", {"phone": phone})
    assert phone[3:] not in str(dict(client.session))


def test_losing_the_account_ends_access_on_the_next_request(client):
    account = make_account()
    client.force_login(account)
    assert client.get("/mine/account/").status_code == 200
    Account.objects.filter(id=account.id).update(is_active=False)
    assert client.get("/mine/account/").status_code == 302


# Passwords


def test_a_password_lets_in_and_a_wrong_one_says_the_same_for_everybody(client):
    account = make_account(password="有一句短话就很好")
    bodies = []
    for phone in (account.phone, make_account().phone, make_phone()):
        response = client.post(
            "/account/login/password/", {"phone": phone, "password": "不对不对不对"}
        )
        assert response.status_code == 422
        bodies.append(plain(response))
    assert len(set(bodies)) == 1
    response = client.post(
        "/account/login/password/", {"phone": account.phone, "password": "有一句短话就很好"}
    )
    assert response.url == "/mine/"


def test_guessing_passwords_is_stopped_and_a_code_still_lets_in(client):
    account = make_account(password="有一句短话就很好")
    typed = {"phone": account.phone, "password": "猜"}
    statuses = [client.post("/account/login/password/", typed).status_code for _ in range(11)]
    assert statuses[-1] == 429
    right = {"phone": account.phone, "password": "有一句短话就很好"}
    assert client.post("/account/login/password/", right).status_code == 429
    client.post("/account/login/", {"phone": account.phone})
    response = client.post("/account/login/code/confirm/", {"code": newest(account.phone)})
    assert response.url == "/mine/"


def test_the_throttle_of_passwords_stores_no_phone_number(client):
    account = make_account(password="有一句短话就很好")
    client.post("/account/login/password/", {"phone": account.phone, "password": "猜"})
    attempt = AccessAttempt.objects.get()
    stored = " ".join(str(value) for value in vars(attempt).values())
    assert account.phone[3:] not in stored
    assert "猜" not in stored


@pytest.mark.parametrize("password", ["short7!", "password1", "12345678"])
def test_short_and_common_passwords_are_refused(client, password):
    client.force_login(make_account())
    response = client.post("/account/password/set/", {"password1": password, "password2": password})
    assert response.status_code == 200
    assert "error" in response.content.decode()


# The demonstration's doors


def test_in_the_demonstration_one_press_lets_in(client):
    offered = demo_accounts.described()[0]
    account = make_account(phone=offered.phone)
    assert offered.name in client.get("/account/login/").content.decode()
    client.post(f"/account/demo/{offered.key}/")
    assert client.session["_auth_user_id"] == str(account.id)
    assert cost(client, "/account/demo/codes/") == 4


def test_in_the_demonstration_one_press_opens_the_desk_to_an_officer(client):
    offered = next(each for each in demo_accounts.described() if each.officer)
    account = make_account(phone=offered.phone)
    TOTP.activate(account, generate_totp_secret())
    make_post(account=account, role=Role.CHAIR)
    assert client.post(f"/account/demo/{offered.key}/", {"next": "/desk/"}).url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_an_officer_with_the_first_factor_only_is_asked_for_the_second(client):
    """The control of the test above: it is the second factor that opened the desk."""
    post = make_post(role=Role.CHAIR)
    client.force_login(post.account)
    response = client.get("/desk/")
    assert response.status_code == 302
    assert response.url.startswith("/account/2fa/totp/activate/?next=")


def test_without_the_demonstration_none_of_its_doors_exists(client, settings):
    offered = demo_accounts.described()[0]
    make_account(phone=offered.phone)
    client.post("/account/login/", {"phone": offered.phone})
    code = newest(offered.phone)
    settings.DEMO = False
    assert client.post(f"/account/demo/{offered.key}/").status_code == 404
    assert client.get("/account/demo/codes/").status_code == 404
    assert offered.name not in Client().get("/account/login/").content.decode()
    assert code not in client.get("/account/login/code/confirm/").content.decode()
    assert "_auth_user_id" not in client.session
    assert sms.shown_codes() == []


@pytest.mark.django_db
def test_the_number_is_typed_with_the_keys_for_numbers(client):
    page = client.get("/account/login/").content.decode()
    field = re.search(r"<input[^>]*name=\"phone\"[^>]*>", page)[0]
    assert re.findall(r'\btype="(\w+)"', field) == ["tel"], "each attribute once"
