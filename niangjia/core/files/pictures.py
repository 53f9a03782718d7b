"""Pictures that pages show: sealed under a key of their own, with a small one of each."""

import hashlib
import secrets
from dataclasses import replace
from io import BytesIO

from PIL import Image

from niangjia.core.cleaning.kinds import PHOTOS, Kind, Limits
from niangjia.core.files.examining import Examined, Stream, examine
from niangjia.core.files.storing import OpenedFile, erase, open_stored, store
from niangjia.core.models import SealedPicture

#: What a phone's camera makes is smaller than this.
LARGEST = Limits(size=10_000_000)
KEY_BYTES = 32


def examined(stream: Stream, *, name: str, field: str = "file") -> Examined:
    """A picture that may be kept: known by its content, put together anew without what the camera
    wrote beside it, bounded (promise 30, ADR 62). Raises `Invalid` on `field`. Outside any
    transaction: it takes a process of its own."""
    return examine(stream, name=name, allowed=PHOTOS, limits=LARGEST, field=field)


def shrunk(clean: Examined, longest: int) -> Examined:
    """A picture that has been cleaned, its longer side at most `longest` pixels, as WebP."""
    with Image.open(BytesIO(clean.content)) as picture:
        small = picture.convert("RGB")
        small.thumbnail((longest, longest))
        made = BytesIO()
        small.save(made, "WEBP", quality=80)
    content = made.getvalue()
    return replace(
        clean,
        kind=Kind.WEBP,
        name=f"{clean.name.rpartition('.')[0]}{Kind.WEBP.extension}",
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        pixels=small.size,
    )


def keep(
    picture: SealedPicture, clean: Examined, *, small: int, whole: int | None = None
) -> SealedPicture:
    """Store a cleaned picture and a small one of it, their longer sides at most `whole` and `small`
    pixels, under a key of their own, with the rest of the row. In the caller's transaction."""
    secret = secrets.token_bytes(KEY_BYTES)
    little = shrunk(clean, small)
    picture.key = secret.hex()
    picture.width, picture.height = little.pixels or (0, 0)
    large = clean if whole is None else shrunk(clean, whole)
    picture.stored = store(examined=large, key=secret, context=picture.SEALED_AS)
    picture.small = store(examined=little, key=secret, context=picture.SEALED_AS)
    picture.save()
    return picture


def opened(picture: SealedPicture, *, small: bool) -> OpenedFile:
    """One of its two files."""
    stored = picture.small if small else picture.stored
    key = bytes.fromhex(str(picture.key))
    return open_stored(stored, key=key, context=picture.SEALED_AS)


def erase_picture(picture: SealedPicture) -> None:
    """Delete it for good, with both files. In the caller's transaction."""
    files = (picture.stored, picture.small)
    picture.delete()
    for each in files:
        erase(each)
