"""From what a document says to a PDF of it."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typst

from niangjia.core import qr
from niangjia.core.documents import fonts, seals
from niangjia.core.documents.parts import (
    Block,
    Heading,
    Items,
    Letter,
    Paragraph,
    Seal,
    Table,
    Verification,
    date_in_words,
)

TEMPLATE = Path(__file__).parent / "letter.typ"
#: For archives (ISO 19005-2, level A) and for people who have it read aloud (ISO 14289-1).
STANDARDS: list[Any] = ["a-2a", "ua-1"]
#: Controls, direction marks, private and half characters.
UNWANTED = {"Cc", "Cf", "Co", "Cs"}
#: What only chooses between two shapes of the letter before it.
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: Columns with texts no wider than the first number do not wrap; no column asks for more than the
#: second. In Latin letters, of which a Chinese character counts two.
NARROW, WIDE = 14, 60


def render(letter: Letter) -> bytes:
    """`letter` as a PDF: A4, fonts embedded and cut down to the letters used, tagged, copyable.

    The same letter gives the same bytes, whenever and by whomever it is rendered, so that a digest
    of them can be kept. Raises `ValueError` for a letter without issuer or title, and for a table
    whose rows are not as long as its headings: services see to that before.
    """
    content = as_data(letter)
    if not content["issuer"] or not content["title"]:
        raise ValueError("a letter has an issuer and a title")
    noon = dt.datetime.combine(letter.issued_date, dt.time(12), dt.UTC)
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts.for_setting(),
        ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(content, ensure_ascii=False, sort_keys=True)},
        pdf_standards=STANDARDS,
        timestamp=noon,
    )


def as_data(letter: Letter) -> dict[str, Any]:
    """What the template reads."""
    content: dict[str, Any] = {
        "issuer": plain(letter.issuer),
        "title": plain(letter.title),
        "number": plain(letter.number),
        "addressee": plain(letter.addressee).rstrip("：:"),
        "body": [one for block in letter.body for one in blocks(block)],
        "attachments": [plain(one) for one in letter.attachments],
        "contact": plain(letter.contact),
        "copies": [plain(one) for one in letter.copies_to],
        "date": {
            "year": letter.issued_date.year,
            "month": letter.issued_date.month,
            "day": letter.issued_date.day,
            "words": date_in_words(letter.issued_date),
        },
        "seal": sealed(letter.seal),
        "verification": verified(letter.verification),
    }
    return {**content, "missing": missing_in(json.dumps(content, ensure_ascii=False))}


def plain(text: str) -> str:
    """Text as it can be set: one form of each character, nothing that is not seen."""
    spaced = re.sub(r"\s", " ", SELECTORS.sub("", unicodedata.normalize("NFC", text)))
    seen = "".join(one for one in spaced if unicodedata.category(one) not in UNWANTED)
    return re.sub(" +", " ", seen).strip()


def blocks(block: Block) -> list[dict[str, Any]]:
    """One block as the template knows it; a text with line breaks is several paragraphs."""
    if isinstance(block, Heading):
        heading = plain(block.text)
        return [{"kind": "heading", "text": heading}] if heading else []
    if isinstance(block, Paragraph):
        lines = [plain(line) for line in block.text.splitlines()]
        return [{"kind": "paragraph", "text": line} for line in lines if line]
    if isinstance(block, Items):
        items = [plain(one) for one in block.items]
        return [{"kind": "items", "items": items}] if items else []
    return [table(block)]


def table(block: Table) -> dict[str, Any]:
    """A table whose columns are as wide as what is in them asks for, within bounds."""
    rows = [[plain(cell) for cell in row] for row in block.rows]
    headings = [plain(cell) for cell in block.headings]
    if any(len(row) != len(headings) for row in rows):
        raise ValueError("a row has as many cells as there are headings")
    widths = [
        longest([headings[column], *(row[column] for row in rows)])
        for column in range(len(headings))
    ]
    return {"kind": "table", "headings": headings, "rows": rows, "widths": shares(widths)}


def longest(texts: Sequence[str]) -> int:
    """The longest text's width; a Chinese character counts two."""
    return max(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in t) for t in texts)


def shares(widths: Sequence[int]) -> list[int]:
    """0 for a column as narrow as its texts; the others share what is left by these numbers."""
    widest = max(widths, default=0)
    return [0 if width <= NARROW and width < widest else min(width, WIDE) for width in widths]


def sealed(seal: Seal | None) -> dict[str, str] | None:
    if seal is None:
        return None
    name = plain(seal.union_name)
    said = "演示用印章，不具效力" if seal.is_demonstration else "印章"
    return {"svg": seals.svg(replace(seal, union_name=name)), "alt": f"{said}：{name}"}


def verified(verification: Verification | None) -> dict[str, str] | None:
    if verification is None:
        return None
    return {
        "url": verification.url,
        "code": verification.code,
        "svg": qr.on_paper(verification.url),
    }


def missing_in(text: str) -> str:
    """The characters of `text` there is no glyph for, each once."""
    return "".join(sorted({one for one in text if ord(one) not in fonts.characters()}))


def unprintable(text: str) -> str:
    """The characters of what somebody typed that would be printed as their code, each once: for
    asking for others while there is time."""
    return missing_in(plain(text))
