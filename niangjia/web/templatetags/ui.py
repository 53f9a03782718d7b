"""The design system's tags. Loaded into every template."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from niangjia.core.markup import icon_svg
from niangjia.members.rules.devices import in_words
from niangjia.members.rules.phones import spoken

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "map-pin" %}`"""
    return icon_svg(name)


#: The first two digits of the provinces whose boundaries are built (operations.boundaries).
PROVINCES = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 83))
    for code in range(*codes)
)


@register.simple_tag
def boundaries(code: str = "") -> str:
    """The GeoJSON to draw behind a map of this division: its province, else the country."""
    province = str(code or "")[:2]
    return boundary_file(f"{province}0000" if province in PROVINCES else "100000")


@cache
def boundary_file(code: str) -> str:
    """The address of one division's boundaries, which is the same at every request."""
    return static(f"boundaries/{code}.json")


@register.simple_tag
@cache
def province_boundaries(element_id: str) -> SafeString:
    """The GeoJSON of every province by its code, for a map that looks closer: as a script of
    data."""
    files = {f"{province}0000": boundaries(f"{province}0000") for province in sorted(PROVINCES)}
    return json_script(files, element_id)


@register.simple_tag
def map_data(markers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What `map.js` reads: the places, where tiles come from, and the words of its controls."""
    key = settings.TIANDITU_KEY
    return {
        "markers": list(markers),
        "tiles": [tianditu(layer, key) for layer in TIANDITU_LAYERS] if key else [],
        "attribution": gettext("Tianditu") if key else "",
        "words": map_words(get_language()),
    }


@cache
def map_words(language: str | None) -> dict[str, str]:
    """The words of a map's controls by MapLibre's names; `language` is the one now active."""
    return {
        "Map.Title": gettext("Map"),
        "Popup.Close": gettext("Close"),
        "Niangjia.Places": gettext("{count} places"),
        "Niangjia.MadeUpStreets": gettext("Streets made up for the demonstration"),
        "NavigationControl.ZoomIn": gettext("Zoom in"),
        "NavigationControl.ZoomOut": gettext("Zoom out"),
        "CooperativeGesturesHandler.WindowsHelpText": gettext("Ctrl + scroll to zoom"),
        "CooperativeGesturesHandler.MacHelpText": gettext("⌘ + scroll to zoom"),
        "CooperativeGesturesHandler.MobileHelpText": gettext("Move the map with two fingers"),
    }


#: Tianditu's street map and its Chinese names, in web Mercator.
TIANDITU_LAYERS = ("vec", "cva")
TIANDITU = (
    "https://t0.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
    "&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
)


def tianditu(layer: str, key: str) -> str:
    """One of Tianditu's layers as a template of tile addresses."""
    return TIANDITU.format(layer=layer, key=key)


@register.filter
def thousands(number: int) -> str:
    """12,867: digits in groups of three, in either language."""
    return f"{number:,}"


@register.filter
def telephone(number: str) -> SafeString:
    """Somebody's number, to be called at a touch; "—" where there is none."""
    if not number:
        return SafeString("—")
    return format_html('<a class="telephone" href="tel:{}">{}</a>', number, spoken(number))


@register.filter
def device(user_agent: str) -> str:
    """What somebody signed in with, in words they know."""
    return in_words(user_agent)
