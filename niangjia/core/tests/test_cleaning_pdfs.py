"""A PDF goes on as pages that are seen; what runs, opens or tells of its maker stays behind."""

import zlib
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from niangjia.core import errors, files
from niangjia.core.cleaning import pdfs
from niangjia.core.cleaning.kinds import Kind, Limits
from niangjia.core.cleaning.refusal import Refused
from niangjia.core.tests import hostile

Name, Dictionary, Array = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array
NONE = pikepdf.StreamDecodeLevel.none


def examined(content, **more):
    return files.examine(BytesIO(content), name="x", **more)


def texts(content):
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded() for page in document]


def unpacked(content):
    """All there is in it, with streams that can be read unpacked."""
    made = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(
            made,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
        )
    return made.getvalue()


def script(document):
    """JavaScript that runs on opening, on turning the page and by name."""
    run = Dictionary(S=Name.JavaScript, JS="app.alert('CANARY')")
    document.Root.OpenAction = run
    document.Root.AA = Dictionary(WC=run)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", run])))
    document.pages[0].obj.AA = Dictionary(O=run)


def launch(document):
    """A link that starts a program, and one that calls home."""
    start = Dictionary(S=Name.Launch, F="CANARY.exe")
    home = Dictionary(S=Name.URI, URI="https://example.org/?CANARY")
    document.pages[0].obj.Annots = document.make_indirect(
        Array(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 99, 99]), A=action)
            for action in (start, home)
        )
    )


def attachment(document):
    """A file inside the file, by name, by a note on the page and beside a picture."""
    held = document.make_stream(b"MZ CANARY", Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F="run.exe", EF=Dictionary(F=held))
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["run", spec])))
    document.Root.AF = Array([spec])
    page = document.pages[0].obj
    page.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=spec
            )
        ]
    )
    page.Resources.XObject = Dictionary(
        X=document.make_stream(
            b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), AF=Array([spec])
        )
    )


def form(document):
    """An XFA form, which is a program of its own."""
    xfa = document.make_stream(b"<xdp>CANARY</xdp>")
    document.Root.AcroForm = Dictionary(Fields=Array(), XFA=xfa)


def metadata(document):
    """Who made it with what, four times over."""
    xmp = document.make_stream(b"<x>CANARY</x>", Type=Name.Metadata, Subtype=Name.XML)
    document.Root.Metadata = xmp
    page = document.pages[0].obj
    page.Metadata, page.PieceInfo = xmp, Dictionary(App=Dictionary(Private="CANARY"))
    page.Thumb = document.make_stream(b"CANARY")
    page.Resources.XObject = Dictionary(
        X=document.make_stream(
            b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Metadata=xmp
        )
    )


def photo(document):
    """A scan whose photo still says where it was taken."""
    picture = document.make_stream(hostile.photo())
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height = 64, 48
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    picture.Filter = Name.DCTDecode
    page = document.pages[0]
    page.obj.Resources.XObject = Dictionary(I=picture)
    page.contents_add(b"q 64 0 0 48 72 72 cm /I Do Q")


@pytest.mark.parametrize("bad", [script, launch, attachment, form, metadata, photo])
def test_what_runs_opens_or_tells_stays_behind_and_the_page_is_read(bad):
    given = hostile.pdf(2, change=bad)
    assert b"CANARY" in unpacked(given), "control: it was there"
    found = examined(given)
    left = unpacked(found.content)
    for trace in (b"CANARY", b"JavaScript", b"/Launch", b"/URI", b"EmbeddedFile", b"/XFA"):
        assert trace not in left
    assert texts(found.content) == ["page 1", "page 2"]
    assert (found.kind, found.pages) == ("pdf", 2)


def test_a_photo_in_it_is_still_the_photo():
    seen = pypdfium2.PdfDocument(examined(hostile.pdf(change=photo)).content)[0].render().to_pil()
    height = seen.size[1]
    assert seen.getpixel((80, height - 90))[0] > 200
    assert seen.getpixel((80, height - 90))[2] < 60


def test_what_was_filled_in_stays_to_be_read():
    def fill(document):
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T="name",
                V="Zhang San",
                DA="/Helv 12 Tf 0 g",
                Rect=Array([72, 500, 300, 520]),
                F=4,
            )
        )
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        document.Root.AcroForm = Dictionary(
            Fields=Array([field]),
            NeedAppearances=True,
            DR=Dictionary(Font=Dictionary(Helv=helvetica)),
        )
        document.pages[0].obj.Annots = Array([field])

    found = examined(hostile.pdf(change=fill))
    assert "Zhang San" in texts(found.content)[0]
    assert b"/Widget" not in unpacked(found.content)


def test_a_hidden_layer_stays_hidden():
    def hide(document):
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="draft"))
        document.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([]))
        )
        page = document.pages[0]
        page.obj.Resources.Properties = Dictionary(L=layer)
        page.contents_add(b"/OC /L BDC 0 0 200 200 re f EMC")

    seen = pypdfium2.PdfDocument(examined(hostile.pdf(change=hide)).content)[0].render().to_pil()
    assert seen.getpixel((50, seen.size[1] - 50)) == (255, 255, 255)


@pytest.mark.parametrize(
    "tail", [hostile.archive({"run.js": "CANARY"}), b"<script>CANARY</script>"]
)
def test_what_is_appended_for_another_program_is_gone(tail):
    found = examined(hostile.pdf() + tail)
    assert b"PK\x03\x04" not in found.content
    assert b"CANARY" not in unpacked(found.content)
    assert texts(found.content) == ["page 1"]


class TestRefused:
    def test_two_hundred_pages(self):
        with pytest.raises(errors.Invalid) as refused:
            examined(hostile.pdf(200))
        assert refused.value.code == "file-too-many-pages"
        assert examined(hostile.pdf(100)).pages == 100, "control: a hundred are taken"

    def test_a_password(self):
        locked = hostile.pdf(encryption=pikepdf.Encryption(user="secret", owner="x"))
        with pytest.raises(errors.Invalid) as refused:
            examined(locked)
        assert refused.value.code == "file-password"

    def test_one_that_everybody_may_open_is_unlocked(self):
        opened = hostile.pdf(encryption=pikepdf.Encryption(user="", owner="x"))
        assert texts(examined(opened).content) == ["page 1"]

    def test_pages_that_unpack_to_a_flood(self):
        def flood(document):
            page = document.make_stream(b"")
            page.write(hostile.flood(45), filter=Name.FlateDecode)
            document.pages[0].obj.Contents = page

        given = hostile.pdf(change=flood, stream_decode_level=NONE, compress_streams=False)
        assert len(given) < 100_000, "control: it is small to send"
        with pytest.raises(errors.Invalid) as refused:
            examined(given, limits=files.Limits(unpacked=10_000_000))
        assert refused.value.code == "file-too-large-inside"
        assert examined(given).pages == 1, "control: a larger limit lets it pass"

    def test_a_flood_inside_a_flood(self):
        def flood(document):
            packed = document.make_stream(b"")
            packed.write(
                zlib.compress(zlib.compress(bytes(10_000_000), 9), 9),
                filter=Array([Name.FlateDecode, Name.FlateDecode]),
            )
            document.pages[0].obj.Contents = packed

        with pytest.raises(errors.Invalid) as refused:
            examined(hostile.pdf(change=flood, compress_streams=False, stream_decode_level=NONE))
        assert refused.value.code == "file-too-large-inside"

    def test_a_flood_in_the_table_of_objects_breaks_only_its_own_process(self):
        given = hostile.packed_pdf(1_600)
        assert len(given) < 2_000_000, "control: it is small to send"
        with pytest.raises(errors.Invalid) as refused:
            examined(given)
        assert refused.value.code in ("file-too-complex", "file-damaged")
        assert examined(hostile.packed_pdf(1)).pages == 1, "control: without the flood it is a PDF"

    def test_a_picture_of_a_thousand_million_dots(self):
        def huge(document):
            picture = document.make_stream(b"", Subtype=Name.Image, Width=40_000, Height=40_000)
            picture.BitsPerComponent = 8
            document.pages[0].obj.Resources.XObject = Dictionary(I=picture)

        with pytest.raises(errors.Invalid) as refused:
            examined(hostile.pdf(change=huge))
        assert refused.value.code == "file-too-many-pixels"

    def test_pages_that_are_their_own_parents(self):
        def loop(document):
            document.Root.Pages.Kids.append(document.Root.Pages)

        with pytest.raises(errors.Invalid):
            examined(hostile.pdf(change=loop))

    @pytest.mark.parametrize("cut", [30, 200, 400])
    def test_half_a_file_is_damaged_or_what_is_left_of_it(self, cut):
        try:
            outcome = pdfs.clean(hostile.pdf()[:-cut], Kind.PDF, Limits()).pages
        except Refused as refused:
            outcome = refused.code
        assert outcome in (1, "damaged")


def test_the_same_file_is_cleaned_to_the_same_bytes():
    given = hostile.pdf(2, change=metadata)
    assert examined(given).sha256 == examined(given).sha256
