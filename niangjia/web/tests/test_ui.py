import pytest
from django.template import Context, Template

from niangjia.web.templatetags import ui


def test_an_icon_is_drawn_and_hidden_from_screen_readers():
    drawn = Template('{% icon "map-pin" %}').render(Context())

    assert drawn.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in drawn
    assert "<path" in drawn


def test_a_name_that_lucide_does_not_have_is_noticed():
    with pytest.raises(FileNotFoundError):
        ui.icon("no-such-icon")


@pytest.mark.parametrize(
    ("code", "file"),
    [("330782", "330000"), ("100000", "100000"), ("", "100000"), ("990000", "100000")],
)
def test_a_map_has_the_boundaries_of_its_province_or_of_the_country(code, file):
    assert ui.boundaries(code) == f"/static/boundaries/{file}.json"


def test_without_a_key_the_map_asks_nobody_for_tiles(settings):
    settings.TIANDITU_KEY = ""
    assert ui.map_data([])["tiles"] == []


def test_with_a_key_the_map_has_streets_and_their_names(settings):
    settings.TIANDITU_KEY = "abc"
    data = ui.map_data([{"longitude": 1, "latitude": 2, "label": "x"}])

    assert [("vec_w" in tiles, "cva_w" in tiles) for tiles in data["tiles"]] == [
        (True, False),
        (False, True),
    ]
    assert all("tk=abc" in tiles and "{z}" in tiles for tiles in data["tiles"])
    assert data["attribution"]


def test_thousands_are_grouped():
    assert ui.thousands(1234567) == "1,234,567"


@pytest.mark.parametrize(
    ("number", "drawn"),
    [
        ("+8615400120033", '<a class="telephone" href="tel:+8615400120033">154 0012 0033</a>'),
        ("0571-12351", '<a class="telephone" href="tel:0571-12351">0571-12351</a>'),
        ("<b>", '<a class="telephone" href="tel:&lt;b&gt;">&lt;b&gt;</a>'),
        ("", "—"),
    ],
)
def test_a_number_can_be_called_at_a_touch(number, drawn):
    assert ui.telephone(number) == drawn
