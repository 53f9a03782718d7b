"""A newcomer on a phone: in, known, asked for consent, and out again without a trace."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from niangjia.members.clients import sms
from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import (
    make_account,
    make_identity_number,
    make_person,
    make_phone,
)
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.HOME = tmp_path


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def enter(page, number, *, to="/mine/account/"):
    page.goto(f"/account/login/?next={to}")
    assert_accessible(page)
    page.get_by_label("手机号").fill(number)
    press(page, "获取验证码")
    page.wait_for_url("**/account/login/code/confirm/")
    assert_accessible(page)
    page.get_by_label("验证码").fill(sms.shown_codes()[0].code)
    press(page, "进去")
    page.wait_for_url(f"**{to}")


def test_a_newcomer_comes_in_says_who_they_are_and_leaves(phone):
    number = make_phone()
    enter(phone, number[3:6] + " " + number[6:10] + " " + number[10:], to="/mine/identity/")
    assert_accessible(phone)
    phone.get_by_label("姓名").fill("买买提•艾力")
    phone.get_by_label("证件号码").first.fill("123")
    phone.get_by_label("我同意进行身份核验").check()
    press(phone, "确认")
    expect(phone.locator(".error-summary")).to_be_visible()
    expect(phone.get_by_label("姓名")).to_have_value("买买提•艾力")
    assert_accessible(phone)
    phone.get_by_label("证件号码").first.fill(make_identity_number(sequence=8))
    press(phone, "确认")
    phone.wait_for_url("**/mine/account/")
    expect(phone.get_by_text("买买提·艾力")).to_be_visible()
    assert_accessible(phone)

    phone.goto("/mine/privacy/consents/")
    assert_accessible(phone)
    before = phone.get_by_role("button", name="撤回").count()
    phone.get_by_role("button", name="同意", exact=True).first.click()
    expect(phone.get_by_role("button", name="撤回")).to_have_count(before + 1)

    phone.goto("/mine/privacy/")
    assert_accessible(phone)
    with phone.expect_download() as download:
        press(phone, "下载")
    assert download.value.suggested_filename == "niangjia-my-data.zip"

    phone.goto("/mine/privacy/deletion/")
    assert_accessible(phone)
    phone.get_by_label("手机号后 4 位").fill(number[-4:])
    press(phone, "确认注销")
    phone.wait_for_url("**/account/login/")
    assert Account.objects.by_phone(number) is None
    phone.goto("/mine/account/")
    phone.wait_for_url("**/account/login/**")


def test_in_the_demonstration_one_press_is_enough(phone):
    make_account(phone="+8615400000001")
    phone.goto("/account/login/?next=/mine/account/")
    assert_accessible(phone)
    phone.get_by_role("button", name="周小雨").click()
    phone.wait_for_url("**/mine/account/")


def test_a_passkey_is_added_and_lets_in(open_page, sign_in):
    page = open_page()
    account = make_person().account
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, account, two_factors=False)
    page.goto("/account/2fa/webauthn/add/")
    assert_accessible(page)
    press(page, "添加通行密钥")
    page.wait_for_url("**/account/2fa/recovery-codes/")
    assert_accessible(page)
    assert Authenticator.objects.filter(user=account, type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto("/account/login/")
    press(page, "用通行密钥登录")
    page.wait_for_url("**/mine/")
    page.goto("/mine/account/")
    assert_accessible(page)
