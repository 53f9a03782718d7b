"""Pictures of papers that do not exist, for the demonstration's cases."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (900, 1200)
INK, PAPER, STAMP = (70, 70, 70), (250, 248, 240), (190, 60, 60)


def paper(lines: int) -> bytes:
    """A photographed sheet with so many lines of writing nobody can read, marked as made up."""
    sheet = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((280, 90, 620, 130), fill=INK)
    for number in range(lines):
        top = 220 + number * 60
        pen.rectangle((120, top, 780 - (number % 3) * 130, top + 18), fill=(150, 150, 150))
    pen.ellipse((560, 880, 760, 1080), outline=STAMP, width=8)
    pen.text((120, 1130), "DEMO - MADE UP, NOT A REAL DOCUMENT", fill=STAMP)
    made = BytesIO()
    sheet.save(made, "JPEG", quality=80)
    return made.getvalue()
