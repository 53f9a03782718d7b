"""A captain signs a team up on a phone and invites; a teammate joins by the code and agrees. Papers
of somebody who came: the certificate, and the address of their calendar."""

import re

import pytest
from playwright.sync_api import expect

from niangjia.activities.models import SignUp
from niangjia.activities.tests.factories import (
    join,
    make_activity,
    make_certificate,
    make_worker,
)
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_team_is_made_and_joined(phone, desk, sign_in):
    activity = make_activity(name="三人篮球赛", team_min=2, team_max=3)
    sign_in(phone, make_worker())
    phone.goto(f"/activities/{activity.number}/")
    phone.get_by_role("link", name="组队报名").click()
    expect(phone.get_by_label("队伍名称")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_label("队伍名称").fill("飞虎队")
    phone.get_by_label(re.compile("一共几个人")).fill("9")
    phone.get_by_label("姓名", exact=True).fill("王小明")
    phone.get_by_role("button", name="报名", exact=True).click()
    expect(phone.locator("main")).to_contain_text("2 到 3 人")
    expect(phone.get_by_label("队伍名称")).to_have_value("飞虎队")
    phone.get_by_label(re.compile("一共几个人")).fill("2")
    phone.get_by_role("button", name="报名", exact=True).click()
    phone.get_by_role("link", name=re.compile("飞虎队")).click()
    expect(phone.locator("main")).to_contain_text("还差 1 人")
    phone.get_by_role("button", name="邀请一位队友").click()
    expect(phone.locator(".team-code")).to_be_visible()
    assert_accessible(phone)
    code = phone.locator(".team-code").inner_text()

    sign_in(desk, make_worker())
    desk.goto("/teams/")
    desk.get_by_label("队伍邀请码").fill(code.replace("-", " ").lower())
    desk.get_by_role("button", name="去入队").click()
    expect(desk.locator("h1")).to_contain_text("飞虎队")
    assert_accessible(desk)
    desk.get_by_label("姓名", exact=True).fill("李小红")
    desk.get_by_role("button", name="我要入队").click()
    expect(desk.locator("main")).to_contain_text("队伍已满员")
    assert SignUp.objects.filter(team__name="飞虎队").count() == 2


def test_papers_of_somebody_who_came(phone, sign_in):
    activity = make_activity(name="短视频入门", kind="course")
    sign_up = join(activity)
    certificate = make_certificate(sign_up)
    sign_in(phone, sign_up.account)
    phone.goto("/mine/certificates/")
    expect(phone.locator("main")).to_contain_text(certificate.number)
    assert_accessible(phone)
    phone.goto("/certificates/")
    phone.get_by_label("证书上的编码").fill(certificate.code.lower())
    phone.get_by_role("button", name="查验").click()
    expect(phone.locator("main")).to_contain_text("短视频入门")
    assert_accessible(phone)
    phone.goto("/mine/calendar/")
    assert_accessible(phone)
    phone.locator("main form button").first.click()
    expect(phone.locator("#link")).to_have_value(re.compile(r"\.ics$"))
    assert_accessible(phone)
