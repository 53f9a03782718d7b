"""The kinds of file there are for us."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A true type: what the content is, whatever name or header came with it."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    MP3 = "mp3"
    M4A = "m4a"
    AMR = "amr"

    @property
    def media_type(self) -> str:
        """The registered media type (RFC 6838)."""
        return MEDIA_TYPES[self]

    @property
    def extension(self) -> str:
        """What a name of this kind ends with."""
        return ".jpg" if self is Kind.JPEG else f".{self.value}"


_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.PDF: "application/pdf",
    Kind.DOCX: _OFFICE + "wordprocessingml.document",
    Kind.XLSX: _OFFICE + "spreadsheetml.sheet",
    Kind.MP3: "audio/mpeg",
    Kind.M4A: "audio/mp4",
    Kind.AMR: "audio/amr",
}

PHOTOS = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
PAPERS = frozenset({Kind.PDF, Kind.DOCX, Kind.XLSX})
RECORDINGS = frozenset({Kind.MP3, Kind.M4A, Kind.AMR})
EVERY_KIND = PHOTOS | PAPERS | RECORDINGS


@dataclass(frozen=True)
class Limits:
    """How large a file may be, outside and unpacked. Bytes, pixels of one picture, pages."""

    size: int = 20_000_000
    pixels: int = 50_000_000
    side: int = 20_000
    pages: int = 100
    entries: int = 2_000
    unpacked: int = 100_000_000


@dataclass(frozen=True)
class Cleaned:
    """The content put together anew, and what was counted on the way."""

    content: bytes
    pages: int | None = None
    pixels: tuple[int, int] | None = None
