"""The texts people consent to. Data, versioned by date: a changed text asks for a new consent."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from niangjia.members.models import Purpose

FILE = Path(__file__).parent.parent / "texts" / "consents.toml"


@dataclass(frozen=True)
class ConsentText:
    """One purpose's text of one version, in both languages."""

    purpose: Purpose
    version: str
    chinese: str
    english: str

    def text(self, language: str) -> str:
        """The text in `language` ("en", or anything else for Chinese)."""
        return self.english if language == "en" else self.chinese


@cache
def versions() -> dict[Purpose, tuple[ConsentText, ...]]:
    """Every version of every purpose, oldest first."""
    with FILE.open("rb") as opened:
        content = tomllib.load(opened)
    return {
        Purpose(purpose): tuple(
            ConsentText(Purpose(purpose), entry["version"], entry["chinese"], entry["english"])
            for entry in sorted(entries, key=lambda entry: entry["version"])
        )
        for purpose, entries in content.items()
    }


def current(purpose: Purpose) -> ConsentText:
    """The text consent is asked under today."""
    return versions()[purpose][-1]


def of_version(purpose: Purpose, version: str) -> ConsentText | None:
    """The text somebody consented to then."""
    return next((text for text in versions()[purpose] if text.version == version), None)
