"""A round on a phone, what it found mended by the keeper and reviewed by another officer."""

import pytest
from playwright.sync_api import expect

from niangjia.core.tests import hostile
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_chain
from niangjia.places.models import Problem
from niangjia.places.tests.factories import make_keeper, make_place, make_round
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def test_inspected_on_a_phone_mended_by_the_keeper_reviewed_by_another(phone, desk, sign_in):
    _province, _city, county, union = make_chain()
    place = make_place(union, name="江滨路驿站")
    keeper = make_keeper(place, make_account()).account
    inspector, reviewer = make_post(union=county), make_post(union=county)
    made = make_round(inspector, place)

    sign_in(phone, inspector.account)
    phone.goto(f"/inspecting/{made.pk}/")
    assert_accessible(phone)
    phone.get_by_role("link", name="我到了").click()
    expect(phone.get_by_role("heading", name="1. 江滨路驿站")).to_be_visible()
    phone.locator("input[name=door][value=open]").check()
    for good in phone.locator("input[type=radio][value=ok]").all():
        good.check()
    water = phone.locator(".check-item", has=phone.locator("[name=water]"))
    water.locator("input[value=bad]").check()
    water.locator("summary").click()
    photo = {"name": "水.jpg", "mimeType": "image/jpeg", "buffer": hostile.photo(exif=False)}
    water.locator("input[type=file]").set_input_files(photo)
    assert_accessible(phone)
    phone.get_by_role("button", name="这处查完了").click()
    expect(phone.locator(".error-summary")).to_contain_text("有冷水和热水喝")
    water.locator("[name=water_words]").fill("水桶是空的")
    phone.get_by_role("button", name="这处查完了").click()
    expect(phone.locator("main")).to_contain_text("全部查完了")
    assert_accessible(phone)

    sign_in(phone, keeper)
    phone.goto(f"/keeping/{place.code}/")
    expect(phone.locator("main")).to_contain_text("要我整改的")
    assert_accessible(phone)
    phone.get_by_role("link", name="有冷水和热水喝").click()
    phone.wait_for_url("**/keeping/problems/**")
    expect(phone.get_by_role("img", name="发现问题时的照片")).to_be_visible()
    assert_accessible(phone)
    phone.locator("[name=words]").fill("换了新的水桶")
    phone.get_by_role("button", name="报告已整改").click()
    expect(phone.locator("main")).to_contain_text("已整改，待复核")

    sign_in(desk, reviewer.account)
    desk.goto("/desk/places/problems/?tab=review")
    assert_accessible(desk)
    desk.get_by_role("link", name="有冷水和热水喝").click()
    expect(desk.locator("main")).to_contain_text("换了新的水桶")
    assert_accessible(desk)
    desk.get_by_role("button", name="已改好").click()
    expect(desk.locator(".timeline")).to_contain_text("复核：已改好")
    assert Problem.objects.get().state == "closed"
