"""QR codes, drawn as SVG: one way for a screen, one for paper."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def on_screen(text: str) -> SafeString:
    """`text` to be scanned from a screen: markup for a page, black on white in dark mode as well,
    with a quiet border, as large as what it stands in (level M: a seventh may be lost to glare)."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, border=2, dark="#000", light="#fff"
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by segno: `text` is in its squares alone


def on_paper(text: str) -> str:
    """`text` to be printed, as an image of its own without a border; a quarter of it may be
    smudged (level Q)."""
    made = BytesIO()
    segno.make(text, error="q", micro=False).save(
        made, kind="svg", border=0, xmldecl=False, svgns=True
    )
    return made.getvalue().decode()
