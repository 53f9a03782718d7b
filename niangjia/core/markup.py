"""Markup that is put together in Python: where a page is little but rows, a template takes ten
times as long for the same."""

import re
from functools import cache
from html import escape

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

#: The drawing inside a Lucide file, without its frame and licence comment.
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def icon_svg(name: str) -> SafeString:
    """One Lucide icon as markup. It is decoration: the words beside it say the same.

    Raises FileNotFoundError for a name Lucide does not have: a typing error is seen at once.
    """
    file = settings.NODE_MODULES / "lucide-static" / "icons" / f"{name}.svg"
    drawing = "".join(DRAWING.findall(file.read_text()))
    drawing = re.sub(r"\s+", " ", drawing).replace("> <", "><").replace(" />", "/>").strip()
    return mark_safe(  # noqa: S308 - drawn from a locked package, not from a person
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>'
    )


def span(css: str, text: str) -> str:
    """A span whose text is escaped here, or nothing when there is nothing to say."""
    return f'<span class="{css}">{escape(text)}</span>' if text else ""
