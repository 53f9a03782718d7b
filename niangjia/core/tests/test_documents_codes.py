"""What proves a paper: the code beside the seal, by QR and by hand."""

import re

import pytest
import segno

from niangjia.core import documents, qr
from niangjia.core.documents import Seal, seals
from niangjia.core.tests import letters

SCALE = 6
MM = 72 / 25.4 * SCALE


def test_the_qr_code_on_paper_is_the_address():
    """Module by module: what is printed is what the encoder made of the address."""
    made = documents.render(letters.plain(verification=letters.FULL.verification))
    picture = letters.pages(made)[0].render(scale=SCALE).to_pil().convert("RGB")
    picture = picture.getchannel("R")  # what is red does not count
    strip = picture.crop((int(28 * MM), int(37 * MM), int(54 * MM), int(250 * MM)))
    dark = strip.point(lambda value: 255 * (value < 100)).getbbox()
    expected = segno.make(letters.FULL.verification.url, error="q", micro=False).matrix
    module = 22 * MM / len(expected)
    left, top = dark[0], dark[1]
    printed = [
        [
            int(
                strip.getpixel((left + int((x + 0.5) * module), top + int((y + 0.5) * module)))
                < 128
            )
            for x in range(len(expected))
        ]
        for y in range(len(expected))
    ]
    assert printed == [list(row) for row in expected]


def test_control_another_address_is_another_code():
    assert qr.on_paper("https://a.example/") != qr.on_paper("https://b.example/")


def test_nothing_of_the_text_gets_into_the_page():
    assert "<script>" not in qr.on_screen('"><script>')


class TestCodes:
    def test_codes_are_random_and_well_read(self):
        made = {documents.new_code() for _ in range(500)}
        assert len(made) == 500
        assert all(
            re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", c) for c in made
        )

    @pytest.mark.parametrize(
        "typed", ["7K2M-9QXC-4T0B", "7k2m9qxc4t0b", " 7K2M 9QXC 4TOB ", "7K2M-9QXC-4toB"]
    )
    def test_however_it_is_typed(self, typed):
        assert documents.typed_code(typed) == letters.CODE

    @pytest.mark.parametrize("typed", ["", "7K2M", "7K2M-9QXC-4T0B-1", "7K2M-9QXC-4T0!", "欠薪"])
    def test_what_can_be_no_code(self, typed):
        assert documents.typed_code(typed) is None


class TestSeal:
    def test_a_demonstration_says_so(self):
        real, shown = seals.svg(Seal("某工会")), seals.svg(Seal("某工会", is_demonstration=True))
        assert len(shown) > len(real)
        assert seals.svg(Seal("某工会")) == real

    @pytest.mark.parametrize("length", [1, 2, 8, 20, 40])
    def test_letters_stay_between_ring_and_star(self, length):
        numbers = [
            tuple(map(float, pair))
            for path in seals.letters_on_ring("总" * length)
            for pair in re.findall(r"(-?\d+\.?\d*)[ ,](-?\d+\.?\d*)", absolute(path))
        ]
        distances = [((x - 210) ** 2 + (y - 210) ** 2) ** 0.5 for x, y in numbers]
        assert numbers
        assert max(distances) < 200
        assert min(distances) > 90

    def test_letters_without_a_glyph_and_spaces_leave_no_hole(self):
        assert len(seals.letters_on_ring("某 工 会")) == 3
        assert seals.svg(Seal("")).startswith("<svg")


def absolute(path):
    """Only the points a path moves to are read: each is given in full."""
    return " ".join(re.findall(r"M(-?[\d.]+[ ,]-?[\d.]+)", path))
