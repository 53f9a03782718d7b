"""A steward checks in fifty people for an activity where there is no network, and one conflict is
looked at."""

import base64
import re

import pytest
from playwright.sync_api import expect

from niangjia.activities.models import Attendance
from niangjia.activities.rules.doors import occasion_of
from niangjia.activities.tests.factories import (
    join,
    join_team,
    make_activity,
    make_meeting,
    make_organiser,
    make_team,
    run_of,
    session_of,
)
from niangjia.allocation.models import Entry
from niangjia.allocation.rules import codes as rules
from niangjia.allocation.selectors import find_gate
from niangjia.allocation.tests.gates import (
    HOUR,
    MINUTE,
    code,
    digits,
    make_gate,
    make_steward,
    scan,
    send,
)
from niangjia.allocation.tests.test_codes import CLAIM, KEY, STEP
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from tests.browser.accessibility import assert_accessible
from tests.browser.test_offline import with_worker

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 50


@pytest.fixture
def page(open_page):
    # What the network did stands in the console; here it is meant to.
    return open_page(service_workers="allow", expected=("htmx:", "Failed to load resource"))


def keep(page, sign_in, gate):
    """Open a gate's page with the network once, as its steward."""
    steward = make_steward(gate)
    sign_in(page, steward)
    with_worker(page, f"/gates/{gate.pk}/")
    page.locator("#gate[data-ready]").wait_for()
    return steward


def enter(page, typed):
    page.fill("#gate-code", typed)
    page.locator("#gate [data-form] .button-primary").click()
    expect(page.locator("#gate-code")).to_have_value("")


def make_evening():
    """An activity that fifty people have signed up for; its gate, and their claims."""
    now = clock.now()
    soon = make_meeting(starts_at=now + HOUR, ends_at=now + 4 * HOUR)
    activity = make_activity(seats=PEOPLE, meeting=soon, closes_at=now + HOUR)
    parts = [join(activity).claim for _ in range(PEOPLE)]
    return activity, find_gate(occasion_of(session_of(activity).pk)), parts


def test_fifty_come_in_without_a_network_and_are_sent_with_one_conflict(page, sign_in, desk):
    activity, gate, parts = make_evening()
    keep(page, sign_in, gate)
    expect(page.locator("[data-came]")).to_have_text(f"0 / {PEOPLE}")
    assert_accessible(page)

    page.context.set_offline(True)
    page.reload()
    page.locator("#gate [data-form]").wait_for()
    expect(page.locator("[data-title]")).to_have_text(gate.title)
    page.locator("#gate[data-ready]").wait_for()
    assert_accessible(page)
    page.fill("#gate-door", "东门")
    for number, part in enumerate(parts):
        shown = digits if number % 2 else code
        enter(page, shown(gate, part, clock.now()))
    expect(page.locator("[data-came]")).to_have_text(f"{PEOPLE} / {PEOPLE}")
    expect(page.locator("[data-unsent]")).to_have_text(str(PEOPLE))
    enter(page, code(gate, parts[0], clock.now()))
    expect(page.locator("[data-result]")).to_contain_text("已经入场了")
    assert not Entry.objects.exists()

    # Meanwhile the same code came in at a door with a network.
    other = make_steward(gate)
    send(gate, other, scan(gate, parts[0], clock.now(), door="西门"))
    page.reload()
    page.locator("#gate[data-ready]").wait_for()
    expect(page.locator("[data-unsent]")).to_have_text(str(PEOPLE))
    page.context.set_offline(False)
    page.locator("[data-refresh]").click()
    expect(page.locator("[data-unsent]")).to_have_text("0")
    assert Entry.objects.filter(state="admitted").count() == PEOPLE
    assert Entry.objects.filter(state="conflict").count() == 1
    deliver_pending()
    assert Attendance.objects.filter(way="code").count() == PEOPLE

    sign_in(desk, make_organiser(gate.union).account)
    desk.goto(f"/desk/activities/runs/{run_of(activity).pk}/")
    expect(desk.locator("main")).to_contain_text(f"已到 {PEOPLE} 人")
    assert_accessible(desk)
    desk.get_by_role("link", name=re.compile("需要核对")).click()
    expect(desk.get_by_role("heading", name=gate.title)).to_be_visible()
    assert_accessible(desk)
    desk.get_by_role("button", name=re.compile("有人用别人的码")).click()
    expect(desk.get_by_text("已记下")).to_be_visible()
    assert Entry.objects.get(judgement="misused").claim == parts[0]


def test_what_was_noted_is_sent_once_its_steward_has_signed_in_again(page, sign_in):
    gate, parts = make_gate(people=1)
    keep(page, sign_in, gate)
    page.context.set_offline(True)
    enter(page, code(gate, parts[0], clock.now()))
    # Signing in changes the token that each request carries.
    page.context.clear_cookies(name="csrf")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[data-unsent]")).to_have_text("0")
    assert Entry.objects.filter(state="admitted").count() == 1


def test_old_strange_and_made_up_codes_let_nobody_in(page, sign_in):
    gate, parts = make_gate(people=2)
    other, strangers = make_gate(people=1)
    keep(page, sign_in, gate)
    page.context.set_offline(True)
    now = clock.now()
    for typed, says in (
        (code(gate, parts[0], now - 5 * MINUTE), "已经失效"),
        (f"{parts[0].place} 000000", "已经失效"),
        (code(other, parts[0], now), "已经失效"),
        (code(other, strangers[0], now), "名单里没有"),
        ("https://example.org/", "不是我们的码"),
    ):
        enter(page, typed)
        expect(page.locator("[data-result]")).to_contain_text(says)
    expect(page.locator("[data-came]")).to_have_text("0 / 2")
    page.locator("summary", has_text="名单").click()
    page.locator("[data-people] button").first.click()
    expect(page.locator("[data-came]")).to_have_text("1 / 2")


def test_a_team_comes_in_by_its_captains_code_without_a_network_and_one_comes_later(page, sign_in):
    soon = make_meeting(starts_at=clock.now() + HOUR, ends_at=clock.now() + 4 * HOUR)
    contest = make_activity(meeting=soon, team_min=2, team_max=3, closes_at=clock.now() + HOUR)
    captain = make_team(contest)
    for _mate in range(2):
        join_team(captain)
    gate = find_gate(occasion_of(session_of(contest).pk))
    keep(page, sign_in, gate)
    page.context.set_offline(True)
    enter(page, code(gate, captain.claim, clock.now()))
    party = page.locator("[data-party]")
    expect(party.get_by_role("checkbox")).to_have_count(2)
    assert_accessible(page)
    party.get_by_role("checkbox").last.uncheck()
    party.get_by_role("button").click()
    expect(page.locator("[data-came]")).to_have_text("2 / 3")
    page.locator("summary", has_text="名单").click()
    page.locator("[data-people] button").first.click()
    expect(party.get_by_role("checkbox")).to_have_count(1)
    party.get_by_role("button").click()
    expect(page.locator("[data-came]")).to_have_text("3 / 3")
    expect(party).to_be_hidden()
    page.context.set_offline(False)
    page.locator("[data-refresh]").click()
    expect(page.locator("[data-unsent]")).to_have_text("0")
    deliver_pending()
    assert Attendance.objects.filter(way="code").count() == 3


def test_the_device_reads_what_the_server_shows_and_keeps_no_key_that_can_be_read(page, sign_in):
    gate, _parts = make_gate(people=1)
    keep(page, sign_in, gate)
    found = page.evaluate(
        """async ([key, text, step]) => {
          const codes = await import(document.getElementById("gate").dataset.codes);
          const kept = await codes.keptKey(key);
          const shown = codes.parse(text);
          const raw = await crypto.subtle.exportKey("raw", kept).then(() => "read", () => "kept");
          return [shown.id, await codes.stepOf(shown, kept, step + 2, 3), raw];
        }""",
        [
            base64.b64encode(KEY).decode(),
            rules.code_at(CLAIM, KEY, STEP),
            STEP,
        ],
    )
    assert found == [str(CLAIM), STEP, "kept"]


def test_a_gate_that_is_over_leaves_nothing_on_the_device(page, sign_in):
    gate, _parts = make_gate(people=1)
    keep(page, sign_in, gate)
    page.evaluate(
        """async () => {
          const { open } = await import(document.getElementById("gate").dataset.shelf);
          const shelf = await open();
          const [list] = await shelf.lists();
          await shelf.keepList({ ...list, until: Date.now() - 1000 });
        }"""
    )
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#gate [data-state]")).to_contain_text("需要连一次网")
    kept = page.evaluate(
        """async () => {
          const { open } = await import(document.getElementById("gate").dataset.shelf);
          return (await (await open()).lists()).length;
        }"""
    )
    assert kept == 0


def test_the_holders_code_changes_by_itself(phone, sign_in):
    gate, parts = make_gate(people=1)
    sign_in(phone, parts[0].account)
    phone.clock.install()
    phone.goto(f"/codes/{parts[0].pk}/")
    expect(phone.locator("#card-code svg").first).to_be_visible()
    assert_accessible(phone)
    with phone.expect_response("**/alone/"):
        phone.clock.fast_forward(31_000)
    assert gate
