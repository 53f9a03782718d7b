"""What a document says, before it has any look."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Paragraph:
    """Running text, indented by two characters. Line breaks in it begin new paragraphs."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading within the body ("一、事实")."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list, numbered 1. 2. 3."""

    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A table with a row of headings, repeated on each page it reaches. Every row has as many
    cells as there are headings."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Paragraph | Heading | Items | Table


@dataclass(frozen=True)
class Seal:
    """The round seal of a union over its signature: `picture` (PNG or JPEG), or drawn from the
    name. A demonstration seal says that it is one, a picture across its middle too."""

    union_name: str
    is_demonstration: bool = False
    picture: bytes = b""


@dataclass(frozen=True)
class Verification:
    """Where anybody holding the paper sees whether it is genuine: an address, shown as a QR code,
    and the short code to type there (`codes.new_code`)."""

    url: str
    code: str


@dataclass(frozen=True)
class Letter:
    """An official letter, notice or decision of one union, after GB/T 9704-2012.

    `issuer` stands in red at its head and signs it; `number` is the whole of "京工函〔2026〕1 号"
    (`document_number`). `addressee` ends without a colon. All but issuer, title and date may be
    left out. Nothing that is not passed in here gets into the document (promise 3).
    """

    issuer: str
    title: str
    issued_date: dt.date
    body: Sequence[Block] = ()
    number: str = ""
    addressee: str = ""
    attachments: Sequence[str] = ()
    contact: str = ""
    copies_to: Sequence[str] = field(default=())
    seal: Seal | None = None
    verification: Verification | None = None


def document_number(prefix: str, year: int, serial: int) -> str:
    """As in 京工函〔2026〕1 号: hexagonal brackets, no leading zeros (GB/T 9704-2012, 7.2.5)."""
    return f"{prefix}〔{year}〕{serial} 号"


def date_in_words(day: dt.date) -> str:
    """As in 2026 年 1 月 2 日, without leading zeros (GB/T 9704-2012, 7.3.5)."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
