"""Everything can be reached and left with the keyboard alone."""


def focused(page):
    return page.evaluate(
        "(document.activeElement.innerText || document.activeElement.name || '').trim()"
    )


def test_the_first_tab_skips_to_the_content(phone):
    phone.goto("/account/login/")
    phone.keyboard.press("Tab")
    assert focused(phone) == "跳到正文"

    phone.keyboard.press("Enter")
    assert phone.url.endswith("#main")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('main') !== null")


def test_tab_reaches_every_target_once_and_shows_where_it_is(phone):
    phone.goto("/")
    expected = phone.evaluate(
        "[...document.querySelectorAll('a[href], button, input:not([type=hidden])')]"
        ".filter(e => e.checkVisibility()).length"
    )
    seen = set()
    for _ in range(expected):
        phone.keyboard.press("Tab")
        state = phone.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " e.dataset.seen ??= Math.random(); return [e.dataset.seen, s.outlineStyle,"
            " parseFloat(s.outlineWidth)] })()"
        )
        seen.add(state[0])
        assert state[1] != "none"
        assert state[2] >= 2

    assert len(seen) == expected


def test_elder_mode_is_switched_on_with_enter(phone):
    phone.goto("/")
    phone.get_by_role("button", name="长者模式").first.focus()
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="标准模式").first.wait_for()


def test_a_sheet_opens_closes_and_gives_the_focus_back(phone):
    phone.goto("/styleguide/")
    opener = phone.get_by_role("button", name="打开抽屉")
    opener.focus()
    phone.keyboard.press("Enter")
    sheet = phone.get_by_role("dialog")
    sheet.wait_for()

    phone.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    assert focused(phone) == "打开抽屉"


def test_an_error_summary_has_the_focus_and_leads_to_the_field(phone):
    phone.goto("/styleguide/")
    assert "error-summary" in phone.evaluate("document.activeElement.className")

    phone.get_by_role("link", name="手机号：").press("Enter")
    assert phone.evaluate("document.activeElement.name") == "wrong-phone"
    described = phone.locator("[name=wrong-phone]").get_attribute("aria-describedby")
    assert phone.locator(f"#{described}").inner_text()
