"""Recordings keep their sound bit for bit and lose what a phone wrote beside it."""

import struct
from io import BytesIO

import pytest

from niangjia.core import errors, files
from niangjia.core.tests import hostile


def cleaned(content):
    return files.examine(BytesIO(content), name="x").content


def test_tags_before_and_behind_an_mp3_are_gone():
    given = hostile.mp3()
    assert b"CANARY" in given, "control: they were there"
    assert cleaned(given) == hostile.MPEG_FRAME * 3


def test_ape_tags_are_gone():
    tag = b"APETAGEX" + struct.pack("<II", 2000, 32 + 6) + bytes(16)
    assert cleaned(hostile.mp3(tags=False) + b"CANARY" + tag) == hostile.MPEG_FRAME * 3


def test_an_mp3_without_tags_stays_as_it_is():
    assert cleaned(hostile.mp3(tags=False)) == hostile.mp3(tags=False)


def test_a_street_name_in_an_m4a_is_blanked_and_no_offset_moves():
    given = hostile.m4a()
    left = cleaned(given)
    assert b"CANARY" in given, "control: it was there"
    assert b"CANARY" not in left
    assert len(left) == len(given)
    assert left.find(b"sound" * 50) == given.find(b"sound" * 50)


def test_boxes_with_long_lengths_are_followed():
    long = struct.pack(">I", 1) + b"udta" + struct.pack(">Q", 16 + 6) + b"CANARY"
    moov = hostile.box(b"moov", hostile.box(b"trak", hostile.handler(b"soun")) + long)
    left = cleaned(hostile.box(b"ftyp", b"M4A " + bytes(4)) + moov)
    assert b"CANARY" not in left


@pytest.mark.parametrize("length", [0, 1, 7, 2**31, 2**32 - 1])
def test_a_box_that_ends_outside_is_damage_and_not_a_crash(length):
    bad = struct.pack(">I", length) + b"udta" + b"CANARY"
    given = hostile.m4a() + hostile.box(b"moov", bad)
    if length == 0:
        assert b"CANARY" not in cleaned(given)
        return
    with pytest.raises(errors.Invalid) as refused:
        cleaned(given)
    assert refused.value.code == "file-damaged"


def test_boxes_in_boxes_without_end():
    deep = b""
    for _ in range(500):
        deep = hostile.box(b"trak", deep)
    with pytest.raises(errors.Invalid):
        cleaned(hostile.m4a() + deep)


@pytest.mark.parametrize(
    "tail", [b"PK\x03\x04CANARY", b"<script>CANARY</script>", b"\x3c" + bytes(30)]
)
def test_what_hangs_behind_an_amr_is_cut_off(tail):
    assert cleaned(hostile.amr(3) + tail) == hostile.amr(3)


def test_wide_band_and_silence_are_known():
    content = b"#!AMR-WB\n" + b"\x04" + bytes(17) + b"\x7c" + b"\x44" + bytes(60)
    assert cleaned(content) == content


def test_an_amr_without_sound_is_damaged():
    with pytest.raises(errors.Invalid):
        cleaned(b"#!AMR\n<script>alert(1)</script>")
