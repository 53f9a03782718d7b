"""Charts and the map are drawn, can be used without a mouse, and have a twin in words."""

from playwright.sync_api import expect


def drawn(page, selector):
    page.locator(selector).first.scroll_into_view_if_needed()
    page.locator(f"{selector}[data-drawn=yes]").first.wait_for()


def test_the_map_shows_each_place_as_a_link(desk):
    desk.goto("/styleguide/")
    drawn(desk, "[data-map]")

    links = desk.locator(".map-marker").all()

    assert [link.get_attribute("aria-label") for link in links] == [
        "1 义乌市总工会",
        "2 杭州市总工会",
    ]
    links[0].focus()
    assert links[0].evaluate("e => e === document.activeElement && e.matches('a[href]')")


def test_the_map_names_the_divisions_it_draws(desk):
    desk.goto("/styleguide/")
    drawn(desk, "[data-map]")

    names = desk.locator(".map-label").all_inner_texts()

    assert "杭州市" in names
    assert len(names) == 11


def test_without_webgl_the_list_is_pointed_to(open_page):
    page = open_page(width=375)
    page.add_init_script(
        "const real = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind.startsWith('webgl') ? null : real.call(this, kind, ...rest) }"
    )
    page.goto("/styleguide/")
    page.locator("[data-map]").scroll_into_view_if_needed()

    page.get_by_text("这台设备画不出地图").wait_for()


def test_charts_are_drawn_and_have_their_table_one_tap_away(phone):
    phone.goto("/styleguide/")
    for kind in ("bar", "choropleth", "parts"):
        drawn(phone, f"[data-kind={kind}]")
        ink = phone.locator(f"[data-kind={kind}] canvas").evaluate(
            "c => new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size"
        )
        assert ink > 10, kind

    phone.get_by_text("用表格看").first.click()
    row = phone.get_by_role("row", name="浙江 412").first
    expect(row).to_be_visible()


def test_maps_and_charts_are_not_fetched_before_they_are_seen(phone):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/")
    phone.wait_for_load_state("networkidle")

    assert not [url for url in asked if "maplibre" in url or "echarts" in url]
