"""From the first letter on the form to the member card, on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Application
from niangjia.members.tests.factories.accounts import make_account, make_identity_number
from niangjia.members.tests.factories.joining import make_chain, make_officer
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_visitor_fills_in_signs_in_late_applies_and_holds_a_card(phone, sign_in):
    *_above, union = make_chain()
    form = reverse("members:join", args=[union.number])
    phone.goto(form)
    assert_accessible(phone)
    phone.fill("#id_name", "买买提·艾力")
    phone.fill("#id_identity_number", make_identity_number())
    phone.fill("#id_employer_name", "义乌某某快运有限公司")
    phone.fill("#id_job", "快递员")
    expect(phone.locator("#saved")).to_contain_text("已保存")

    account = make_account()
    phone.get_by_role("button", name="下一步：登录").click()
    phone.wait_for_url("**/account/**")

    sign_in(phone, account)
    phone.goto(form)
    phone.fill("#id_name", "买买提·艾力")
    phone.fill("#id_identity_number", "330782199001010001")
    phone.fill("#id_employer_name", "义乌某某快运有限公司")
    phone.fill("#id_job", "快递员")
    phone.check("#id_consent_membership")
    phone.check("#id_agrees")
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.locator(".error-summary")).to_contain_text("证件号码")
    assert phone.input_value("#id_job") == "快递员"
    assert_accessible(phone)
    phone.fill("#id_identity_number", make_identity_number())
    phone.check("#id_consent_membership")
    phone.check("#id_agrees")
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.locator(".timeline")).to_contain_text("等答复")
    assert_accessible(phone)

    application = Application.objects.get(account=account, status="submitted")
    services.decide_application(
        by=make_officer(union), application=application, verdict="admitted", now=clock.now()
    )
    phone.reload()
    phone.get_by_role("link", name="出示会员证").click()
    expect(phone.locator(".member-card")).to_contain_text("买买提·艾力")
    expect(phone.locator("[data-countdown]")).to_have_text(re.compile(r"· \d+$"))
    assert_accessible(phone)
    phone.goto(reverse("members:mine"))
    assert_accessible(phone)
