"""Documents of Word and Excel: an archive taken apart part by part and put together anew.

What runs (macros, controls, embedded programs, DDE) is refused: taking it out would leave a
document that no longer says what it said. What tells of the author (properties, names, paths) is
taken out, and what would fetch something from elsewhere when opened is made to point nowhere.
"""

import re
import zipfile
from io import BytesIO

from niangjia.core.cleaning import office_parts, stripping
from niangjia.core.cleaning.kinds import Cleaned, Kind, Limits
from niangjia.core.cleaning.refusal import BROKEN_ARCHIVE, Refused

#: Parts that a document does without, named in relations only.
DROPPED = re.compile(r"^(?:docProps/|customXml/|.*/people\.xml$|.*printerSettings\d*\.bin$)")
RUNNING = re.compile(
    rb"macroEnabled|vbaProject|vbaData|activeX|ms-office\.intelMacrosheet|customUI|xlMacro",
    re.IGNORECASE,
)
RUNNING_PART = re.compile(
    r"vbaProject|activeX|\.(?:exe|dll|js|vbs|hta|bat|cmd|ps1|scr|lnk|jar)$", re.I
)
NESTED = re.compile(r"\.(?:docx|xlsx)$", re.I)
PICTURE = re.compile(r"\.(?:jpe?g|png)$", re.I)
#: One fixed moment for every part: when a document was packed is nobody's business.
PACKED_AT = (1980, 1, 1, 0, 0, 0)


def clean(content: bytes, kind: Kind, limits: Limits, *, is_nested: bool = False) -> Cleaned:
    """The document anew. Raises `Refused`: macros, embedded, archive-bomb, password, damaged."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = names_of(archive, limits)
            parts = {name: archive.read(name) for name in names if not DROPPED.match(name)}
    except Refused:
        raise
    except (KeyError, *BROKEN_ARCHIVE):
        raise Refused("damaged") from None
    if RUNNING.search(parts.get("[Content_Types].xml", b"")):
        raise Refused("macros")
    if b"oleObject" in parts.get("[Content_Types].xml", b""):
        raise Refused("embedded")
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, PACKED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, clean_part(name, part, kind, limits, is_nested))
    return Cleaned(written.getvalue())


def names_of(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    """The parts to read, once it is clear that they fit. What an entry claims to unpack to is
    what is read of it at most, so claims may be added up."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    names = [entry.filename for entry in entries]
    if len(names) > limits.entries or sum(e.file_size for e in entries) > limits.unpacked:
        raise Refused("archive-bomb")
    if len({name.lower() for name in names}) < len(names):
        raise Refused("damaged")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("password")
        steps = entry.filename.replace("\\", "/").split("/")
        if ".." in steps or "" in steps or entry.compress_type not in (0, zipfile.ZIP_DEFLATED):
            raise Refused("damaged")
        if RUNNING_PART.search(entry.filename):
            raise Refused("macros")
    return names


def clean_part(name: str, part: bytes, kind: Kind, limits: Limits, is_nested: bool) -> bytes:
    """One part, by what its name says it is and its content confirms."""
    if name.endswith((".xml", ".rels", ".vml")):
        return office_parts.clean_markup(name, part, lambda target: bool(DROPPED.match(target)))
    if NESTED.search(name) and not is_nested:
        inner = Kind.DOCX if name.lower().endswith("docx") else Kind.XLSX
        return clean(part, inner, limits, is_nested=True).content
    if PICTURE.search(name):
        return stripping.strip_picture(part)
    if part.startswith(
        (b"PK\x03\x04", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")
    ):
        raise Refused("embedded")
    return part
