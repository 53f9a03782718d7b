"""A test that failed is asked once more, alone: broken stays red, and shaky is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BARE = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "xdist.plugin",
    "PYTHONPATH": str(ROOT),
}
#: How often each test of the folder was asked is written there.
ASKED = """
from pathlib import Path
import pytest

def asked():
    with Path("asked").open("a+") as file:
        file.write("x")
        file.seek(0)
        return len(file.read())
"""
GOOD = "def test_good():\n    pass\n"
SHAKY = "def test_shaky():\n    assert asked() > 1, 'the reason'\n"
BROKEN = "def test_broken():\n    asked()\n    assert False\n"
LATE = """
@pytest.fixture
def late():
    yield
    assert asked() > 1, "the reason"

def test_late(late):
    pass
"""
SKIPPED = "def test_skipped():\n    assert asked() > 1 and pytest.skip()\n"
SIX = (
    "@pytest.mark.parametrize('number', range(6))\ndef test_six(number):\n    assert asked() > 6\n"
)


def run(folder, *sources, workers=0):
    """How such a suite ends, what it says, and how often its shaky tests were asked."""
    (folder / "pytest.ini").touch()
    (folder / "test_tiny.py").write_text("\n".join([ASKED, *sources]))
    inherited = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    spread = ("-n", str(workers), "--dist", "worksteal")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.again", *spread],
        cwd=folder,
        env={**inherited, **BARE},
        capture_output=True,
        text=True,
    )
    asked = folder / "asked"
    return done.returncode, done.stdout, len(asked.read_text()) if asked.exists() else 0


@pytest.mark.parametrize("source", [SHAKY, LATE])
def test_a_shaky_test_is_named_and_stops_nobody(tmp_path, source):
    code, said, asked = run(tmp_path, GOOD, source, workers=2)
    assert (code, asked) == (0, 2)
    assert "SHAKY test_tiny.py::test_" in said
    assert "the reason" in said
    assert "1 passed, 1 shaky in" in said.splitlines()[-1]


@pytest.mark.parametrize(
    ("sources", "code", "asked"),
    [
        ([BROKEN], 1, 2),
        ([SHAKY, BROKEN], 1, 4),
        ([SKIPPED], 1, 2),
        ([SIX], 1, 6),
        ([SHAKY, "import nothing_of_the_kind"], 2, 0),
        (["def helper(): pass"], 5, 0),
    ],
    ids=["broken", "shaky and broken", "skipped later", "too many", "no collection", "no tests"],
)
def test_all_else_stays_red(tmp_path, sources, code, asked):
    assert run(tmp_path, *sources)[::2] == (code, asked)


def test_what_passes_is_asked_once(tmp_path):
    code, said, asked = run(tmp_path, GOOD)
    assert (code, asked) == (0, 0)
    assert "1 passed in" in said.splitlines()[-1]
    assert "alone" not in said
