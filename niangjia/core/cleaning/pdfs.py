"""PDF: the pages as they are seen, and nothing that runs, opens, submits or tells of its maker.

The pages are carried over into a new document. What hangs elsewhere (scripts, launch actions,
attachments, forms, names, metadata) has no way to come along; notes and filled-in fields become
part of the page they stand on.
"""

import zlib
from io import BytesIO

import pikepdf

from niangjia.core.cleaning import stripping
from niangjia.core.cleaning.kinds import Cleaned, Kind, Limits
from niangjia.core.cleaning.refusal import Refused

#: What of a page goes on (ISO 32000-2, table 31).
PAGE_KEYS = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit",
    "/Group",
}  # fmt: skip
#: What may hang on a form, a picture or a font and is never needed to draw it.
UNWANTED = ("/AF", "/Alternates", "/LastModified", "/Metadata", "/OPI", "/PieceInfo", "/PS", "/Ref")
#: Streams that are no drawing, should anything still lead to one.
CARGO = ("/EmbeddedFile", "/Metadata")
UNPACKING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
STEP = 1 << 20


def clean(content: bytes, kind: Kind, limits: Limits) -> Cleaned:
    """The pages of `content` in a new document.

    Raises `Refused`: password, too-many-pages, too-large-inside, too-many-pixels, damaged.
    """
    try:
        with pikepdf.open(BytesIO(content)) as given:
            pages = len(given.pages)
            if pages == 0:
                raise Refused("damaged")
            if pages > limits.pages:
                raise Refused("too-many-pages", pages=limits.pages)
            refuse_bombs(given, limits)
            flatten(given)
            return Cleaned(written(given), pages=pages)
    except pikepdf.PasswordError:
        raise Refused("password") from None
    except MemoryError:
        raise Refused("too-complex") from None
    except (
        pikepdf.PdfError,
        pikepdf.ForeignObjectError,
        RuntimeError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        NotImplementedError,
        RecursionError,
    ):
        raise Refused("damaged") from None


def flatten(given: pikepdf.Pdf) -> None:
    """Draw what stands in forms and notes into the pages, as a screen shows it."""
    if "/AcroForm" in given.Root:
        given.generate_appearance_streams()
    given.flatten_annotations("screen")


def written(given: pikepdf.Pdf) -> bytes:
    """The pages of `given`, bare, as a document of its own with no author and no date."""
    with pikepdf.new() as bare:
        bare.pages.extend(given.pages)
        for page in bare.pages:
            for key in set(page.obj.keys()) - PAGE_KEYS:
                del page.obj[key]
        # Which layers are switched off: without it, what was hidden would show.
        if "/OCProperties" in given.Root:
            layers = given.make_indirect(given.Root.OCProperties)
            bare.Root.OCProperties = bare.copy_foreign(layers)
        for thing in bare.objects:
            if isinstance(thing, pikepdf.Stream):
                strip(thing)
        made = BytesIO()
        bare.save(made, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return made.getvalue()


def strip(stream: pikepdf.Stream) -> None:
    """Take from one stream what is not drawn, and from a photo what is not its pixels."""
    for key in UNWANTED:
        if key in stream:
            del stream[key]
    if stream.get("/Type") in CARGO or stream.get("/Subtype") == "/PS":
        stream.write(b"")
    elif stream.get("/Subtype") == "/Image" and filters(stream) == ["/DCTDecode"]:
        stripped = stripping.strip_jpeg(stream.read_raw_bytes())
        transform = stream.get("/DecodeParms")
        stream.write(stripped, filter=pikepdf.Name.DCTDecode)
        if transform is not None:
            stream.DecodeParms = transform


def filters(stream: pikepdf.Object) -> list[str]:
    """The names of a stream's filters, in the order of decoding."""
    named = stream.get("/Filter")
    if named is None:
        return []
    return [str(one) for one in named] if isinstance(named, pikepdf.Array) else [str(named)]


def refuse_bombs(given: pikepdf.Pdf, limits: Limits) -> None:
    """Refuse pictures and streams that are small on disk and huge when somebody opens them."""
    unpacked = 0
    for thing in given.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        if thing.get("/Subtype") == "/Image":
            area = int(thing.get("/Width", 0)) * int(thing.get("/Height", 0))
            # A page scanned at 600 dpi in one bit has 35 million pixels; bits count, not dots.
            if area * min(int(thing.get("/BitsPerComponent", 1)), 8) > 8 * limits.pixels:
                raise Refused("too-many-pixels", megapixels=limits.pixels // 1_000_000)
        names = filters(thing)
        if sum(name in UNPACKING for name in names) > 1:
            raise Refused("too-large-inside")
        if names and names[0] in ("/FlateDecode", "/Fl"):
            unpacked += unpacked_size(thing.read_raw_bytes(), 4 * limits.unpacked - unpacked)


def unpacked_size(packed: bytes, most: int) -> int:
    """How many bytes `packed` becomes, counted without keeping them. Raises `Refused`."""
    inflating, size, rest = zlib.decompressobj(), 0, packed
    while rest and not inflating.eof:
        try:
            size += len(inflating.decompress(rest, STEP))
        except zlib.error:
            return size
        rest = inflating.unconsumed_tail
        if size > most:
            raise Refused("too-large-inside")
    return size
