"""Pieces of a page that are drawn once in each language and filled many times."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

#: Passes through escaping, translations and `{% url %}` unchanged.
GAP = re.compile(r"@@(\w+)@@")


def nothing() -> dict[str, Any]:
    """No constants."""
    return {}


class Mould:
    """A template whose variables are the `gaps`, and `constants`, which say the same to everybody.

    The template says what the piece looks like, and is rendered once in each language. What goes
    into the gaps is never kept; it is escaped here, unless it is markup already (a `SafeString`).
    So the template can neither choose by a value nor filter it: whoever fills it does.
    """

    def __init__(
        self,
        template: str,
        gaps: Iterable[str] = (),
        constants: Callable[[], dict[str, Any]] = nothing,
    ) -> None:
        self.template = template
        self.gaps = tuple(gaps)
        self.constants = constants
        self.cast = cache(self.draw)

    def draw(self, language: str | None) -> str:
        """The template in the language now active, as a format."""
        empty = {gap: mark_safe(f"@@{gap}@@") for gap in self.gaps}  # noqa: S308 - names, ours
        drawn = render_to_string(self.template, self.constants() | empty)
        return GAP.sub(r"%(\1)s", drawn.replace("%", "%%"))

    def fill(self, *pieces: Mapping[str, str]) -> SafeString:
        """One after the other; each piece holds a text for every gap."""
        text = self.cast(get_language())
        filled = [text % {gap: safe(piece[gap]) for gap in self.gaps} for piece in pieces]
        return mark_safe("".join(filled))  # noqa: S308 - each value is escaped


def safe(value: str) -> str:
    """`value` as it may stand in a page."""
    return value if isinstance(value, SafeString) else escape(value)
