"""What is fixed in a template is drawn once for each language, and nothing else is."""

import pytest
from django.template import Context, Template, engines
from django.utils import translation

from niangjia.web.template_loader import Fixed, Loader, join_fixed

LOADS = "{% load i18n static %}"
ADDRESS = '{% url "organisations:find" %}'
#: Each says the same joined and not, in either language.
SOURCES = [
    '<p>{% translate "Home" %} {% icon "house" %}</p>',
    f'<a href="{ADDRESS}">{{% translate "Find a union" %}}</a>',
    '{% static "web/mark/mark.svg" %} & {% translate "Member card" %}',
    "{% blocktranslate trimmed %}Where you work or live.{% endblocktranslate %}",
    "{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}",
    "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
    "{% translate name %} {% translate 'Home'|upper %} {% translate name|lower %}",
    "{% translate 'Home' as home %}[{{ home }}]",
    "{% translate 'Home' noop %}",
    "{% icon drawing %} {% icon 'house' as drawn %}{{ drawn }}",
    "{% url where %} {% url 'organisations:union' n %} {% url 'web:home' as at %}{{ at }}",
    "{% static file %}",
    "{% if n %}{% translate 'Home' %}{% elif name %}-{% else %}{% translate 'Mine' %}{% endif %}",
    "{% for each in both %}{{ each }} {% translate 'Home' %}{% empty %}none{% endfor %}",
    "{% with a=name %}{{ a }}{% translate 'Home' %}{% endwith %}{{ name }}",
    "{% block one %}{% translate 'Home' %}{% block two %}{{ name }}{% endblock %}{% endblock %}",
    "{% autoescape off %}{{ name }}{% translate 'Home' %}{% endautoescape %}",
]
VALUES = {
    "name": "<b>Mine</b>",
    "n": 2,
    "both": [1, 2],
    "drawing": "map",
    "where": "web:home",
    "file": "web/mark/mark.svg",
}


def joined(source):
    template = Template(LOADS + source)
    join_fixed(template.nodelist)
    return template


@pytest.mark.parametrize("source", SOURCES)
def test_joined_or_not_a_template_says_the_same(source):
    template = joined(source)
    for values in (VALUES, {**VALUES, "n": 0, "both": [], "name": "Home"}):
        for language in ("zh-hans", "en", "zh-hans"):
            with translation.override(language):
                expected = Template(LOADS + source).render(Context(values))
                assert template.render(Context(values)) == expected


def test_what_is_fixed_is_drawn_once_for_each_language(monkeypatch):
    template = joined('<p>{% translate "Home" %}</p>{{ name }}')
    fixed = template.nodelist[0]
    assert isinstance(fixed, Fixed)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            template.render(Context())
    monkeypatch.setattr(fixed, "nodes", None)
    with translation.override("zh-hans"):
        assert template.render(Context({"name": 1})) == "<p>首页</p>1"


def test_a_mistake_in_a_fixed_stretch_is_not_hidden():
    template = joined("<p>{% url 'web:no-such' %}</p>")
    for _time in range(2):
        with pytest.raises(Exception, match="no-such"):
            template.render(Context())


def test_the_site_s_own_templates_go_through_it():
    engine = engines["django"].engine
    assert isinstance(engine.template_loaders[0], Loader)
    home = engine.get_template("web/home.html")
    assert home.nodelist.get_nodes_by_type(Fixed)
    assert engine.get_template("web/home.html") is home
