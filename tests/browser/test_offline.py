"""A network that goes away: a calm page, forms that keep what was typed, nothing personal kept."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from niangjia.core import clock
from niangjia.members.models import Application
from niangjia.members.selectors.applications import draft_answers
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_application, make_chain, make_membership
from niangjia.organisations.rules.positions import Position
from niangjia.places.tests.factories import at, make_place
from tests.browser.accessibility import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      found.push(new URL(request.url).pathname);
  return found.sort();
}"""


@pytest.fixture
def union():
    return make_chain()[3]


@pytest.fixture
def page(open_page):
    # htmx writes into the console what the network did; here it is meant to.
    return open_page(service_workers="allow", expected=("htmx:",))


def with_worker(page, path):
    """Open a page and wait until its worker stands."""
    page.goto(path)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for _ in range(300):
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no worker took the page over")


def test_without_a_network_there_is_a_calm_page_and_then_the_one_wanted(page):
    with_worker(page, "/")
    page.context.set_offline(True)
    page.goto("/unions/?q=义乌")

    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
    expect(page.get_by_role("heading", name="No connection just now")).to_be_visible()
    assert page.url.endswith("/unions/?q=%E4%B9%89%E4%B9%8C")
    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(245, 242, 236)"
    assert_accessible(page)
    page.get_by_role("link", name="再试一次").click()
    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()

    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="找到你的工会")).to_be_visible()


def test_the_desk_has_it_too(page, sign_in, union):
    sign_in(page, make_post(union=union).account)
    with_worker(page, "/desk/")
    page.context.set_offline(True)
    page.goto("/desk/unions/")

    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".desk-nav")).to_be_visible()


def test_nothing_of_a_person_is_ever_kept(page, sign_in, union):
    membership = make_membership(union=union)
    sign_in(page, membership.person.account)
    with_worker(page, "/")
    for path in (
        "/mine/",
        "/mine/card/",
        "/mine/notices/",
        "/mine/privacy/",
        "/unions/",
        "/api/v1/",
    ):
        page.goto(path)

    kept = page.evaluate(KEPT)
    assert "/offline/" in kept
    assert [path for path in kept if not path.startswith("/static/")] == ["/offline/"]
    text = page.evaluate("caches.match('/offline/').then((answer) => answer.text())")
    assert membership.person.name not in text

    page.context.set_offline(True)
    page.goto("/mine/card/")
    expect(page.locator("body")).not_to_contain_text(membership.person.name)


def test_a_form_that_got_no_answer_stays_as_it_was_and_can_be_sent_again(page, sign_in, union):
    account = make_account(phone="+8615400000077")
    sign_in(page, account)
    with_worker(page, f"/unions/{union.number}/join/")
    page.fill("[name=name]", "买买提·艾力")
    page.locator("#saved").get_by_text(re.compile("^已于|已保存|保存")).first.wait_for()
    page.context.set_offline(True)
    page.fill("[name=employer_name]", "顺达快递")
    bar = page.locator("[data-connection]")
    expect(bar).to_contain_text("还没保存")
    page.locator("#join-form button[type=submit]").click()

    expect(bar).to_contain_text("没有收到答复")
    assert page.input_value("[name=name]") == "买买提·艾力"
    assert page.input_value("[name=employer_name]") == "顺达快递"
    assert_accessible(page)

    with page.expect_response("**/join/draft/"):
        page.context.set_offline(False)
    expect(bar).to_be_empty()
    draft = Application.objects.get(account=account)
    assert draft_answers(draft)["employer_name"] == "顺达快递", "saved by itself"
    page.locator("#join-form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.input_value("[name=employer_name]") == "顺达快递"


def test_an_officers_answer_is_not_lost_either(page, sign_in, union):
    application = make_application(union=union)
    sign_in(page, make_post(union=union).account)
    with_worker(page, f"/desk/applications/{application.number}/")
    page.locator("textarea[name=reason]").fill("请补上工作单位。")
    page.get_by_role("radio").first.check()
    page.context.set_offline(True)
    page.locator("form:has(textarea[name=reason]) button").first.click()

    expect(page.locator("[data-connection]")).to_contain_text("没有收到答复")
    assert page.input_value("textarea[name=reason]") == "请补上工作单位。"
    application.refresh_from_db()
    assert application.status == "submitted"

    page.context.set_offline(False)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("form:has(textarea[name=reason]) button").first.click()
    application.refresh_from_db()
    assert application.status != "submitted"


def test_a_new_version_takes_over_and_keeps_the_shelf_of_open_pages(page):
    with_worker(page, "/")
    page.evaluate("caches.open('shell-older').then(c => c.put('/static/a.js', new Response('a')))")
    page.evaluate("caches.open('shell-oldest')")
    before = page.evaluate("caches.keys()")
    page.evaluate(
        "navigator.serviceWorker.getRegistration().then(r => r.unregister()).then(() => true)"
    )
    with_worker(page, "/unions/")

    assert len(before) == 3
    assert len(page.evaluate("caches.keys()")) == 2, "the one of now and the one before"


def test_control_without_the_worker_a_form_is_gone_with_the_network(open_page, union):
    page = open_page(service_workers="block", expected=("htmx:",))
    page.goto(f"/unions/{union.number}/join/")
    page.fill("[name=name]", "买买提·艾力")
    page.context.set_offline(True)
    page.locator("#join-form button[type=submit]").click()

    page.wait_for_url("chrome-error://**")
    expect(page.locator("[name=name]")).to_have_count(0)


def test_the_stations_seen_last_are_read_without_a_network_until_one_signs_out(
    page, sign_in, union
):
    """With the day they were seen; what was open until some moment is not said to be after it."""
    here = Position(120.0750, 29.3060)
    place = make_place(union, name="江滨路驿站", phone="0579-85112351", **at(here))
    sign_in(page, make_membership(union=union).person.account)
    with_worker(page, "/places/")
    page.goto(f"/places/?near={here.latitude},{here.longitude}&need=water")
    expect(page.locator("[data-kept-page]")).to_be_visible()
    page.context.set_offline(True)
    page.goto(f"/places/{place.code}/")

    row = page.locator(f"#place-{place.code}")
    expect(row).to_contain_text("24 小时开放")
    expect(row).to_contain_text("平时开放：24 小时")
    expect(page.locator("main")).to_contain_text("找的是：喝水")
    assert row.locator("a").evaluate_all("all => all.map(a => a.protocol)") == ["geo:", "tel:"]
    assert_accessible(page)
    page.clock.set_fixed_time(clock.now() + dt.timedelta(days=30))
    page.reload()
    expect(row).to_contain_text("当时：24 小时开放")
    page.goto("/mine/")
    page.get_by_role("link", name="上次看到的站点").click()
    expect(row).to_be_visible()

    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="身边的站点")).to_be_visible()
    page.goto("/mine/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(lambda url: "/mine/" not in url)
    assert "/places/offline/list" not in page.evaluate(KEPT)
