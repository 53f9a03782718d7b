"""Drawings that stand for photos in the demonstration, each saying so."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1200, 800)
HORIZON = 520
Colour = tuple[int, int, int]


def ground(sky: Colour, floor: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty scene, and the pen to draw in it."""
    sheet = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, HORIZON, *SIZE), fill=floor)
    return sheet, pen


def finished(sheet: Image.Image, pen: ImageDraw.ImageDraw) -> bytes:
    """The drawing as a JPEG, with the words that it is one."""
    pen.text((40, 740), "DEMO - DRAWN, NOT A PHOTO", fill=(90, 80, 70), font_size=30)
    made = BytesIO()
    sheet.save(made, "JPEG", quality=85)
    return made.getvalue()


def station(number: int) -> bytes:
    """A station's front with its door and sign (0), or its room with a table and seats (1)."""
    if number == 0:
        sheet, pen = ground((214, 228, 236), (176, 172, 164))
        pen.rectangle((220, 220, 980, 640), fill=(238, 230, 214))
        pen.rectangle((220, 220, 980, 300), fill=(200, 22, 29))
        pen.rectangle((300, 360, 600, 560), fill=(160, 196, 208))
        pen.rectangle((720, 360, 880, 640), fill=(120, 92, 72))
    else:
        sheet, pen = ground((240, 234, 222), (196, 176, 148))
        pen.rectangle((760, 140, 1040, 520), fill=(214, 220, 224))
        pen.rounded_rectangle((240, 420, 720, 470), 12, fill=(150, 108, 78))
        for left in (240, 400, 560):
            pen.rounded_rectangle((left, 520, left + 110, 640), 14, fill=(92, 120, 132))
    return finished(sheet, pen)


def occasion(number: int) -> bytes:
    """A river in the morning, a hall, a row of chairs: plain shapes."""
    sky = ((246, 214, 172), (232, 226, 214), (222, 230, 224))[number]
    sheet, pen = ground(sky, (150, 170, 178))
    pen.ellipse((820, 140, 960, 280), fill=(252, 240, 214))
    for place in range(6):
        left = 90 + place * 180
        height = (90, 200, 120)[number]
        pen.rounded_rectangle((left, 520 - height, left + 110, 560), 16, fill=(176, 108, 92))
    return finished(sheet, pen)
