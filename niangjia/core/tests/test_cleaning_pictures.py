"""Photos lose everything but their pixels; pictures that would fill the memory are not opened."""

from io import BytesIO

import pytest
from PIL import Image

from niangjia.core import errors, files
from niangjia.core.cleaning import pictures, stripping
from niangjia.core.cleaning.kinds import Kind, Limits
from niangjia.core.cleaning.refusal import Refused
from niangjia.core.tests import hostile


def examined(content, **more):
    return files.examine(BytesIO(content), name="x", **more)


def opened(content):
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_phone_and_comment_are_gone_and_the_picture_is_there(form):
    given = hostile.photo(form=form)
    assert b"CANARY" in given, "control: it was there"
    found = examined(given)
    assert b"CANARY" not in found.content
    picture = opened(found.content)
    assert not picture.getexif()
    drawing = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}
    assert set(picture.info) <= drawing
    left, right = (
        picture.convert("RGB").getpixel((5, 20)),
        picture.convert("RGB").getpixel((60, 20)),
    )
    assert left[0] > 200 > left[2]
    assert right[2] > 200 > right[0]


def test_a_photo_taken_sideways_is_turned_upright():
    tags = Image.Exif()
    tags[0x0112] = 6
    made = BytesIO()
    Image.new("RGB", (60, 20)).save(made, "JPEG", exif=tags.tobytes())
    found = examined(made.getvalue())
    assert found.pixels == opened(found.content).size == (20, 60)


def test_what_is_appended_for_another_program_is_gone():
    """A picture that is an archive, or a page, at the same time."""
    for tail in (hostile.archive({"run.js": "alert(1)"}), b"<script>alert(1)</script>"):
        found = examined(hostile.photo(exif=False) + tail)
        assert b"alert" not in found.content
        assert b"PK\x03\x04" not in found.content


def test_a_second_picture_inside_is_gone():
    made = BytesIO()
    second = Image.new("RGB", (50, 50), "green")
    Image.new("RGB", (40, 40), "red").save(made, "MPO", save_all=True, append_images=[second])
    assert opened(made.getvalue()).n_frames == 2, "control: there were two"
    found = examined(made.getvalue())
    assert (found.pixels, getattr(opened(found.content), "n_frames", 1)) == ((40, 40), 1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "F"])
@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP])
def test_every_mode_can_be_written(mode, kind):
    written = pictures.encode(Image.new(mode, (8, 8)), kind)
    assert opened(written).size == (8, 8)


def test_transparency_of_a_palette_stays():
    picture = Image.new("P", (4, 4))
    picture.putpalette([255, 0, 0, 0, 255, 0])
    made = BytesIO()
    picture.save(made, "PNG", transparency=0)
    assert opened(examined(made.getvalue()).content).convert("RGBA").getpixel((0, 0))[3] == 0


class TestTooLarge:
    @pytest.mark.parametrize("size", [(30_000, 30_000), (100_000, 1), (1, 100_000)])
    def test_a_huge_picture_is_refused_before_it_is_opened(self, size):
        given = hostile.png(*size)
        assert len(given) < 2_000, "control: it is small to send"
        with pytest.raises(errors.Invalid) as refused:
            examined(given)
        assert refused.value.code == "file-too-many-pixels"

    def test_control_without_the_guard_it_is_decoded(self):
        given = hostile.png(6_000, 2_000, rows=2_000)
        assert examined(given).pixels == (6_000, 2_000)
        with pytest.raises(Refused):
            pictures.clean(given, Kind.PNG, Limits(pixels=11_999_999))

    def test_texts_that_unpack_to_more_than_the_picture_are_stopped(self):
        import zlib

        text = hostile.png_chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(100_000_000), 9))
        with pytest.raises(errors.Invalid):
            examined(hostile.png(10, 10, rows=10, extra=text))

    def test_one_at_the_limit_fits_into_the_memory_of_the_process(self):
        assert examined(hostile.png(10_000, 5_000, rows=5_000)).pixels == (10_000, 5_000)


def test_half_a_photo_is_damaged():
    whole = hostile.photo(size=(400, 400))
    with pytest.raises(errors.Invalid) as refused:
        examined(whole[: len(whole) // 2])
    assert refused.value.code == "file-damaged"


class TestStripping:
    @pytest.mark.parametrize("form", ["JPEG", "PNG"])
    def test_metadata_is_cut_out_and_the_pixels_are_the_same(self, form):
        given = hostile.photo(form=form) + b"CANARY behind the end"
        stripped = stripping.strip_picture(given)
        assert b"CANARY" not in stripped
        assert opened(stripped).tobytes() == opened(given).tobytes()

    def test_a_progressive_photo_keeps_all_its_scans(self):
        made = BytesIO()
        Image.effect_noise((90, 70), 50).save(made, "JPEG", progressive=True, comment=b"CANARY")
        stripped = stripping.strip_picture(made.getvalue())
        assert b"CANARY" not in stripped
        assert opened(stripped).tobytes() == opened(made.getvalue()).tobytes()

    def test_no_garbage_makes_it_fail(self):
        given = hostile.photo()
        for length in range(0, len(given), 3):
            stripping.strip_picture(given[:length])
            stripping.strip_picture(given[:length] + b"\xff\xff\xff")

    def test_other_things_stay_as_they_are(self):
        assert stripping.strip_picture(b"GIF89a") == b"GIF89a"
