"""Plates for doors: a name, a code to read out, and one to scan."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import typst

from niangjia.core import qr
from niangjia.core.documents import fonts
from niangjia.core.documents.rendering import plain

TEMPLATE = Path(__file__).parent / "plate.typ"


@dataclass(frozen=True)
class DoorPlate:
    """What stands on a plate; `url` is what its QR code says, `words` what scanning it does."""

    name: str
    kind: str
    code: str
    address: str
    issuer: str
    url: str
    words: str
    issued_date: dt.date


def render_plate(plate: DoorPlate) -> bytes:
    """The plate as a PDF: A5, fonts embedded. The QR code bears a quarter of itself smudged."""
    content = {name: plain(str(getattr(plate, name))) for name in DoorPlate.__dataclass_fields__}
    noon = dt.datetime.combine(plate.issued_date, dt.time(12), dt.UTC)
    content |= {"svg": qr.on_paper(plate.url), "alt": content["url"]}
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts.for_setting(),
        ignore_system_fonts=True,
        sys_inputs={"plate": json.dumps(content, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["a-2b"],
        timestamp=noon,
    )
