"""What a camera sees: a code as it is drawn on a phone, as a film in the format YUV4MPEG2."""

from pathlib import Path

import segno

WIDTH, HEIGHT, SQUARE = 640, 480, 8
GREY, LIGHT, DARK, COLOURLESS = 120, 235, 16, 128


def film(text: str, into: Path) -> None:
    """A picture of the code of `text`, somewhat aside from the middle, shown without an end."""
    drawn = segno.make(text, error="m", micro=False).matrix_iter(scale=SQUARE, border=2)
    rows = [bytes(DARK if dark else LIGHT for dark in row) for row in drawn]
    left, above = (WIDTH - len(rows)) // 3, (HEIGHT - len(rows)) // 2
    grey = bytes([GREY])
    picture = grey * WIDTH * above
    for row in rows:
        picture += grey * left + row + grey * (WIDTH - left - len(row))
    picture += grey * (WIDTH * HEIGHT - len(picture))
    colours = bytes([COLOURLESS]) * (WIDTH * HEIGHT // 2)
    frame = b"FRAME\n" + picture + colours
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n"
    into.write_bytes(head.encode() + frame)
