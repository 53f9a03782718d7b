"""What is drawn once and filled many times: other words each time, the same look."""

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from niangjia.core.edge import moulds
from niangjia.core.edge.moulds import Mould

ROW = (
    '{% load i18n %}<a href="{% url "web:home" %}?q={{ name }}" title="{% translate "Home" %}">'
    "{% blocktranslate trimmed %}100% {{ name }}{% endblocktranslate %}</a>{{ word }}"
)


@pytest.fixture
def drawn(monkeypatch):
    """The template above, and how often it was drawn."""
    times = []

    def draw(name, context):
        times.append(name)
        return engines["django"].from_string(ROW).render(context)

    monkeypatch.setattr(moulds, "render_to_string", draw)
    return times


def test_drawn_once_and_filled_for_each(drawn):
    mould = Mould("row.html", ["name"], lambda: {"word": "!"})
    text = mould.fill({"name": "a"}, {"name": "b"})
    assert isinstance(text, SafeString)
    assert text.count("100% a</a>!") == text.count("100% b</a>!") == 1
    mould.fill({"name": "c"})
    assert drawn == ["row.html"]


def test_each_language_has_its_own(drawn):
    mould = Mould("row.html", ["name"])
    with translation.override("en"):
        assert 'title="Home"' in mould.fill({"name": "a"})
    with translation.override("zh-hans"):
        assert 'title="首页"' in mould.fill({"name": "a"})
    assert len(drawn) == 2


def test_what_fills_a_gap_is_escaped_unless_it_is_markup(drawn):
    mould = Mould("row.html", ["name"])
    assert "&lt;b&gt;&quot;" in mould.fill({"name": '<b>"'})
    assert "<b>" in mould.fill({"name": mark_safe("<b>")})


@pytest.mark.parametrize("word", ["%s", "%(name)s", "@@name@@", "100%", "{name}"])
def test_what_fills_a_gap_is_never_read_as_one(drawn, word):
    assert f"100% {word}</a>" in Mould("row.html", ["name"]).fill({"name": word})


def test_a_gap_left_open_is_an_error(drawn):
    with pytest.raises(KeyError):
        Mould("row.html", ["name", "word"]).fill({"name": "a"})
