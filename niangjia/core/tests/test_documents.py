"""Letters: what was said is on the paper, can be copied and read aloud, and nothing else is."""

import getpass
import os
import re
import socket
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from niangjia.core import documents
from niangjia.core.documents import Items, Paragraph, Table, fonts
from niangjia.core.tests import letters

MM = 72 / 25.4


@pytest.fixture(scope="module")
def full():
    return documents.render(letters.FULL)


class TestText:
    def test_everything_said_can_be_copied_in_order(self, full):
        copied = letters.text_of(full)
        at = 0
        for said in [
            "示范市示范区总工会",
            "示区工法督函〔2026〕1号",
            "工会劳动法律监督提示函",
            "示范快运有限公司：",
            "职工王𬭎、李䶮、买买提·吐尔逊反映，你单位自2025年8月起",
            "一、欠付情况",
            "王𬭎",
            "7,200.00",
            "1.请于10个工作日内付清。",
            "2.请书面回复。",
            "特此函告。",
            "附件：1.人员名单",
            "2.证据目录",
            "2026年1月2日",
            "联系人：张明",
            "抄送：示范市总工会，示范区人力资源和社会保障局。",
        ]:
            found = copied.find(said, at)
            assert found >= at, said
            at = found
        assert copied.count("示范快运有限公司：") == 1, "one colon, whoever wrote it"
        assert letters.CODE in copied

    def test_the_seal_leaves_no_letters_among_the_text(self, full):
        """The issuer's name: at the head and in the signature, not a third time."""
        assert letters.text_of(full).count("示范市示范区总工会") == 2
        assert "演示专用" not in letters.text_of(full)

    def test_a_letter_there_is_no_glyph_for_is_seen_to_be_missing(self):
        assert ord("𠮷") not in fonts.characters()
        made = documents.render(letters.plain(body=[Paragraph("兹有𠮷田同志")]))
        assert "兹有U+20BB7田同志" in letters.text_of(made)

    def test_every_general_standard_character_of_names_is_there(self):
        rare = "𬭎䶮㛃𬱖𫖯𬀩𬤊𬇕𫘧𫍯𬘡䲟㙦·•〔〕号①㈠○〇—…“”‘’《》￥℃"
        assert not [letter for letter in rare if ord(letter) not in fonts.characters()]

    def test_both_weights_have_the_same_letters(self):
        from fontTools.ttLib import TTFont

        regular = TTFont(fonts.path(400), lazy=True).getBestCmap()
        assert frozenset(regular) == fonts.characters()

    def test_no_text_is_read_as_markup(self):
        said = '#read("/etc/passwd")*b*_i_$x$\\@ref<label>=h-l+e/t//c[a](b)"q"'
        made = documents.render(letters.plain(body=[Paragraph(said)], addressee=said, title=said))
        assert letters.text_of(made).count(said) == 3

    def test_line_breaks_are_paragraphs_and_marks_are_dropped(self):
        made = documents.render(
            letters.plain(body=[Paragraph("一\n\n二\u202e三\x00四\ue000\ufe0f"), Items([])])
        )
        assert "通知一二三四" in letters.text_of(made)

    @settings(max_examples=40, deadline=None)
    @given(st.text(), st.text(), st.lists(st.text(), min_size=1, max_size=3))
    def test_no_words_break_it(self, title, text, row):
        documents.render(
            letters.plain(
                title=f"关于{title}",
                number=text,
                body=[Paragraph(text), Table(row, [row]), Items(row)],
            )
        )


class TestFile:
    def test_fonts_are_embedded_and_cut_down(self, full):
        with pikepdf.open(BytesIO(full)) as document:
            described = [
                thing
                for thing in document.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
            ]
            assert {str(one.FontName)[8:] for one in described} == {
                "NotoSerifSC-Regular",
                "NotoSerifSC-Bold",
            }
            for one in described:
                assert re.match(r"/[A-Z]{6}\+", str(one.FontName))
                assert "/FontFile2" in one or "/FontFile3" in one
        assert len(full) < 150_000, "the whole family has 29,000,000"

    def test_it_is_tagged_for_reading_aloud_and_for_the_archive(self, full):
        with pikepdf.open(BytesIO(full)) as document:
            assert document.Root.MarkInfo.Marked
            assert document.Root.Lang == "zh-CN"
            with document.open_metadata() as said:
                assert said["pdfaid:part"] == "2"
                assert said["pdfaid:conformance"] == "A"
                assert said["pdfuaid:part"] == "1"
                assert said["dc:title"] == letters.FULL.title
        tags = set(re.findall(rb"/S /([A-Z]\w*)", letters.unpacked(full)))
        assert {b"H1", b"H2", b"P", b"Table", b"TH", b"TD", b"L", b"LI", b"Figure"} <= tags

    def test_pictures_say_what_they_show(self, full):
        with pikepdf.open(BytesIO(full)) as document:
            alternatives = {
                str(thing.Alt)
                for thing in document.objects
                if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
            }
        assert alternatives == {
            "演示用印章，不具效力：示范市示范区总工会",
            f"二维码：https://niangjia.example/verify/{letters.CODE}",
        }

    def test_the_same_letter_is_the_same_bytes(self, full):
        assert documents.render(replace(letters.FULL)) == full

    def test_in_another_place_and_time_zone_too(self, full):
        render = (
            "import sys; from niangjia.core import documents; from niangjia.core.tests import "
            "letters; sys.stdout.buffer.write(documents.render(letters.FULL))"
        )
        made = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-c", render],
            env={**os.environ, "TZ": "America/New_York", "HOME": "/elsewhere", "LANG": "C"}
            | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"}
            | {"DJANGO_SETTINGS_MODULE": "niangjia.settings"},
            capture_output=True,
            check=True,
        )
        assert made.stdout == full

    def test_control_another_letter_is_another(self, full):
        assert documents.render(replace(letters.FULL, contact="")) != full

    def test_nothing_gets_in_that_was_not_passed_in(self, full, monkeypatch):
        monkeypatch.setenv("USER", "CANARY")
        monkeypatch.setenv("NIANGJIA_SECRET_KEY", "CANARY")
        made = letters.unpacked(documents.render(letters.FULL))
        for trace in ("CANARY", getpass.getuser(), socket.gethostname(), os.getcwd(), "/home/"):
            if len(trace) > 3:
                assert trace.encode() not in made
        assert b"JavaScript" not in made
        assert b"/URI" not in made

    def test_control_what_is_passed_in_is_found(self):
        made = documents.render(letters.plain(issuer="CANARY union", body=[Paragraph("CANARY")]))
        assert b"CANARY" in letters.unpacked(made)
        assert letters.text_of(made).count("CANARY") == 3


LONG = "示范省示范自治州示范自治县新就业形态劳动者联合工会第二届委员会"


class TestLayout:
    @pytest.mark.parametrize(
        "letter",
        [
            letters.FULL,
            letters.plain(issuer=LONG, title=LONG * 3, addressee=LONG * 2, number=LONG),
            letters.plain(body=[Paragraph("欠" * 2_000), Paragraph("a" * 900)]),
            letters.plain(body=[Paragraph("https://example.org/" + "path/" * 60)]),
            letters.plain(body=[Table(["月"] * 10, [[f"{n}000.00" for n in range(10)]] * 60)]),
            letters.plain(body=[Table(["说明", "姓名"], [["说" * 900, "n" * 90]])]),
            letters.plain(attachments=["附" * 200, "b" * 200], copies_to=[LONG] * 8),
            replace(letters.FULL, issuer=LONG, seal=documents.Seal(LONG)),
            replace(
                letters.FULL,
                verification=documents.Verification("https://e.org/" + "x" * 150, letters.CODE),
            ),
        ],
    )
    def test_nothing_stands_outside_the_type_area(self, letter):
        for page in letters.pages(documents.render(letter)):
            text = page.get_textpage()
            for at in range(text.count_chars()):
                if not text.get_text_range(at, 1).strip():
                    continue
                left, bottom, right, top = text.get_charbox(at)
                assert left >= 28 * MM - 2
                assert right <= (210 - 26) * MM + 3
                assert bottom >= 15 * MM
                assert top <= (297 - 34) * MM

    def test_it_is_a4(self, full):
        sizes = {
            tuple(round(side / MM) for side in page.get_size()) for page in letters.pages(full)
        }
        assert sizes == {(210, 297)}

    @pytest.mark.parametrize("lines", range(1, 40, 3))
    def test_the_signature_never_stands_on_a_page_by_itself(self, lines):
        body = [Paragraph("正文。") for _ in range(lines)] + [Paragraph("特此通知。")]
        made = documents.render(letters.plain(body=body, seal=documents.Seal("某厂工会")))
        signed = [
            text
            for page in letters.pages(made)
            if "10 月 1 日" in (text := page.get_textpage().get_text_bounded())
        ]
        assert len(signed) == 1
        assert "特此通知" in signed[0]

    def test_every_page_carries_its_number_and_the_code(self):
        made = documents.render(replace(letters.FULL, body=[Paragraph("正文。" * 900)]))
        texts = [page.get_textpage().get_text_bounded() for page in letters.pages(made)]
        assert len(texts) > 2
        for number, text in enumerate(texts, 1):
            assert f"— {number} —" in text
            assert letters.CODE in text

    @pytest.mark.parametrize("said", [{"title": " "}, {"issuer": "\u200b"}])
    def test_a_letter_without_title_or_issuer_is_a_mistake(self, said):
        with pytest.raises(ValueError, match="issuer and a title"):
            documents.render(letters.plain(**said))

    def test_a_row_of_another_length_is_a_mistake(self):
        with pytest.raises(ValueError, match="as many cells"):
            documents.render(letters.plain(body=[Table(["a", "b"], [["c"]])]))


def test_numbers_and_dates_are_written_as_the_standard_says():
    assert documents.document_number("京工函", 2026, 12) == "京工函〔2026〕12 号"
    assert documents.date_in_words(letters.FULL.issued_date) == "2026 年 1 月 2 日"
