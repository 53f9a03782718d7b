"""Stored files are read by nobody without the record's key, and never other than they were."""

import hashlib
import re
import secrets

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from niangjia.core import files
from niangjia.core.files import serving, storing
from niangjia.core.models import FileChunk, StoredFile

pytestmark = pytest.mark.django_db
KEY, CONTEXT = secrets.token_bytes(32), b"cases.case:1"
CANARY = "王小明的工资条CANARY"


def examined(content=b"", name="工资条.pdf", kind=files.Kind.PDF):
    return files.Examined(
        kind=kind,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        pages=3,
    )


@pytest.fixture
def stored(monkeypatch):
    """Four pieces, the last one short."""
    monkeypatch.setattr(storing, "CHUNK_BYTES", 100)
    return files.store(examined=examined(bytes(range(250)) + bytes(100)), key=KEY, context=CONTEXT)


def whole(stored, key=KEY, context=CONTEXT):
    return files.open_stored(stored, key=key, context=context).read()


@pytest.mark.parametrize("suite", ["sm4-gcm-sm3", "aes256-gcm-sha256"])
def test_what_was_stored_comes_back(settings, suite):
    settings.NIANGJIA_CIPHER_SUITE = suite
    content = secrets.token_bytes(600_000)
    stored = files.store(examined=examined(content), key=KEY, context=CONTEXT)
    settings.NIANGJIA_CIPHER_SUITE = "sm4-gcm-sm3"
    opened = files.open_stored(StoredFile.objects.get(pk=stored.pk), key=KEY, context=CONTEXT)
    assert [len(piece) for piece in opened.chunks()] == [262_144, 262_144, 75_712]
    assert opened.read() == content
    assert (opened.name, opened.kind, opened.size, opened.pages) == (
        "工资条.pdf",
        files.Kind.PDF,
        600_000,
        3,
    )
    assert opened.sha256 == hashlib.sha256(content).hexdigest()


def test_the_tables_tell_nothing_of_it():
    content = CANARY.encode() * 100
    stored = files.store(examined=examined(content, name=f"{CANARY}.pdf"), key=KEY, context=CONTEXT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f::text || encode(f.head, 'escape') || encode(c.sealed, 'escape') || c::text"
            " FROM core_storedfile f JOIN core_filechunk c ON c.file_id = f.id WHERE f.id = %s",
            [stored.pk],
        )
        rows = "".join(row for (row,) in cursor.fetchall())
    digest = hashlib.sha256(content).hexdigest()
    for trace in ("CANARY", CANARY, content[:30].hex(), digest, "pdf", "工资条"):
        assert trace not in rows
    assert whole(stored) == content, "control: it is there"


@pytest.mark.parametrize(
    ("key", "context"),
    [(secrets.token_bytes(32), CONTEXT), (KEY, b"cases.case:2"), (KEY, b"")],
    # Without them the bytes would be the name, and every worker would collect other tests.
    ids=["another key", "another record", "no record"],
)
def test_another_key_or_record_reads_nothing(stored, key, context):
    with pytest.raises(InvalidTag):
        files.open_stored(stored, key=key, context=context)


def test_a_key_has_32_bytes():
    with pytest.raises(ValueError, match="32 bytes"):
        files.store(examined=examined(b"x"), key=b"short", context=CONTEXT)


class TestTampering:
    """By somebody who can write to the database and has no key."""

    def test_control_untouched_it_reads(self, stored):
        assert len(whole(stored)) == 350

    def test_a_changed_bit(self, stored):
        chunk = FileChunk.objects.get(file=stored, number=2)
        changed = bytearray(chunk.sealed)
        changed[-1] ^= 1
        FileChunk.objects.filter(pk=chunk.pk).update(sealed=bytes(changed))
        pieces = files.open_stored(stored, key=KEY, context=CONTEXT).chunks()
        assert len(next(pieces)) == 100
        assert len(next(pieces)) == 100
        with pytest.raises(InvalidTag):
            next(pieces)

    def test_pieces_in_another_order(self, stored):
        first, second = FileChunk.objects.filter(file=stored).order_by("number")[:2]
        FileChunk.objects.filter(pk=first.pk).update(sealed=second.sealed)
        FileChunk.objects.filter(pk=second.pk).update(sealed=first.sealed)
        with pytest.raises(InvalidTag):
            whole(stored)

    def test_a_piece_left_out(self, stored):
        FileChunk.objects.filter(file=stored, number=1).delete()
        with pytest.raises(InvalidTag):
            whole(stored)

    def test_an_end_cut_off(self, stored):
        FileChunk.objects.filter(file=stored, number=3).delete()
        StoredFile.objects.filter(pk=stored.pk).update(chunks=3)
        with pytest.raises(InvalidTag):
            whole(StoredFile.objects.get(pk=stored.pk))

    def test_a_piece_of_another_file_of_the_same_record(self, stored):
        other = files.store(examined=examined(bytes(350)), key=KEY, context=CONTEXT)
        foreign = FileChunk.objects.get(file=other, number=1).sealed
        FileChunk.objects.filter(file=stored, number=1).update(sealed=foreign)
        with pytest.raises(InvalidTag):
            whole(stored)

    def test_the_head_of_another_file_of_the_same_record(self, stored):
        other = files.store(examined=examined(b"x"), key=KEY, context=CONTEXT)
        StoredFile.objects.filter(pk=stored.pk).update(head=other.head)
        with pytest.raises(InvalidTag):
            whole(StoredFile.objects.get(pk=stored.pk))


def test_a_record_that_is_rolled_back_leaves_no_file():
    with transaction.atomic():
        files.store(examined=examined(b"x"), key=KEY, context=CONTEXT)
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert not FileChunk.objects.exists()


def test_erasing_leaves_no_piece(stored):
    other = files.store(examined=examined(b"x"), key=KEY, context=CONTEXT)
    files.erase(stored)
    assert list(FileChunk.objects.values_list("file", flat=True)) == [other.pk]


def test_reading_asks_once_for_each_piece(stored, django_assert_num_queries):
    with django_assert_num_queries(4):
        whole(stored)


class TestServing:
    def test_it_is_a_download_that_no_browser_runs(self, stored):
        response = files.attachment(files.open_stored(stored, key=KEY, context=CONTEXT))
        assert b"".join(response) == bytes(range(250)) + bytes(100)
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Length"] == "350"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox;")
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Disposition"].startswith("attachment;")

    @pytest.mark.parametrize(
        ("name", "header"),
        [
            ("a b.pdf", "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf"),
            (
                "工资条.pdf",
                'attachment; filename="file.pdf"; '
                "filename*=UTF-8''%E5%B7%A5%E8%B5%84%E6%9D%A1.pdf",
            ),
            ("𬭎2.pdf", "attachment; filename=\"2.pdf\"; filename*=UTF-8''%F0%AC%AD%8E2.pdf"),
        ],
    )
    def test_names_in_any_script(self, name, header):
        assert serving.disposition(name) == header

    def test_no_name_breaks_out_of_the_header(self):
        header = serving.disposition('a"; filename=x.exe\r\nSet-Cookie: b.pdf')
        assert re.fullmatch(
            r'attachment; filename="[\w .-]+"; filename\*=UTF-8\'\'[\w%.~-]+', header
        )
