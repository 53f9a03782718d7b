"""A Chromium is found under any of its names, and a machine without one says what to do."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from niangjia.operations import chromium

STUB = "#!/bin/sh\necho 'please install the snap' >&2\nexit 1\n"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing on PATH; `machine(name, script)` puts a program there."""

    def has(name, script):
        program = tmp_path / name
        program.write_text(script)
        program.chmod(0o755)
        return str(program)

    has.real = next(filter(None, map(shutil.which, chromium.NAMES)))
    monkeypatch.setenv("PATH", str(tmp_path))
    # Where Playwright would look for its own.
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.delenv(chromium.NAMED, raising=False)
    monkeypatch.setattr(chromium, "APPLICATIONS", tmp_path / "Applications")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(chromium, "FLAGS", (*chromium.FLAGS, "--no-sandbox"))
    return has


def apart(function):
    """Call it in a thread of its own: the browser journeys' Playwright may hold this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(function).result()


def wrapper(real):
    return f'#!/bin/sh\nexec {real} "$@"\n'


@pytest.mark.parametrize("name", chromium.NAMES)
def test_each_name_is_accepted(machine, name):
    there = machine(name, wrapper(machine.real))
    assert list(chromium.candidates()) == [there, None]
    assert apart(chromium.starts) == ""


def test_the_one_named_is_used_and_no_other(machine, monkeypatch):
    machine("chromium", wrapper(machine.real))
    monkeypatch.setenv(chromium.NAMED, "/nowhere/chrome")
    assert "/nowhere/chrome" in apart(chromium.starts)
    monkeypatch.setenv(chromium.NAMED, machine.real)
    assert apart(chromium.starts) == ""


def test_a_stub_is_passed_over_for_one_that_starts(machine):
    machine("chromium", STUB)
    machine("google-chrome", wrapper(machine.real))
    assert apart(chromium.starts) == ""


def test_without_any_a_person_is_told_what_to_do(machine, capfd, monkeypatch):
    stub = machine("chromium-browser", STUB)
    # Nothing listens at this address.
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    with pytest.raises(SystemExit) as refused:
        apart(chromium.main)
    said = str(refused.value)
    assert f"{stub}: please install the snap" in said
    assert "apt-get install chromium fontconfig fonts-noto-cjk" in said
    assert f"{chromium.NAMED}=" in said
    assert "Downloading" in capfd.readouterr().out


def test_a_wrong_name_is_not_answered_with_a_download(machine, monkeypatch):
    monkeypatch.setenv(chromium.NAMED, "/nowhere/chrome")
    monkeypatch.setattr(chromium, "install", lambda: pytest.fail("installed something"))
    with pytest.raises(SystemExit, match="/nowhere/chrome"):
        apart(chromium.main)


def test_root_has_it_installed_by_apt(machine, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    machine("real", wrapper(machine.real))
    machine(
        "apt-get",
        f'#!/bin/sh\necho "$*" >>{tmp_path}/asked\n'
        f'case "$*" in *noto*) /bin/ln -s {tmp_path}/real {tmp_path}/chromium;; esac\n',
    )
    monkeypatch.setattr(chromium, "has_chinese_fonts", lambda: True)
    apart(chromium.main)
    update, install = (tmp_path / "asked").read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith("--no-install-recommends chromium fontconfig fonts-noto-cjk")


def test_where_apt_has_none_its_words_are_shown_and_playwright_is_tried(
    machine, monkeypatch, capfd
):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    machine("apt-get", "#!/bin/sh\necho 'no installation candidate' >&2\nexit 100\n")
    with pytest.raises(SystemExit, match="by hand"):
        apart(chromium.main)
    said = capfd.readouterr().out
    assert "no installation candidate" in said
    assert "Downloading" in said


@pytest.mark.parametrize(
    ("listing", "said"), [("exit 0", chromium.NO_FONTS), ("echo /usr/share/fonts/noto.ttc", "")]
)
def test_missing_fonts_are_said_and_not_fatal(machine, capsys, listing, said):
    machine("chromium", wrapper(machine.real))
    machine("fc-list", f"#!/bin/sh\n{listing}\n")
    apart(chromium.main)
    assert capsys.readouterr().out.strip() == said.strip()
