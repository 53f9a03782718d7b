"""The round seal of a union: its picture, or a ring, a star, the name from left to right along it.

Drawn by us as outlines, so that it prints sharp at any size and leaves no letters among the
text that is copied. It proves nothing by itself: the code beside it does.
"""

import base64
import math

from niangjia.core.documents import fonts
from niangjia.core.documents.parts import Seal

RED = "#c8161d"
#: Units of the drawing; on paper it is 42 mm wide.
SIZE, CENTRE = 420.0, 210.0
RING, RING_WIDTH = 202.0, 12.0
LETTERS_AT, LETTER = 154.0, 60.0
#: Letters of seals are taller than they are wide.
WIDEST, NARROWEST = 0.78, 0.5
STAR = 62.0
#: Degrees: from one letter to the next at most, and for all letters together.
STEP, SPAN = 25.0, 292.0
DEMONSTRATION = "演示专用"
#: How a PNG begins; anything else that is a seal's picture is a JPEG.
PNG = b"\x89PNG"


def svg(seal: Seal) -> str:
    """The seal as an SVG image."""
    if seal.picture:
        return pictured(seal)
    paths = letters_on_ring(seal.union_name)
    paths.append(star())
    if seal.is_demonstration:
        paths += letters_below(DEMONSTRATION)
    drawn = " ".join(filter(None, paths))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:g} {SIZE:g}">'
        f'<circle cx="{CENTRE:g}" cy="{CENTRE:g}" r="{RING:g}" fill="none" stroke="{RED}" '
        f'stroke-width="{RING_WIDTH:g}"/><path fill="{RED}" d="{drawn}"/></svg>'
    )


def pictured(seal: Seal) -> str:
    """A picture of a seal, filling the drawing; what says "demonstration" lies over it on white."""
    kind = "png" if seal.picture.startswith(PNG) else "jpeg"
    content = base64.b64encode(seal.picture).decode()
    said = ""
    if seal.is_demonstration:
        drawn = " ".join(letters_below(DEMONSTRATION))
        said = (
            f'<rect x="{CENTRE - 74:g}" y="{CENTRE + 72:g}" width="148" height="46" fill="#fff"/>'
            f'<path fill="{RED}" d="{drawn}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:g} {SIZE:g}">'
        f'<image href="data:image/{kind};base64,{content}" width="{SIZE:g}" height="{SIZE:g}"/>'
        f"{said}</svg>"
    )


def letters_on_ring(name: str) -> list[str]:
    """Each letter upright on its own radius; the more there are, the narrower and then the smaller
    they are set."""
    letters = [letter for letter in name if not letter.isspace()]
    step = min(STEP, SPAN / max(len(letters) - 1, 1))
    room = math.radians(step) * LETTERS_AT * 0.95
    height = min(LETTER, room / NARROWEST)
    width = min(WIDEST, room / height)
    return [
        placed(letter, math.radians((at - (len(letters) - 1) / 2) * step), height, width)
        for at, letter in enumerate(letters)
    ]


def placed(letter: str, angle: float, height: float, width: float) -> str:
    """A letter whose middle lies on the ring, turned by `angle` (0 is the top)."""
    across, up = height / 1000 * width, height / 1000
    turn, tilt = math.cos(angle), math.sin(angle)
    # The middle of a Chinese letter lies 380 units above its baseline.
    middle = LETTERS_AT - 380 * up
    return fonts.outline(
        letter,
        (
            across * turn,
            across * tilt,
            up * tilt,
            -up * turn,
            CENTRE + middle * tilt - 500 * across * turn,
            CENTRE - middle * turn - 500 * across * tilt,
        ),
    )


def letters_below(words: str) -> list[str]:
    """A line under the star."""
    scale = 34 / 1000
    left = CENTRE - len(words) * 34 / 2
    return [
        fonts.outline(letter, (scale, 0, 0, -scale, left + at * 34, CENTRE + 106))
        for at, letter in enumerate(words)
    ]


def star() -> str:
    """Five points, one of them up."""
    corners = []
    for at in range(10):
        radius = STAR if at % 2 == 0 else STAR * 0.382
        angle = math.pi * at / 5
        corners.append(
            f"{CENTRE + radius * math.sin(angle):.2f} {CENTRE - radius * math.cos(angle):.2f}"
        )
    return "M" + "L".join(corners) + "Z"
