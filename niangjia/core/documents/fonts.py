"""The one family documents are set in: Noto Serif SC (SIL Open Font License), from the npm lock.

It has 30,900 characters, all 8,105 of the Table of General Standard Chinese Characters among them
and with them the rare ones in names (𬭎, 䶮). What it lacks is printed as its code in a frame.
"""

from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FAMILY = "Noto Serif SC"
FILES = {400: "400Regular/NotoSerifSC_400Regular.ttf", 700: "700Bold/NotoSerifSC_700Bold.ttf"}


def path(weight: int) -> Path:
    """Where the font lies. Raises `FileNotFoundError` with what to do when it is not installed."""
    found = Path(settings.NIANGJIA_FONTS) / FILES[weight]
    if not found.exists():
        raise FileNotFoundError(f"{found} is missing: run `make install`")
    return found


@cache
def for_setting() -> typst.Fonts:
    """The family for the typesetter, and no other font of this machine or of its own."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(path(weight).parent) for weight in FILES],
    )


@cache
def opened() -> TTFont:
    return TTFont(path(700), lazy=True)


@cache
def characters() -> frozenset[int]:
    """The code points there is a glyph for; both weights have the same."""
    return frozenset(opened().getBestCmap())


def outline(letter: str, transform: tuple[float, float, float, float, float, float]) -> str:
    """The bold outline of one letter, a thousand units to the em, as SVG path data; "" if it has
    none."""
    glyphs = opened().getGlyphSet()
    name = opened().getBestCmap().get(ord(letter))
    if name is None:
        return ""
    pen = SVGPathPen(glyphs, lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    glyphs[name].draw(TransformPen(pen, transform))
    return str(pen.getCommands())
