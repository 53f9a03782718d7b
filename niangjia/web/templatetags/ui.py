"""The design system's tags. Loaded into every template."""

import re
from functools import cache

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

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


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "map-pin" %}`"""
    return icon_svg(name)
