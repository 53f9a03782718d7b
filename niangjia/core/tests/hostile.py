"""Files that people send by mistake or on purpose, made here; none comes from elsewhere."""

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CANARY = "王小明-CANARY-39.9042N"


def photo(*, size=(64, 48), exif=True, mode="RGB", form="JPEG"):
    """A picture whose left half is red, with the place it was taken beside the pixels."""
    picture = Image.new(mode, size, "blue" if mode == "RGB" else 0)
    if mode == "RGB":
        picture.paste("red", (0, 0, size[0] // 2, size[1]))
    made, more = BytesIO(), {}
    if exif:
        tags = Image.Exif()
        tags[0x010F] = "CANARY phone"
        tags.get_ifd(0x8825)[1], tags.get_ifd(0x8825)[2] = "N", (39.0, 54.0, 15.0)
        more = {"exif": tags.tobytes(), "comment": b"CANARY comment"}
        if form == "PNG":
            del more["comment"]
    picture.save(made, form, **more)
    return made.getvalue()


def png_chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, *, rows=1, extra=b""):
    """A PNG that claims any size and has `rows` rows of grey."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes(width)) * rows, 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + extra
        + png_chunk(b"IDAT", pixels)
        + png_chunk(b"IEND", b"")
    )


def pdf(pages=1, *, change=None, **saving):
    """A PDF with a line of text on each page; `change(document)` adds what is bad about it."""
    with pikepdf.new() as made:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for number in range(pages):
            page = made.add_blank_page()
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = made.make_stream(
                b"BT /F1 24 Tf 72 700 Td (page %d) Tj ET" % (number + 1)
            )
        made.docinfo["/Author"] = CANARY
        if change:
            change(made)
        written = BytesIO()
        made.save(written, **saving)
    return written.getvalue()


def flood(megabytes, start=b""):
    """A zlib stream of `start` and so many megabytes of zeros: one megabyte packed, and repeated.
    Its checksum at the very end is wrong, which is found after all has been unpacked."""
    packing = zlib.compressobj(9)
    before = packing.compress(start) + packing.flush(zlib.Z_FULL_FLUSH)
    once = packing.compress(bytes(1_000_000)) + packing.flush(zlib.Z_FULL_FLUSH)
    return before + once * megabytes + packing.flush()


def packed_pdf(megabytes):
    """A PDF of one page whose catalogue lies in a packed stream of so many megabytes, which must be
    unpacked to find the page at all."""
    packed = flood(megabytes, b"1 0 <</Type/Catalog/Pages 2 0 R>>")
    objects = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<<>>>>",
        5: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
        % (len(packed), packed),
    }
    made, places = b"%PDF-1.5\n", {}
    for number, content in objects.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = [
        (0, 0, 65_535),
        (2, 5, 0),
        (1, places[2], 0),
        (1, places[3], 0),
        (0, 0, 0),
        (1, places[5], 0),
        (1, len(made), 0),
    ]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    return made + (
        b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n%s\nendstream\n"
        b"endobj\nstartxref\n%d\n%%%%EOF" % (len(table), table, len(made))
    )


def archive(parts, **entry):
    """A ZIP with these parts in this order."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return made.getvalue()


def relations(*found):
    """A part of relations: (id, type, target[, mode])."""
    rows = "".join(
        f'<Relationship Id="{one[0]}" Type="{OFFICE}/{one[1]}" Target="{one[2]}"'
        + (f' TargetMode="{one[3]}"' if len(one) > 3 else "")
        + "/>"
        for one in found
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def content_types(main=WORD, part="/word/document.xml", more=""):
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Override PartName="{part}" ContentType="{main}"/>{more}</Types>'
    )


def word(body="<w:p><w:r><w:t>工资条</w:t></w:r></w:p>", *, types="", **parts):
    """A Word document; parts by name with `__` for `/` and `_xml` for `.xml`."""
    held = {
        "[Content_Types].xml": content_types(more=types),
        "_rels/.rels": relations(
            ("r1", "officeDocument", "word/document.xml"),
            ("r2", "metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": f"<x><creator>{CANARY}</creator></x>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }
    return archive({**held, **parts})


def excel(**parts):
    """An Excel workbook with one sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    held = {
        "[Content_Types].xml": content_types(EXCEL, "/xl/workbook.xml"),
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}"><fileSharing userName="{CANARY}"/>'
        "</workbook>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}" xmlns:r="{OFFICE}"><sheetData/>'
        '<pageSetup paperSize="9" r:id="r1"/></worksheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("r1", "printerSettings", "../printerSettings/printerSettings1.bin")
        ),
        "xl/printerSettings/printerSettings1.bin": CANARY.encode("utf-16-le"),
    }
    return archive({**held, **parts})


def bomb(size):
    """A Word document with a picture of `size` zero bytes, a thousandth of that on disk."""
    return word(**{"word/media/image1.bin": bytes(size)})


def box(name, content=b""):
    return struct.pack(">I", 8 + len(content)) + name + content


def handler(kind):
    return box(b"hdlr", bytes(8) + kind + bytes(13))


def m4a(kind=b"soun", brand=b"M4A "):
    """A recording named after the street it was made in."""
    track = box(b"trak", box(b"mdia", handler(kind)) + box(b"udta", CANARY.encode()))
    tags = box(b"udta", box(b"meta", bytes(4) + box(b"ilst", CANARY.encode())))
    return (
        box(b"ftyp", brand + bytes(4) + brand)
        + box(b"moov", track + tags)
        + box(b"mdat", b"sound" * 50)
    )


MPEG_FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def mp3(*, tags=True):
    """Three frames of silence (MPEG 1 layer III, 128 kbit/s, 44.1 kHz) between two tags."""
    said = CANARY.encode()
    before = b"ID3\x04\0\0" + bytes([0, 0, 0, len(said)]) + said
    after = b"TAG" + b"CANARY".ljust(125, b"\0")
    return before * tags + MPEG_FRAME * 3 + after * tags


def amr(frames=2):
    """Frames of 12.2 kbit/s."""
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * frames
