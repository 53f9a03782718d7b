"""Pictures inside documents: what is beside the pixels is cut out, the pixels stay as they are.

Inside a PDF or a Word document a picture is one of many; encoding all anew would cost time and
sharpness. The containers are walked segment by segment instead (ISO/IEC 10918-1 Annex B; ISO/IEC
15948), and only the segments a decoder needs go on.
"""

import struct

SOI, EOI, SOS = b"\xff\xd8", 0xD9, 0xDA
#: Markers without a length: TEM and RST0–7.
BARE = {0x01, *range(0xD0, 0xD8)}
#: JFIF, colour profile and the transform Adobe writes: without them colours come out wrong.
KEPT_APPLICATION = {0xE0: b"JFIF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"sBIT",
    b"bKGD",
}


def strip_picture(content: bytes) -> bytes:
    """`content` without metadata when it is a JPEG or a PNG, else as it is."""
    if content.startswith(SOI):
        return strip_jpeg(content)
    if content.startswith(PNG_START):
        return strip_png(content)
    return content


def strip_jpeg(content: bytes) -> bytes:
    """Up to the end of the first picture, without comments and foreign application segments.

    What cannot be followed ends the copy: a decoder shows what came before.
    """
    kept, at = [SOI], 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:
            break
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == EOI:
            break
        end = at + 2
        if marker not in BARE:
            if at + 4 > len(content):
                break
            end += struct.unpack(">H", content[at + 2 : at + 4])[0]
        segment = content[at:end]
        if marker == SOS:
            end = end_of_scan(content, end)
            segment = content[at:end]
        if is_needed(marker, segment):
            kept.append(segment)
        at = end
    return b"".join(kept) + bytes([0xFF, EOI])


def end_of_scan(content: bytes, at: int) -> int:
    """Where the entropy-coded data from `at` on ends: at a marker that is no restart."""
    while (at := content.find(b"\xff", at)) != -1 and at + 1 < len(content):
        if content[at + 1] != 0 and content[at + 1] not in BARE:
            return at
        at += 2
    return len(content)


def is_needed(marker: int, segment: bytes) -> bool:
    if marker == 0xFE:
        return False
    if 0xE0 <= marker <= 0xEF:
        wanted = KEPT_APPLICATION.get(marker)
        return wanted is not None and segment[4:].startswith(wanted)
    return True


def strip_png(content: bytes) -> bytes:
    """The chunks a decoder needs, up to the end chunk."""
    kept, at = [PNG_START], len(PNG_START)
    while at + 12 <= len(content):
        length = struct.unpack(">I", content[at : at + 4])[0]
        name, end = content[at + 4 : at + 8], at + 12 + length
        if name in PNG_KEPT:
            kept.append(content[at:end])
        if name == b"IEND":
            break
        at = end
    return b"".join(kept)
