"""Documents of Word and Excel: what runs is refused, what tells or fetches is taken out."""

import re
import struct
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from niangjia.core import errors, files
from niangjia.core.cleaning import office
from niangjia.core.cleaning.kinds import Kind, Limits
from niangjia.core.cleaning.refusal import Refused
from niangjia.core.tests import hostile

RELS = "word/_rels/document.xml.rels"


def examined(content, **more):
    return files.examine(BytesIO(content), name="x", **more)


def parts(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def code_for(content, **more):
    with pytest.raises(errors.Invalid) as refused:
        examined(content, **more)
    return refused.value.code.removeprefix("file-")


def has_canary(content):
    return any(b"CANARY" in part or "CANARY".encode("utf-16-le") in part
               for part in parts(content).values())  # fmt: skip


class TestTakenOut:
    def test_properties_and_relations_to_them(self):
        given = hostile.word()
        assert has_canary(given), "control: it was there"
        left = parts(examined(given).content)
        assert set(left) == {"[Content_Types].xml", "_rels/.rels", "word/document.xml"}
        assert b"docProps" not in left["_rels/.rels"]
        assert "工资条".encode() in left["word/document.xml"]

    def test_who_commented_and_changed(self):
        body = (
            f'<w:ins w:author="{hostile.CANARY}" w:id="1"><w:r><w:t>加的</w:t></w:r></w:ins>'
            f'<w:del w:author="{hostile.CANARY}" w:initials="CANARY" w:id="2"/>'
        )
        found = examined(hostile.word(body))
        assert not has_canary(found.content)
        assert "加的".encode() in parts(found.content)["word/document.xml"]

    def test_people_and_custom_parts_with_the_relations_to_them(self):
        found = examined(
            hostile.word(
                **{
                    "word/people.xml": f"<p>{hostile.CANARY}</p>",
                    "customXml/item1.xml": f"<p>{hostile.CANARY}</p>",
                    RELS: hostile.relations(
                        ("a", "people", "people.xml"),
                        ("b", "customXml", "../customXml/item1.xml"),
                        ("c", "styles", "styles.xml"),
                    ),
                }
            )
        )
        left = parts(found.content)
        assert not has_canary(found.content)
        assert re.findall(rb'Id="(.)"', left[RELS]) == [b"c"]

    def test_what_a_workbook_tells(self):
        given = hostile.excel(
            **{"xl/comments1.xml": f"<c><authors><author>{hostile.CANARY}</author></authors></c>"}
        )
        found = examined(given)
        left = parts(found.content)
        assert has_canary(given), "control: it was there"
        assert not has_canary(found.content)
        assert b"pageSetup" in left["xl/worksheets/sheet1.xml"]
        assert b"r:id" not in left["xl/worksheets/sheet1.xml"], "no relation that leads nowhere"

    def test_the_place_a_photo_in_it_was_taken(self):
        given = hostile.word(**{"word/media/image1.jpeg": hostile.photo()})
        assert has_canary(given), "control: it was there"
        found = examined(given)
        assert not has_canary(found.content)
        assert parts(found.content)["word/media/image1.jpeg"].startswith(b"\xff\xd8")

    @pytest.mark.parametrize("kind", ["attachedTemplate", "image", "frame", "oleLink"])
    def test_what_would_be_fetched_on_opening_leads_nowhere(self, kind):
        home = ("a", kind, "https://example.org/CANARY", "External")
        found = examined(hostile.word(**{RELS: hostile.relations(home)}))
        assert not has_canary(found.content)
        assert b'Target="about:blank"' in parts(found.content)[RELS]

    def test_a_link_to_press_stays_and_one_that_runs_does_not(self):
        found = examined(
            hostile.word(
                **{
                    RELS: hostile.relations(
                        ("a", "hyperlink", "https://12351.example/", "External"),
                        ("b", "hyperlink", "file:///c:/CANARY.exe", "External"),
                    )
                }
            )
        )
        assert b"https://12351.example/" in parts(found.content)[RELS]
        assert not has_canary(found.content)

    def test_a_table_in_a_document_is_cleaned_as_well(self):
        found = examined(hostile.word(**{"word/embeddings/sheet1.xlsx": hostile.excel()}))
        inner = parts(found.content)["word/embeddings/sheet1.xlsx"]
        assert b"CANARY" not in b"".join(parts(inner).values())

    def test_when_it_was_packed(self):
        with zipfile.ZipFile(BytesIO(examined(hostile.word()).content)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


class TestRefused:
    @pytest.mark.parametrize(
        ("given", "code"),
        [
            (hostile.word(**{"word/vbaProject.bin": b"x"}), "macros"),
            (hostile.word(types='<Default Extension="bin" ContentType="x.vbaProject"/>'), "macros"),
            (
                hostile.archive(
                    {
                        "[Content_Types].xml": hostile.content_types(
                            "application/vnd.ms-word.document.macroEnabled.main+xml"
                        )
                    }
                ),
                "macros",
            ),
            (hostile.word(**{"word/activeX/activeX1.xml": "<x/>"}), "macros"),
            (
                hostile.word(
                    "<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO "
                    "c:\\\\cmd.exe</w:instrText></w:r></w:p>"
                ),
                "macros",
            ),
            (hostile.excel(**{"xl/externalLinks/e1.xml": "<x><ddeLink/></x>"}), "macros"),
            (hostile.word(**{"word/embeddings/run.exe": b"MZ"}), "macros"),
            (hostile.word(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), "embedded"),
            (hostile.word(**{"word/media/x.bin": b"MZ" + bytes(99)}), "embedded"),
            (hostile.word(**{"word/media/x.bin": hostile.archive({"a": "b"})}), "embedded"),
            (
                hostile.word(
                    **{
                        "word/embeddings/a.docx": hostile.word(
                            **{"word/embeddings/b.docx": hostile.word()}
                        )
                    }
                ),
                "embedded",
            ),
            (hostile.word(**{"word/../../../etc/passwd": b"x"}), "damaged"),
            (hostile.word(**{"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "damaged"),
            (
                hostile.word(
                    **{"word/x.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")}
                ),
                "damaged",
            ),
            (hostile.word(**{"word/x.xml": "<a>"}), "damaged"),
            (hostile.word(**{f"word/m{n}.bin": b"" for n in range(2_001)}), "archive-bomb"),
        ],
    )
    def test_what_runs_hides_or_floods(self, given, code):
        assert code_for(given) == code

    def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(self):
        given = hostile.bomb(101_000_000)
        assert len(given) < 150_000, "control: it is small to send"
        assert code_for(given) == "archive-bomb"

    def test_control_below_the_limit_it_is_unpacked(self):
        given = hostile.bomb(10_000_000)
        assert office.clean(given, Kind.DOCX, Limits()).content
        with pytest.raises(Refused, match="archive-bomb"):
            office.clean(given, Kind.DOCX, Limits(unpacked=9_999_999))

    def test_a_bomb_that_lies_about_its_size_is_damaged(self):
        """Ten megabytes that claim to be ten bytes: no more than ten are unpacked."""
        given = bytearray(hostile.bomb(10_000_000))
        size = struct.pack("<I", 10_000_000)
        while (at := given.find(size)) != -1:
            given[at : at + 4] = struct.pack("<I", 10)
        assert code_for(bytes(given)) == "damaged"

    def test_two_parts_of_one_name(self):
        made = BytesIO(hostile.word())
        with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", "<other/>")
        assert code_for(made.getvalue()) == "damaged"

    def test_parts_under_a_password(self):
        given = bytearray(hostile.word())
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = given.rfind(mark)
            given[at + offset] |= 1
        assert code_for(bytes(given)) in ("password", "damaged")


def test_every_part_is_still_readable_markup():
    for name, part in parts(examined(hostile.excel()).content).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
