"""A page's style sheets: small files while one writes them, one file once collected."""

import re

import pytest
from django.contrib.staticfiles import finders

from niangjia.web import context, styles


@pytest.fixture(autouse=True)
def _fresh():
    context.part.cache_clear()
    yield
    context.part.cache_clear()


def linked(page):
    return re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page.content.decode())


def test_collected_they_are_one_file(client, settings, db):
    settings.STYLES_JOINED = True
    assert linked(client.get("/nowhere/")) == ["styles/portal.css", "web/css/dark.css"]


def test_as_written_each_of_them_is_found(client, db):
    names = linked(client.get("/nowhere/"))
    assert len(names) == 10
    assert all(finders.find(name) for name in names)


def test_paper_keeps_its_colours_in_the_one_file():
    *_screen, paper = styles.join("portal").split("@media print {")
    assert "--ground: #fff" in paper
    assert paper.count("{") == paper.count("}") - 1, "only the at-rule itself was opened before"
