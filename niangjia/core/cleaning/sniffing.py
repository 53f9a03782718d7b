"""What a file is, by its content alone."""

import re
import struct
import zipfile
from io import BytesIO

from niangjia.core.cleaning.kinds import Kind
from niangjia.core.cleaning.refusal import BROKEN_ARCHIVE, Refused

#: First bytes → kind, where they say enough.
ACCEPTED = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"%PDF-", Kind.PDF),
    (b"ID3", Kind.MP3),
    (b"#!AMR\n", Kind.AMR),
    (b"#!AMR-WB\n", Kind.AMR),
)
#: First bytes → code of the refusal, so that people are told what to do instead.
REFUSED = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xfe\xed\xfa", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"dex\n", "program"),
    (b"L\0\0\0\x01\x14\x02\0", "program"),
    (b"#!", "program"),
    (b"{\\rtf", "old-office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"GIF8", "other-picture"),
    (b"BM", "other-picture"),
    (b"II*\0", "other-picture"),
    (b"MM\0*", "other-picture"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV", "video"),
    (b"OggS", "other-recording"),
    (b"fLaC", "other-recording"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:[!?a-z/])", re.IGNORECASE)
#: The kind of one track: version, flags and a reserved word lie between (ISO/IEC 14496-12, 8.4.3).
HANDLER = re.compile(rb"hdlr.{8}(vide|soun|pict)", re.DOTALL)
MAIN_PARTS = (
    (b"wordprocessingml.document.main", Kind.DOCX),
    (b"spreadsheetml.sheet.main", Kind.XLSX),
)


def kind_of(content: bytes) -> Kind:
    """The kind of `content`. Raises `Refused` for anything that is not one of ours."""
    if not content:
        raise Refused("empty")
    for start, kind in ACCEPTED:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF":
        return kind_of_riff(content[8:12])
    if content[4:8] == b"ftyp":
        return kind_of_iso_media(content)
    if content.startswith(b"PK\x03\x04"):
        return kind_of_archive(content)
    if is_mpeg_audio(content):
        return Kind.MP3
    raise Refused(reason_against(content))


def reason_against(content: bytes) -> str:
    """What somebody probably meant to send, as the code of a refusal."""
    for start, code in REFUSED:
        if content.startswith(start):
            return code
    if content.startswith(OLE):
        is_sealed = "EncryptedPackage".encode("utf-16-le") in content
        return "password" if is_sealed else "old-office"
    head = content[:2048]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    if MARKUP.match(head):
        return "drawing" if b"<svg" in content[:65_536].lower() else "web-page"
    return "unknown"


def kind_of_riff(form: bytes) -> Kind:
    if form == b"WEBP":
        return Kind.WEBP
    raise Refused({b"WAVE": "other-recording", b"AVI ": "video"}.get(form, "unknown"))


def kind_of_iso_media(content: bytes) -> Kind:
    """M4A, HEIC and films share a container: brands and the kinds of track tell them apart."""
    length = struct.unpack(">I", content[:4])[0]
    brands = {content[8:12]} | {content[at : at + 4] for at in range(16, min(length, 256), 4)}
    if content[8:12] in HEIF_BRANDS or (b"mif1" in brands and not HANDLER.search(content)):
        raise Refused("heic")
    if set(HANDLER.findall(content)) & {b"vide", b"pict"} or not HANDLER.search(content):
        raise Refused("video")
    return Kind.M4A


def kind_of_archive(content: bytes) -> Kind:
    """A document of Word or Excel is an archive that says what its main part is."""
    try:
        with (
            zipfile.ZipFile(BytesIO(content)) as archive,
            archive.open("[Content_Types].xml") as part,
        ):
            types = part.read(1_000_000)
    except KeyError:
        raise Refused("archive") from None
    except BROKEN_ARCHIVE:
        raise Refused("damaged") from None
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused("macros")
    for name, kind in MAIN_PARTS:
        if name in types:
            return kind
    raise Refused("archive")


def is_mpeg_audio(content: bytes) -> bool:
    """Whether it begins with a frame header of MPEG audio layer III that another one follows.

    Header: 11 bits of sync, version, layer, bit rate, sampling rate (ISO/IEC 11172-3, 2.4.1.3).
    """
    length = frame_length(content[:4])
    return bool(length and frame_length(content[length : length + 4]))


RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def frame_length(header: bytes) -> int:
    """Bytes in a frame of layer III with this header; 0 when it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, rate, kbits = header[1] >> 3 & 3, header[2] >> 2 & 3, header[2] >> 4
    if version == 1 or rate == 3 or kbits in (0, 15):
        return 0
    bits = (KBITS_1 if version == 3 else KBITS_2)[kbits] * 1000
    return (144 if version == 3 else 72) * bits // RATES[version][rate] + (header[2] >> 1 & 1)
