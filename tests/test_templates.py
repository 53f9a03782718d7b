"""No template holds code or style of its own: the Content Security Policy would block it."""

import re
from pathlib import Path

import pytest

from niangjia.operations import messages

TEMPLATES = sorted(Path(__file__).parent.parent.glob("niangjia/*/templates/**/*.html"))
FORBIDDEN = {
    "inline style": re.compile(r"<[^>]*\sstyle\s*=|<style", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", re.IGNORECASE),
    "code in htmx": re.compile(r"hx-on|hx-vals=['\"]js:|hx-trigger=['\"][^'\"]*\["),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "another server": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=['\"](?:https?:)?//"
    ),
    "unescaped": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}


def wrong(markup: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(markup)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_template_holds_no_code(template):
    assert wrong(template.read_text()) == []


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<p class="x" style="color:red">', "inline style"),
        ('<button onclick="go()">', "inline handler"),
        ("<script>go()</script>", "inline script"),
        ('<div hx-on:click="go()">', "code in htmx"),
        ('<a href="javascript:go()">', "javascript address"),
        ('<script src="https://cdn.example/x.js"></script>', "another server"),
        ("{{ text|safe }}", "unescaped"),
    ],
)
def test_the_scan_sees_code(markup, expected):
    assert expected in wrong(markup)


def test_whatever_a_template_takes_in_is_there():
    names = {
        str(file).split("/templates/", 1)[1]: file.read_text()
        for file in TEMPLATES
        if not file.name.startswith(".")
    }
    named = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")
    taken = {(name, other) for name, markup in names.items() for other in named.findall(markup)}
    assert {(name, other) for name, other in taken if other not in names} == set()


def test_every_message_has_its_chinese():
    assert messages.missing() == []
