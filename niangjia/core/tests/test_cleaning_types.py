"""What a file is, is told by its content; what is not taken is refused in words that help."""

from io import BytesIO

import pytest
from django.utils import translation

from niangjia.core import errors, files
from niangjia.core.cleaning import sniffing
from niangjia.core.cleaning.refusal import Refused
from niangjia.core.files import reasons
from niangjia.core.files.receiving import Receiver
from niangjia.core.tests import hostile

SVG = b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def examined(content, name="x", **more):
    return files.examine(BytesIO(content), name=name, **more)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (hostile.photo(), "jpeg"),
        (hostile.photo(form="PNG"), "png"),
        (hostile.photo(form="WEBP", exif=False), "webp"),
        (hostile.pdf(), "pdf"),
        (hostile.word(), "docx"),
        (hostile.excel(), "xlsx"),
        (hostile.mp3(), "mp3"),
        (hostile.mp3(tags=False), "mp3"),
        (hostile.m4a(), "m4a"),
        (hostile.m4a(brand=b"isom"), "m4a"),
        (hostile.amr(), "amr"),
    ],
)
def test_the_content_says_the_kind_and_the_name_follows(content, kind):
    """Each is sent as a program; nothing but the content is believed."""
    found = examined(content, name="C:\\photos\\salary.exe")
    assert found.kind == kind
    assert found.name == "salary" + files.Kind(kind).extension
    assert sniffing.kind_of(found.content) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\0" + bytes(64), "program"),
        (b"\x7fELF" + bytes(64), "program"),
        (b"\xcf\xfa\xed\xfe" + bytes(64), "program"),
        (b"#!/bin/sh\nrm -rf /", "program"),
        (SVG, "drawing"),
        (b"\xef\xbb\xbf  <svg onload=alert(1)>", "drawing"),
        (SVG.decode().encode("utf-16"), "web-page"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "web-page"),
        (b"<html>", "web-page"),
        (b"{\\rtf1 hello}", "old-office"),
        (OLE, "old-office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (hostile.archive({"a.txt": "a"}), "archive"),
        (b"Rar!\x1a\x07\x01", "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"GIF89a", "other-picture"),
        (hostile.box(b"ftyp", b"heic" + bytes(4) + b"mif1heic"), "heic"),
        (hostile.box(b"ftyp", b"mif1" + bytes(4) + b"mif1heic"), "heic"),
        (hostile.m4a(kind=b"vide", brand=b"mp42"), "video"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "other-recording"),
        (b"plain words", "unknown"),
        (b"\xff\xfbnot a frame after this one", "unknown"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "damaged"),
        (b"%PDF-1.7\nnothing else", "damaged"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (b"ID3\x04\0\0\0\0\0\x05hello, no sound here", "damaged"),
    ],
)
def test_what_is_refused_says_why_and_what_to_do(content, code):
    with pytest.raises(errors.Invalid) as refused:
        examined(content, name="photo.jpg", field="evidence")
    assert refused.value.code == f"file-{code}"
    assert list(refused.value.fields) == ["evidence"]


def test_a_renamed_program_is_called_one():
    with translation.override("zh-hans"), pytest.raises(errors.Invalid, match="程序"):
        examined(b"MZ\x90\0" + bytes(64), name="工资条.jpg")


def test_a_kind_that_is_not_wanted_here_says_which_are():
    with translation.override("en"), pytest.raises(errors.Invalid) as refused:
        examined(hostile.mp3(), allowed={files.Kind.PDF, files.Kind.JPEG, files.Kind.PNG})
    said = "This is an MP3 recording. Here you can send a JPEG photo, a PNG picture or a PDF."
    assert str(refused.value.message) == said


def test_a_field_asks_for_jpeg_so_that_a_phone_converts():
    asked = files.accept_attribute({files.Kind.PDF, files.Kind.JPEG})
    assert asked == "image/jpeg,application/pdf,.jpg,.pdf"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_reason_has_words_in_both_languages(language):
    values = {"megabytes": 20, "megapixels": 50, "pages": 100, "kind": "pdf"}
    with translation.override(language):
        for code in reasons.WORDS:
            error = reasons.refusal(code, field="f", allowed=files.PHOTOS, values=values)
            assert "%(" not in str(error.message)
            has_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in str(error.message))
            assert has_chinese is (language == "zh-hans")


class TestSize:
    def test_a_file_over_the_limit_is_not_read_to_its_end(self):
        class Endless:
            def read(self, size):
                return bytes(size)

        with pytest.raises(errors.Invalid) as refused:
            files.examine(Endless(), name="x")
        assert refused.value.code == "file-too-large"

    def test_one_at_the_limit_is_taken(self):
        content = hostile.amr(3)
        assert examined(content, limits=files.Limits(size=102)).size == 102
        with pytest.raises(errors.Invalid, match="MB"):
            examined(content, limits=files.Limits(size=101))

    def test_of_an_upload_too_large_nothing_is_kept_but_its_size(self):
        receiver = Receiver()
        receiver.new_file("f", "x.pdf", "application/pdf", None)
        for _ in range(21):
            receiver.receive_data_chunk(bytes(1_000_000), 0)
        upload = receiver.file_complete(21_000_000)
        assert (upload.size, upload.read()) == (21_000_000, b"")
        with pytest.raises(errors.Invalid) as refused:
            files.examine(upload, name="x")
        assert refused.value.code == "file-too-large"

    def test_control_a_smaller_one_is_kept_whole(self):
        receiver = Receiver()
        receiver.new_file("f", "x.amr", "", None)
        receiver.receive_data_chunk(hostile.amr(), 0)
        assert files.examine(receiver.file_complete(70), name="x").content == hostile.amr()


class TestName:
    @pytest.mark.parametrize(
        ("given", "clean"),
        [
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\王小明\\工资条.PDF", "工资条.pdf"),
            ("photo\u202egpj.exe", "photogpj.pdf"),
            ("工资条😀🏳️\u200d🌈.pdf", "工资条.pdf"),
            ("a\r\nContent-Type: x.pdf", "a Content-Type x.pdf"),
            ("invoice.pdf.exe", "invoice.pdf"),
            ("欠" * 300 + ".pdf", "欠" * 60 + ".pdf"),
            ("CON.pdf", "_CON.pdf"),
            (".pdf", "文件.pdf"),
            ("", "文件.pdf"),
            ('<img src=x onerror="1">', "img src=x onerror= 1.pdf"),
            ("e\u0301cole.pdf", "école.pdf"),
            ("𬭎的证明.pdf", "𬭎的证明.pdf"),
        ],
    )
    def test_names_are_fit_to_show_store_and_send_back(self, given, clean):
        with translation.override("zh-hans"):
            assert files.clean_name(given, files.Kind.PDF) == clean


class TestProcessOfItsOwn:
    def test_one_that_dies_is_a_refusal(self, monkeypatch):
        monkeypatch.setattr("sys.executable", "/bin/false")
        with pytest.raises(errors.Invalid) as refused:
            examined(hostile.photo())
        assert refused.value.code == "file-too-complex"

    def test_one_that_takes_too_long_is_a_refusal(self, monkeypatch):
        monkeypatch.setattr("niangjia.core.files.examining.LONGEST_CHECK", 0.001)
        with pytest.raises(errors.Invalid) as refused:
            examined(hostile.photo())
        assert refused.value.code == "file-too-complex"

    def test_when_too_many_are_checked_one_is_asked_to_come_back(self, monkeypatch):
        monkeypatch.setattr("niangjia.core.files.examining.PATIENCE", 0.001)
        from niangjia.core.files import examining

        assert examining.AT_A_TIME.acquire(timeout=1)
        assert examining.AT_A_TIME.acquire(timeout=1)
        try:
            with pytest.raises(errors.Unavailable):
                examined(hostile.photo())
        finally:
            examining.AT_A_TIME.release()
            examining.AT_A_TIME.release()
        assert examined(hostile.photo()).kind == "jpeg"

    def test_it_knows_no_secret(self, monkeypatch):
        monkeypatch.setenv("NIANGJIA_SECRET_KEY", "CANARY")
        seen = {}
        import subprocess

        run = subprocess.run

        def spying(*args, **kwargs):
            seen.update(kwargs["env"])
            return run(*args, **kwargs)

        monkeypatch.setattr(subprocess, "run", spying)
        examined(hostile.photo())
        assert set(seen) == {"PYTHONPATH"}


def test_sniffing_alone_never_fails_otherwise():
    """Every prefix of every kind is a kind or a refusal."""
    for content in (hostile.word(), hostile.m4a(), hostile.mp3(), OLE, SVG, b"\xff\xfe\0"):
        for length in [*range(40), len(content) - 1]:
            try:
                outcome = sniffing.kind_of(content[:length])
            except Refused as refused:
                outcome = refused.code
            assert outcome in {*files.Kind, *reasons.WORDS}
