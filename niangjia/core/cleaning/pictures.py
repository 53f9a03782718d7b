"""Photos and pictures: decoded and encoded anew, so that nothing but the pixels goes on.

Re-encoding drops Exif (with it the place and the phone), comments, profiles, a second picture
behind the first, and whatever was appended for another program to find.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, MpoImagePlugin, UnidentifiedImageError

from niangjia.core.cleaning.kinds import Cleaned, Kind, Limits
from niangjia.core.cleaning.refusal import Refused

#: Of a new JPEG or WebP; the loss cannot be seen, and a paper photographed stays legible.
QUALITY = 92
FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}
#: What each format can hold; anything else becomes RGB.
MODES = {
    Kind.JPEG: {"L", "RGB"},
    Kind.PNG: {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"},
    Kind.WEBP: {"RGB", "RGBA"},
}
MpoImagePlugin.MpoImageFile  # noqa: B018  a photo with a second one inside is opened as such


def clean(content: bytes, kind: Kind, limits: Limits) -> Cleaned:
    """The first picture in `content`, upright. Raises `Refused`: too-many-pixels, damaged."""
    # The size is looked at before anything is decoded, so Pillow's own alarm is not needed.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(content), formats=[FORMATS[kind]])
            refuse_too_large(picture.size, limits)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            written = encode(upright, kind)
    except Refused:
        raise
    except MemoryError:
        raise Refused("too-complex") from None
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        KeyError,
        IndexError,
        TypeError,
        OverflowError,
        Image.DecompressionBombError,
    ):
        raise Refused("damaged") from None
    return Cleaned(written, pixels=upright.size)


def refuse_too_large(size: tuple[int, int], limits: Limits) -> None:
    width, height = size
    if width * height > limits.pixels or max(width, height) > limits.side:
        raise Refused("too-many-pixels", megapixels=limits.pixels // 1_000_000)


def encode(picture: Image.Image, kind: Kind) -> bytes:
    """The pixels as a file of `kind`, with nothing beside them."""
    plain = picture
    if picture.mode not in MODES[kind]:
        has_alpha = "A" in picture.getbands() or "transparency" in picture.info
        plain = picture.convert("RGBA" if has_alpha and "RGBA" in MODES[kind] else "RGB")
    kept = plain.info.get("transparency")
    plain.info = {} if kept is None or kind is not Kind.PNG else {"transparency": kept}
    written = BytesIO()
    if kind is Kind.PNG:
        plain.save(written, "PNG")
    else:
        plain.save(written, FORMATS[kind], quality=QUALITY)
    return written.getvalue()
