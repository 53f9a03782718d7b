"""Recordings as evidence: the sound stays bit for bit, names and places beside it go.

A phone names a recording after the street it was made in; that name lies in tags, which are taken
off (MP3) or blanked in place (M4A), so that no offset into the sound moves.
"""

import struct

from niangjia.core.cleaning.kinds import Cleaned, Kind, Limits
from niangjia.core.cleaning.refusal import Refused
from niangjia.core.cleaning.sniffing import is_mpeg_audio

CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}
#: Boxes that describe: user data, tags, extensions, padding.
DESCRIBING = {b"udta", b"meta", b"uuid", b"free", b"skip", b"wide"}
DEEPEST = 8
NARROW_BAND, WIDE_BAND = b"#!AMR\n", b"#!AMR-WB\n"
#: Kind of frame → bytes after the first; 15 is silence that was not sent.
NARROW = dict(enumerate((12, 13, 15, 17, 19, 20, 26, 31, 5))) | {15: 0}
WIDE = dict(enumerate((17, 23, 32, 36, 40, 46, 50, 58, 60, 5))) | {14: 0, 15: 0}


def clean(content: bytes, kind: Kind, limits: Limits) -> Cleaned:
    """The sound without its tags. Raises `Refused("damaged")` when it is no recording."""
    if kind is Kind.MP3:
        return Cleaned(without_tags(content))
    if kind is Kind.M4A:
        blanked = bytearray(content)
        blank_boxes(blanked, 0, len(blanked), depth=0)
        return Cleaned(bytes(blanked))
    return Cleaned(whole_frames(content))


def without_tags(content: bytes) -> bytes:
    """MP3 without ID3v2 before, ID3v1 and APE behind the frames. What a player would search for
    its first frame is searched here too, within 64 KiB."""
    start = 0
    while content[start : start + 3] == b"ID3" and len(content) >= start + 10:
        high, mid, low, last = content[start + 6 : start + 10]
        start += 10 + (high << 21 | mid << 14 | low << 7 | last)
    end = len(content)
    if content[end - 128 : end - 125] == b"TAG":
        end -= 128
    if content[end - 32 : end - 24] == b"APETAGEX":
        end = max(start, end - struct.unpack("<I", content[end - 20 : end - 16])[0])
    for at in range(start, min(start + 65_536, end)):
        if content[at] == 0xFF and is_mpeg_audio(content[at : at + 4096]):
            return content[at:end]
    raise Refused("damaged")


def whole_frames(content: bytes) -> bytes:
    """AMR up to its last whole frame: what hangs behind for another program is cut off.

    A frame begins with a byte that says its kind and so its length (RFC 4867, 5.3).
    """
    is_wide = content.startswith(WIDE_BAND)
    lengths, start = (WIDE, len(WIDE_BAND)) if is_wide else (NARROW, len(NARROW_BAND))
    at = start
    while at < len(content) and content[at] & 0x83 == 0:
        length = lengths.get(content[at] >> 3)
        if length is None or at + 1 + length > len(content):
            break
        at += 1 + length
    if at == start:
        raise Refused("damaged")
    return content[:at]


def blank_boxes(content: bytearray, start: int, end: int, *, depth: int) -> None:
    """Turn every describing box between `start` and `end` into free space of the same length."""
    at = start
    while at + 8 <= end:
        length, header = struct.unpack(">I", content[at : at + 4])[0], 8
        name = bytes(content[at + 4 : at + 8])
        if length == 1 and at + 16 <= end:
            length, header = struct.unpack(">Q", content[at + 8 : at + 16])[0], 16
        if length == 0:
            length = end - at
        if length < header or at + length > end or depth > DEEPEST:
            raise Refused("damaged")
        if name in DESCRIBING:
            content[at + 4 : at + 8] = b"free"
            content[at + header : at + length] = bytes(length - header)
        elif name in CONTAINERS:
            blank_boxes(content, at + header, at + length, depth=depth + 1)
        at += length
