"""A family signs up for a trip on a phone; a steward checks them in from the list at the door.
Another enters a draw, wins, and calculates it again."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from niangjia.activities.models import Attendance
from niangjia.activities.tests.draws import announce_for, draw_lots, make_lot
from niangjia.activities.tests.factories import (
    CHILD,
    make_activity,
    make_meeting,
    make_organiser,
    make_worker,
    run_of,
)
from niangjia.allocation import services as allocation
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_family_signs_up_and_a_steward_checks_them_in(phone, desk, sign_in):
    now = clock.now()
    hour = dt.timedelta(hours=1)
    activity = make_activity(
        name="稻田里的一天",
        companions_max=2,
        asks_identity=True,
        asks_emergency=True,
        health_words="同行的人近两周没有发热。",
        closes_at=now + hour,
        meeting=make_meeting(starts_at=now + hour, ends_at=now + 8 * hour),
    )

    phone.goto("/activities/")
    assert_accessible(phone)
    phone.get_by_text("稻田里的一天").first.click()
    expect(phone.locator("h1")).to_have_text("稻田里的一天")
    assert_accessible(phone)

    sign_in(phone, make_worker())
    phone.goto(f"/activities/{activity.number}/")
    phone.get_by_role("link", name="报名", exact=True).click()
    assert_accessible(phone)
    phone.locator("details summary").click()
    phone.get_by_label("同行人 1：姓名").fill("王小小")
    phone.get_by_label("姓名", exact=True).fill("王小明")
    phone.get_by_role("button", name="报名", exact=True).click()
    expect(phone.locator("main")).to_contain_text("身份证号有误")
    expect(phone.get_by_label("同行人 1：姓名")).to_have_value("王小小")
    phone.get_by_label("同行人 1：身份证号").fill(CHILD)
    phone.get_by_label("紧急联系人", exact=True).fill("李芳")
    phone.get_by_label("紧急联系人手机号").fill("138 0000 1111")
    phone.get_by_label("我已阅读").check()
    phone.get_by_role("button", name="报名", exact=True).click()
    expect(phone.locator(".ticket")).to_contain_text("已报上名")
    expect(phone.locator(".ticket")).to_contain_text("王小小")
    assert_accessible(phone)

    sign_in(desk, make_organiser(activity.union).account)
    desk.goto("/desk/activities/")
    assert_accessible(desk)
    desk.goto(f"/desk/activities/runs/{run_of(activity).pk}/")
    assert_accessible(desk)
    desk.get_by_label("王小明").check()
    desk.get_by_role("button", name="勾选的已到").click()
    expect(desk.locator("main")).to_contain_text("已到 2 人")
    assert Attendance.objects.get().people == 2
    phone.reload()
    expect(phone.locator(".ticket")).to_contain_text("已签到")


def test_a_family_enters_a_draw_wins_and_calculates_it_again(phone, sign_in):
    trip = make_lot(companions_max=2, seats=5)
    draw = announce_for(trip)
    sign_in(phone, make_worker())
    phone.goto(f"/activities/{trip.number}/")
    expect(phone.get_by_role("heading", name="怎么抽签")).to_be_visible()
    phone.get_by_role("link", name="报名", exact=True).click()
    phone.locator("details summary").click()
    phone.get_by_label("姓名", exact=True).fill("王小明")
    phone.get_by_label("同行人 1：姓名").fill("王小小")
    phone.get_by_role("button", name="参加抽签").click()
    expect(phone.locator(".timeline")).to_contain_text("报名截止")
    assert_accessible(phone)
    ticket = phone.url

    allocation.seal_draw(draw_id=draw.pk, now=trip.closes_at)
    phone.goto(ticket)
    phone.get_by_role("link", name="看封存的名单和封印").click()
    expect(phone.get_by_role("heading", name="我的抽签")).to_be_visible()

    draw_lots(draw)
    deliver_pending()
    phone.goto(ticket)
    expect(phone.locator(".ticket")).to_contain_text("已报上名")
    phone.get_by_role("link", name="看结果，自己核对").click()
    phone.get_by_role("button", name="用这部手机重算一遍").click()
    holds = phone.locator(".draw-checks li", has_text="相符")
    expect(holds).to_have_count(5)
    assert_accessible(phone)
