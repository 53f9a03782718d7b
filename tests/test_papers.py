"""The papers stay true: what can be checked of them, is."""

import re
from pathlib import Path

import pytest

from niangjia.api_root.api import api
from tests.test_house import FLOORS

ROOT = Path(__file__).parent.parent
ROOMS = [*FLOORS, "operations"]


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_has_a_short_readme(room):
    lines = (ROOT / "niangjia" / room / "README.md").read_text().splitlines()
    assert 5 <= len(lines) <= 40


def test_no_python_file_has_outgrown_its_room():
    """Past 400 lines a file becomes a package of the same name, split by use case."""
    long = {
        str(file.relative_to(ROOT)): count
        for folder in ("niangjia", "tests")
        for file in (ROOT / folder).rglob("*.py")
        if "migrations" not in file.parts and (count := len(file.read_text().splitlines())) > 400
    }
    assert not long


def test_only_names_of_the_house_plan_stand_in_rooms():
    """No junk drawers: "utils", "helpers", "manager" and "common" say nothing."""
    banned = {"utils", "helpers", "manager", "common"}
    found = [str(f) for f in (ROOT / "niangjia").rglob("*.py") if f.stem in banned]
    assert not found


@pytest.mark.parametrize("paper", ["README.md", "README.zh-CN.md", "ARCHITECTURE.md"])
def test_links_in_the_papers_lead_somewhere(paper):
    text = (ROOT / paper).read_text()
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text)
    targets += re.findall(r'src="(?!https?:)([^"]+)"', text)
    assert targets
    assert [t for t in targets if not (ROOT / t).exists()] == []


def test_the_walk_through_the_api_asks_for_what_there_is():
    told = re.findall(r"\$NODE(/api/v1/[^\s\"?]+)", (ROOT / "docs" / "api.md").read_text())
    taken = [re.sub(r"\{[^}]+\}", "[^/]+", path) for path in api.get_openapi_schema()["paths"]]
    assert told
    assert [each for each in told if not any(re.fullmatch(path, each) for path in taken)] == []


def test_every_decision_is_numbered_once():
    numbers = [f.name[:4] for f in (ROOT / "docs" / "adr").glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


def test_glossary_gives_each_term_once():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()
        if line.startswith("| ") and not line.startswith("| 中文")
    ]
    chinese = [row[0] for row in rows]
    assert sorted({c for c in chinese if chinese.count(c) > 1}) == []
