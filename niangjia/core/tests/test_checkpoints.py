"""The checkpoints: signed outside the database, found out when touched, cheap however long."""

import itertools
import json
from pathlib import Path

import pytest

from niangjia.core import audit
from niangjia.core.audit import checkpoints
from niangjia.core.tests.test_audit import check, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "checkpoints.jsonl"


def test_nothing_new_is_not_signed_again(file):
    write()
    assert audit.write_checkpoint(file)
    assert not audit.write_checkpoint(file)
    assert len(file.read_text().splitlines()) == 1


def test_a_line_that_was_torn_by_a_crash_is_replaced(file):
    write()
    audit.write_checkpoint(file)
    with file.open("a") as opened:
        opened.write('{"body": {"at"')
    write()
    audit.write_checkpoint(file)
    assert check(file).is_clean


@pytest.mark.parametrize("kept", [[1, 2], [0, 2], [1, 0, 2]])
def test_lines_that_are_missing_or_moved_are_found(file, kept):
    for _ in range(3):
        write()
        audit.write_checkpoint(file)
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[index] for index in kept))
    assert any("gone" in problem.what for problem in check(file).problems)


@pytest.mark.parametrize("line", ["", "{}", "[]", "x", '{"body": {}, "signature": ""}'])
def test_what_is_no_checkpoint_is_said_to_be_none(file, line):
    file.write_text(line + "\n")
    assert "not signed" in check(file).problems[0].what


def test_an_edited_line_is_found(file):
    write()
    audit.write_checkpoint(file)
    content = json.loads(file.read_text())
    content["body"]["heads"] = {}
    file.write_text(json.dumps(content) + "\n")
    assert "not signed" in check(file).problems[0].what


class Watched:
    """An open file that counts the bytes read from it."""

    def __init__(self, opened):
        self.opened, self.bytes_read = opened, 0

    def read(self, *size):
        content = self.opened.read(*size)
        self.bytes_read += len(content)
        return content

    def __getattr__(self, name):
        return getattr(self.opened, name)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.opened.close()


def watch(monkeypatch):
    """Every file that is opened from now on, watched."""
    opened, original = [], Path.open

    def opens(path, *arguments, **keywords):
        opened.append(Watched(original(path, *arguments, **keywords)))
        return opened[-1]

    monkeypatch.setattr(Path, "open", opens)
    return opened


def test_a_file_of_months_is_read_from_its_end_only(file, monkeypatch):
    write()
    audit.write_checkpoint(file)
    signed = file.read_bytes()
    file.write_bytes(signed * (5_000_000 // len(signed)) + signed)
    opened = watch(monkeypatch)
    write()
    assert audit.write_checkpoint(file)
    assert not audit.write_checkpoint(file)
    assert [each.bytes_read for each in opened] == [checkpoints.TAIL_BYTES] * 2


@pytest.mark.parametrize("size", [1, 7, 64, 500])
def test_a_line_longer_than_what_is_read_at_a_time_is_whole(file, monkeypatch, size):
    monkeypatch.setattr(checkpoints, "TAIL_BYTES", size)
    for _ in range(5):
        write()
        assert audit.write_checkpoint(file)
        assert not audit.write_checkpoint(file)
    report = check(file)
    assert (report.checkpoints, report.is_clean) == (5, True)


PIECES = [b"a", b"bc", b"d" * 30, b"", b"torn"]


@pytest.mark.parametrize("size", [1, 2, 3, 16, 1000])
def test_control_the_end_reads_as_the_whole_does(file, monkeypatch, size):
    monkeypatch.setattr(checkpoints, "TAIL_BYTES", size)
    for count in range(4):
        for lines in itertools.product(PIECES, repeat=count):
            for end in (b"", b"\n"):
                content = b"\n".join(lines) + end
                whole = content[: content.rfind(b"\n") + 1]
                file.write_bytes(content)
                with file.open("a+b") as opened:
                    line = checkpoints.last_line(opened)
                assert line == whole.rstrip(b"\n").rsplit(b"\n", 1)[-1], content
                assert file.read_bytes() == whole, content


@pytest.mark.parametrize("line", ["x", "{}", "[]", '{"body": {}}', "null"])
def test_a_spoilt_end_does_not_stop_the_signing_and_is_found(file, line):
    write()
    audit.write_checkpoint(file)
    with file.open("a") as opened:
        opened.write(line + "\n")
    write()
    assert audit.write_checkpoint(file)
    (problem,) = check(file).problems
    assert problem.what == "checkpoint 2 is not signed by us"
